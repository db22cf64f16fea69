//! The words that names are known by. All small, since they are compared with what is made small.

/// How people are addressed.
#[rustfmt::skip]
pub(super) const HONORIFICS: &[&str] = &[
    "mevrouw", "mevr", "mvr", "mw", "mej", "mejuffrouw", "meneer", "mijnheer", "dhr", "heer", "juffrouw",
    "dokter", "dr", "drs", "ir", "ing", "prof", "mr", "mrs", "ms", "miss", "sir", "madam",
];
/// Those of them that are written with a full stop.
#[rustfmt::skip]
pub(super) const SHORTENED: &[&str] = &[
    "mevr", "mvr", "mw", "mej", "dhr", "dr", "drs", "ir", "ing", "prof", "mr", "mrs", "ms",
];
/// How the words end that say what people do: `servicemonteur`, `filiaalmanager`.
#[rustfmt::skip]
pub(super) const FUNCTIONS: &[&str] = &[
    "medewerker", "medewerkster", "collega", "monteur", "chauffeur", "bezorger", "bezorgster", "manager",
    "verkoper", "verkoopster", "leider", "leidster", "adviseur", "adviseuse", "consulent", "consulente",
    "caissière", "kassière", "koerier", "installateur", "assistent", "assistente", "technieker", "stagiair",
    "stagiaire", "receptionist", "receptioniste", "beheerder", "agent", "employee", "colleague", "driver",
    "technician", "courier", "supervisor", "advisor", "adviser", "assistant", "clerk", "engineer",
    "mechanic",
];
/// Words after which somebody is named who then is not a firm.
#[rustfmt::skip]
pub(super) const INTRODUCTIONS: &[&str] = &[
    "ene", "zekere", "genaamd", "heet", "heette", "genoemd", "named", "called", "noemde", "heten", "naam",
];
/// Ends of letters and chats, above whoever wrote them.
#[rustfmt::skip]
pub(super) const GREETINGS: &[&str] = &[
    "groet", "groeten", "groetjes", "regards", "hoogachtend", "sincerely", "wishes", "cheers", "gr", "mvg",
];
/// Words before a given name, even one that was written small.
#[rustfmt::skip]
pub(super) const NAMED_BY: &[&str] = &[
    "met", "door", "van", "aan", "by", "with", "from", "to", "en", "and", "volgens", "is", "was", "voor",
    "naar", "for", "thanks", "dank",
];
/// Between the parts of a Dutch name.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "het", "ten", "ter", "te", "in", "op", "von", "el", "al", "da", "di", "le",
];
/// What stands with a capital after a title and is nobody's name.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "klantenservice", "service", "support", "helpdesk", "servicedesk", "verkoop", "winkel", "online",
    "team", "afdeling", "nederland", "belgië", "ik", "hij", "zij", "ze", "dat", "die",
    "i", "he", "she", "the", "customer", "had", "heeft", "is", "was", "wist", "vroeg", "zei", "kwam", "kon",
    "ging", "gaf", "deed", "belde", "moest", "wilde", "kan", "zou", "werd",
];
/// Firms that are called like people.
#[rustfmt::skip]
pub(super) const FIRMS: &[&str] = &[
    "albert heijn", "leen bakker", "kees smit", "jan linders", "bart smit", "peter langhout",
];
/// Given names that are common in the Netherlands, in Flanders, or in English, in the order of their bytes.
#[rustfmt::skip]
pub(super) const GIVEN: &[&str] = &[
    "abdel", "adriaan", "agnes", "ahmed", "aida", "aiden", "aisha", "albert", "alex", "alexander", "ali",
    "alice", "alicia", "alina", "alwin", "amber", "amina", "amy", "andrea", "anil", "anita", "anja", "anke",
    "ann", "anna", "annabel", "anne", "annelies", "annemarie", "annemiek", "annick", "anniek", "anouar",
    "anouk", "anthony", "anton", "arie", "arjan", "arjen", "arnold", "arthur", "asha", "astrid", "aukje",
    "ayşe", "barbara", "bart", "bartjan", "bas", "bastiaan", "beatrijs", "ben", "berend", "bert", "bianca",
    "bilal", "birgit", "bjorn", "björn", "bob", "boris", "bram", "brecht", "brenda", "brian", "britt",
    "bruno", "carla", "caroline", "cas", "casper", "cees", "celine", "chantal", "charlotte", "chris",
    "christiaan", "cindy", "clara", "claudia", "coen", "corine", "corrie", "cynthia", "daan", "dagmar",
    "daniel", "daniëlle", "danny", "daphne", "david", "debbie", "denise", "dennis", "dewi", "diana", "dick",
    "dieter", "dina", "dirk", "dorien", "doris", "douwe", "duco", "dylan", "edwin", "eefje", "eelco",
    "eline", "elise", "ellen", "els", "emiel", "emily", "emma", "emre", "eric", "erica", "erik", "ernst",
    "erwin", "esmee", "esmée", "esther", "eva", "evelien", "evi", "evy", "ewout", "fabian", "faisal",
    "fatima", "fatma", "feline", "femke", "fenna", "ferry", "filip", "fleur", "floor", "floris", "frank",
    "fred", "frederik", "frederike", "freek", "frits", "gabriël", "geert", "gemma", "gerard", "gerben",
    "gerda", "gerrit", "gert", "gijs", "gillian", "gonda", "greet", "greta", "griet", "guido", "gunther",
    "hafsa", "hakan", "hamza", "hannah", "hanne", "hanneke", "hannelore", "hans", "harm", "harriet",
    "harry", "hassan", "hein", "heleen", "hendrik", "henk", "henny", "herman", "hessel", "hester", "hidde",
    "hilda", "hilde", "hugo", "ibrahim", "ilona", "ilse", "imane", "indra", "ineke", "inez", "inge",
    "ingrid", "irene", "iris", "isa", "ismail", "ivan", "ivo", "izaak", "jaap", "jack", "jacob",
    "jacqueline", "jacques", "jade", "jake", "james", "jan", "jane", "janine", "janneke", "jannes",
    "jasmijn", "jasper", "jeanine", "jeannette", "jef", "jelle", "jennifer", "jenny", "jens", "jeroen",
    "jessica", "jet", "jim", "jip", "joanna", "jochem", "joey", "johan", "johanna", "john", "joke",
    "jolanda", "jolien", "jonas", "jonathan", "joni", "joost", "joris", "jorrit", "jos", "josé", "joyce",
    "judith", "julia", "julian", "julie", "jurgen", "jurriaan", "kaat", "karel", "karen", "karim", "karin",
    "karlijn", "kate", "kathleen", "katja", "katrien", "kees", "kelly", "kenneth", "kevin", "khadija",
    "kim", "kimberly", "kirsten", "klaas", "koen", "koos", "kristof", "kyra", "lars", "laura", "laurens",
    "leen", "lena", "lennart", "leo", "leon", "leonie", "lex", "liam", "lianne", "lidia", "lieke",
    "liesbeth", "liesje", "lieve", "lilian", "linda", "lisa", "lodewijk", "loes", "lore", "lotte", "louis",
    "louise", "luca", "lucas", "lucia", "ludo", "luna", "luuk", "lydia", "maaike", "maarten", "machteld",
    "madelief", "malika", "manon", "marc", "marcel", "marco", "marga", "margot", "margriet", "maria",
    "marianne", "marieke", "marije", "marijke", "marina", "mario", "marit", "marjan", "marjolein", "mark",
    "marleen", "marlies", "marloes", "marthe", "martijn", "martin", "mary", "mathijs", "matthias", "maud",
    "maurice", "max", "mehmet", "meike", "melissa", "menno", "merel", "merijn", "mia", "michael", "michel",
    "michelle", "mieke", "mike", "milan", "milou", "mira", "miranda", "mirjam", "mirthe", "mohamed",
    "mohammed", "moniek", "monique", "mourad", "mustafa", "myrthe", "nadia", "naomi", "natasja", "nathalie",
    "nele", "nick", "nicole", "niels", "nienke", "nihal", "nikki", "nina", "noah", "noor", "odette", "olga",
    "olivia", "omar", "oscar", "otto", "pascal", "patricia", "patrick", "paul", "paula", "pepijn", "peter",
    "petra", "philip", "piet", "pieter", "pim", "priscilla", "priya", "quinten", "rachel", "ramon", "raoul",
    "ravi", "raymond", "rebecca", "reinier", "remco", "renate", "rené", "rianne", "richard", "rick", "rik",
    "rinus", "rob", "robert", "robin", "roel", "roger", "ron", "ronald", "roos", "rosa", "rosalie",
    "rosanne", "rowan", "roxanne", "ruben", "rutger", "ruud", "ryan", "saar", "sabine", "salma", "sam",
    "samantha", "samir", "samira", "sander", "sandra", "sandy", "sanne", "sara", "sarah", "saskia",
    "sebastiaan", "selma", "sem", "senna", "seppe", "serge", "silke", "silvia", "simone", "sjoerd", "sofia",
    "sofie", "sonja", "sophie", "stef", "stefan", "stephanie", "steven", "stijn", "susan", "suus", "suzan",
    "suzanne", "sven", "sybren", "sylvia", "tamara", "tanja", "tessa", "teun", "theo", "theresa", "thijs",
    "thomas", "tijmen", "tijn", "tim", "timo", "tina", "tineke", "tobias", "tom", "tonny", "trudy", "truus",
    "valerie", "vanessa", "veerle", "vera", "veronique", "victor", "vincent", "wanda", "warre", "wendy",
    "wesley", "wietske", "willeke", "willem", "wilma", "wim", "wouter", "xander", "yara", "yasin", "yasmin",
    "youssef", "yusuf", "yvonne", "zeynep", "zoë",
];
/// Those of them that are words or names of other things as well: they count with a capital only, and
/// at the beginning of a sentence not at all.
#[rustfmt::skip]
pub(super) const WORDS_AS_WELL: &[&str] = &[
    "amber", "amy", "bas", "ben", "bob", "bram", "cas", "clara", "daan", "els", "eric", "fleur", "floor",
    "geert", "gert", "guido", "hans", "indra", "iris", "isa", "jack", "jade", "jake", "jan", "jet", "jim",
    "jip", "joke", "jos", "karel", "kate", "kim", "koen", "leo", "lex", "louis", "luna", "mark", "max",
    "merel", "mike", "milan", "nick", "noor", "olivia", "otto", "piet", "pim", "rick", "rik", "rob", "ron",
    "roos", "rosa", "saar", "sam", "sem", "tim", "tom", "vera", "victor", "wim",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_in_the_order_in_which_they_are_searched() {
        assert!(GIVEN.is_sorted_by(|a, b| a < b));
        assert!(WORDS_AS_WELL.iter().all(|word| GIVEN.binary_search(word).is_ok()));
    }
}
