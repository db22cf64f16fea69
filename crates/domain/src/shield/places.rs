//! The words that addresses are known by. Small, but for the letters of postcodes.

/// How names of streets end.
#[rustfmt::skip]
pub(super) const STREETS: &[&str] = &[
    "straat", "straatje", "laan", "weg", "plein", "dijk", "kade", "gracht", "singel", "hof", "hofje", "pad",
    "steeg", "plantsoen", "dreef", "baan", "markt", "lei", "boulevard", "wal", "dam", "haven", "oord", "stede",
    "veld", "kamp", "horst", "akker", "tuin", "zoom", "burg", "park", "kaai", "wegel", "wei", "weide", "erf",
    "brink", "ring", "hoek", "poort", "brug", "plaats", "sluis", "werf", "gaarde", "donk", "heuvel", "meent",
    "vaart", "vliet", "rade", "berg", "bos", "einde", "eind", "drift", "dries", "stee", "diep", "rode", "spui",
    "steenweg", "allee", "passage",
];
/// Endings that other words have as well: these want a word before that leads there, or a postcode.
#[rustfmt::skip]
pub(super) const DOUBTFUL: &[&str] = &[
    "haven", "oord", "stede", "veld", "kamp", "horst", "akker", "tuin", "zoom", "burg", "dam", "wei", "weide",
    "erf", "ring", "hoek", "poort", "brug", "plaats", "sluis", "werf", "donk", "heuvel", "vaart", "vliet",
    "rade", "berg", "bos", "einde", "eind", "drift", "stee", "diep", "rode", "passage",
];
/// Endings that nothing but a street has, however it is written.
#[rustfmt::skip]
pub(super) const SURE: &[&str] =
    &["straat", "laan", "plein", "gracht", "singel", "steeg", "dreef", "kade", "steenweg"];
/// How a street begins whose kind stands in front.
#[rustfmt::skip]
pub(super) const IN_FRONT: &[&str] = &[
    "rue", "avenue", "chaussée", "chaussee", "boulevard", "place", "allée", "quai", "steenweg", "plein", "laan",
    "hof", "weg", "kade", "dijk", "achter", "onder", "boven", "oude", "nieuwe", "korte", "lange", "sint", "st",
];
/// How English streets end, whose number stands in front.
#[rustfmt::skip]
pub(super) const ENGLISH: &[&str] = &[
    "street", "st", "road", "rd", "close", "lane", "avenue", "ave", "drive", "way", "court", "gardens", "place",
    "terrace", "crescent", "square", "grove", "hill", "row", "mews",
];
/// Letters that no Dutch postcode ends in.
pub(super) const NO_LETTERS: &[&str] = &["SA", "SD", "SS"];
/// Words before a street that are no part of its name.
#[rustfmt::skip]
pub(super) const LEADING: &[&str] = &[
    "op", "bij", "in", "naar", "aan", "van", "de", "het", "die", "dat", "adres", "at", "to", "is", "uit",
];
/// Words that say that the number of a house follows.
pub(super) const HOUSE: &[&str] = &["huisnummer", "nummer", "nr", "huisnr", "number", "no", "n°"];
/// How the words begin that speak of where somebody lives, or of what is brought there.
#[rustfmt::skip]
pub(super) const LIVING: &[&str] = &[
    "adres", "woon", "wone", "gewoond", "lever", "gelever", "afgelever", "bezorg", "thuisbezorg", "afgegeven",
    "verhuis", "gevestigd", "address", "live", "living", "deliver", "moved", "ingeschreven", "gestuurd",
    "verstuurd", "opgestuurd", "verzonden", "stuur", "pakket", "pakje", "aangebeld", "bestel", "koerier", "belde",
    "leveradres", "bezorgadres", "factuuradres", "huisadres", "postadres", "afleveradres", "thuisadres",
];
/// With a capital and a number behind it, and no street.
#[rustfmt::skip]
pub(super) const NO_STREETS: &[&str] = &[
    "kamer", "tafel", "kassa", "gate", "perron", "spoor", "lijn", "week", "versie", "maat", "artikel", "stap",
    "optie", "pagina", "loket", "balie", "etage", "verdieping", "filiaal", "afdeling", "zone", "terminal",
    "deel", "hoofdstuk", "model", "type", "route", "bus", "tram", "trein", "vlucht", "vak", "windows", "android",
    "galaxy", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "januari", "februari", "maart", "april",
    "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december", "january", "february",
    "march", "may", "june", "july", "august", "october", "room", "table", "version", "step", "page", "size",
    "ticket", "order", "bestelling", "factuur", "klant", "zaak", "dossier", "polis",
];
/// What comes behind a house number, and not behind a number that counts something.
#[rustfmt::skip]
pub(super) const CLOSING: &[&str] = &[
    "in", "te", "en", "of", "maar", "is", "niet", "bij", "met", "want", "staat", "ligt", "was", "werd",
    "terwijl", "aan", "naar", "om", "op", "dan", "die", "dat", "ook", "al", "nog", "kan", "zit", "woon", "wonen",
    "woont", "omdat", "als", "dus", "daar", "waar", "toen", "zijn", "had", "heeft", "moet", "geleverd",
    "bezorgd", "afgegeven", "gezet", "komt", "kwam", "door", "voor", "van", "and", "or", "but", "not", "at",
    "to", "graag", "aub", "ipv", "à", "with", "where", "zonder", "ik", "wij", "we", "hier", "the", "het", "de",
];
/// What a number counts: `Marktplein 3 keer`.
#[rustfmt::skip]
pub(super) const COUNTED: &[&str] = &[
    "keer", "dagen", "dag", "weken", "week", "uur", "uren", "minuten", "maanden", "maand", "jaar", "euro",
    "procent", "stuks", "mensen", "kilometer", "km", "meter", "times", "days", "weeks", "x",
];
