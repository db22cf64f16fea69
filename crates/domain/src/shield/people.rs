//! The words that names are known by. All small, since they are compared with what is made small.

use std::cmp::Ordering;

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
    "caissière", "kassière", "koerier", "installateur", "assistent", "assistente", "technieker",
    "stagiair", "stagiaire", "receptionist", "receptioniste", "beheerder", "agent", "employee",
    "colleague", "driver", "technician", "courier", "supervisor", "advisor", "adviser", "assistant",
    "clerk", "engineer", "mechanic", "eigenaar", "eigenares", "directeur", "directrice", "ober",
    "serveerster", "kapper", "kapster", "docent", "docente", "leraar", "lerares", "instructeur",
    "instructrice", "tandarts", "huisarts", "dierenarts", "therapeut", "therapeute", "makelaar",
    "loodgieter", "elektricien", "hovenier", "begeleider", "begeleidster", "verpleegkundige",
    "vrijwilliger", "vrijwilligster", "contactpersoon", "vertegenwoordiger", "secretaresse",
    "telefoniste", "gastvrouw", "gastheer", "stylist", "styliste", "specialist", "specialiste", "planner",
    "coach", "trainer", "conducteur", "postbode", "opticien", "baas", "meester", "juf", "owner", "waiter",
    "waitress", "nurse", "teacher", "representative", "rep", "boss", "plumber",
    "houder", "houdster", "tuinman", "verpleegster", "schilder", "timmerman", "apotheker", "notaris",
];
/// Words after which somebody is named who then is not a firm.
#[rustfmt::skip]
pub(super) const INTRODUCTIONS: &[&str] = &[
    "ene", "zekere", "genaamd", "heet", "heette", "genoemd", "named", "called", "noemde", "heten", "naam",
    "naambordje", "naamkaartje",
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
    "naar", "for", "thanks", "dank", "ene", "zekere", "heet", "heette", "genaamd", "bedankt", "met",
    "had", "dat", "zei", "tegen", "of", "aldus", "noemde", "named", "called", "hi", "hoi", "beste",
    "hallo", "collega",
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
    "team", "afdeling", "nederland", "belgië", "ik", "hij", "zij", "ze", "dat", "die", "i", "he", "she",
    "the", "customer", "had", "heeft", "is", "was", "wist", "vroeg", "zei", "kwam", "kon", "ging", "gaf",
    "deed", "belde", "moest", "wilde", "kan", "zou", "werd", "vond", "vindt", "gaat", "stond", "keek",
    "nam", "legde", "liep", "zegt", "aan", "bij", "uit", "met", "in", "en", "of", "maar", "niet", "ook",
    "kreeg", "hielp", "vertelde", "antwoordde", "reageerde", "beloofde", "schreef", "stuurde", "bleef",
    "liet", "hing", "zat", "mailde", "snapte", "begreep", "wie", "wat", "waar", "om", "dan", "die",
    "deze", "dit", "het", "een", "er", "was",
    "iemand", "niemand", "iedereen", "mensen", "personeel", "someone", "nobody", "everyone",
];
/// Firms that are called like people.
#[rustfmt::skip]
pub(super) const FIRMS: &[&str] = &[
    "albert heijn", "leen bakker", "kees smit", "jan linders", "bart smit", "peter langhout",
    "hans anders", "tom tailor", "harry potter", "simon lévelt", "douwe egberts", "hugo boss", "ralph lauren", "michael kors",
];
/// Given names that are common in the Netherlands, in Flanders, or in English, in the order of their
/// bytes, a space between two: half of what as many slices would weigh in the browser.
#[rustfmt::skip]
pub(super) const GIVEN: &str = "\
    aart abdel abdullah abe abigail achraf adam adil adriaan adriana adrie agnes agnieszka ahmed aida \
    aiden aisha albert aleid aleksandra alex alexander ali alice alicia alida alie alina aline alison \
    alwin amanda amber amina amir amy an ana anand anass andrea andrew andrzej andy angela anil anita \
    anja anke ann anna annabel anne anneke annelies annemarie annemiek annet annette annick annie \
    anniek anoek anouar anouk ans anthony antje antoinette anton antonio antoon ard arend ariane arie \
    arjan arjen arno arnold arnoud arthur arun asha ashley astrid auke aukje ayoub ayşe aziz babette \
    badr barbara barry bart bartjan bas bastiaan bauke beata beatrijs ben benjamin bente bep berend \
    bernadette bernard bert beth bettina betty bianca bilal birgit bjorn björn bo bob boris boudewijn \
    bouke brahim bram brecht brenda brian brigitte britt brittany bruno burak carin carl carla carlijn \
    carlos carmen carol carolien caroline cas casper catharina cathy cees celine cem chantal charlie \
    charlotte chiel chloe chris christa christel christiaan christian christina christine christoffel \
    cindy ciska claire clara claudia clemens coen colette conny cor corine corinne cornelia cornelis \
    corné corrie craig cynthia daan dagmar daniel danielle danique daniëlle danny daphne dave david \
    davy debbie deborah debra deepak delphine denise deniz dennis desiree dewi diana dick diederik \
    diego dieter dina dinand dineke dirk djoeke dmitri dolf dominique donna doortje dorien dorine doris \
    dorota douwe driss duco durk dylan dylano désirée ebru eddie eddy edith eduard edward edwin eefje \
    eelco egbert elena elif eline elisabeth elise elizabeth ella ellen elly els elsbeth else elza emiel \
    emil emilie emily emine emma emmy emre enzo ercan eric erica erik erna ernst errol erwin esmee \
    esmée esra esther ethan eva evelien evert evi evy ewa ewout fabian fabienne faisal faith fanny \
    farid farida fatih fatima fatma fay feline felix femke fenna fernando ferry fien filip finn fiona \
    fleur floor floris fokke folkert francien francis frank franka fransje fred freddy frederick \
    frederik frederike freek frits frédérique gabrielle gabriël gary geert geertje geertrui gemma \
    george gerald gerard gerben gerbrand gerda gerdien gerlinde gerrie gerrit gerry gert gijs gillian \
    gino glenn godelieve gonda gonnie grace graham greet greg greta griet grzegorz guido gunther guus \
    guust gül hafsa hajo hakan hakim halima hamza hanan hanna hannah hanne hanneke hannelore hanny hans \
    harald harm harmen harriet harry hassan hatice hayat heather hedwig heidi hein heleen helen helena \
    helga helma hendrik henk henny henriette henry herbert herma herman hessel hester hicham hidde \
    hilda hilde holly houda hubert hugo huib huub hüseyin ian ibrahim ida ikram ilja ilona ilse iman \
    imane imke indra indy ineke inez inge ingrid irene iris irma iryna isa isabel isabelle ismail \
    isolde ivan ivo izaak jaap jacco jack jaco jacob jacoba jacqueline jacques jade jaimy jake jakub \
    jamal james jamila jan jana jane janine janna janneke jannes jannie jans jantine jantje jarno \
    jasmijn jasmine jason jasper jay jeanine jeanne jeannette jef jeff jelle jelmer jennifer jenny jens \
    jeroen jerry jerzy jesper jess jesse jessica jet jill jim jip jo joachim joan joanna joanne jochem \
    jochen joe joep joey johan johanna johannes john joke jolanda jolande jolien jolijn jonas jonathan \
    joni joop joost jordy jorge jorick joris jorn jorrit jos jose joseph josephine josh joshua josien \
    josé joyce jozef joël juan judith jule julia julian julie juliette jurgen jurjen jurre jurriaan \
    justin kaan kaat kai karel karen karim karin karlien karlijn karolien kas kasia katarzyna kate \
    kathleen kathy katie katinka katja katrien kavita kay kayla kees keith kelly kemal kenneth kerem \
    kevin khadija khalid kim kimberly kirsten kitty klaartje klaas klara kobe koen koenraad koos kris \
    krista kristof krzysztof kyra laila lara larissa larry lars latifa laura lauren laurens layla leah \
    leander leen leendert leila lena lenie lennart lennert leo leon leonie leontien levi lex lia liam \
    lianne lidia lidy lieke lien lies liesbeth lieselot liesje lieve lilian lina linda linde lindsey \
    lisa lise liselotte lisette livia liz lize lizzy lodewijk loek loeki loes logan lois lonneke lore \
    lotte lou louis louise loïs luc luca lucas lucia ludo luis luke luna luuk lydia lynn maaike maarten \
    machteld madelief magda maik malika mandy manon manuel manuela mara marc marcel marcella marcin \
    marco marek marga margaret margot margriet maria mariam marianne marie marieke mariette marije \
    marijke marijn marika marilou marina marinus mario marise mariska marit mariëlle marja marjan marjo \
    marjolein marjolijn marjon mark marko marleen marlene marlies marloes marnix mart marta martha \
    marthe martijn martin martine mary mateusz mathijs mathilde matt mattheus matthew matthias matthijs \
    matty maud maurice max mees megan mehmet meike melanie melissa menno merel merijn merve meryem \
    mette mia micha michael michel michelle michiel mick mieke mien miep miguel mike mila milan milou \
    mina minke mira miranda mirjam mirthe mo mohamed mohammad mohammed moniek monika monique moos \
    mourad muhammed murat mustafa myriam myrna myrthe nabil nadia naima najat nancy naomi natalia \
    natalie natascha natasja nathalie nathan nel nele nelleke nelly nick nico nicole nicolette niek \
    niels nienke nigel nihal nikita nikki nina ninke noa noah noor noortje nora noura odette oksana \
    olaf olav olena olga olivia olivier omar omer onur oscar osman otto owen pablo pamela pascal \
    pascalle patricia patrick patty paul paula paulien pauline pawel pedro peggy pepijn peter petra \
    petronella philip philippe pien pierre piet pieter pieternel pietje pim piotr pleun pol priscilla \
    priya puck quinten quinty quirine rachel rachid rachida raf rafael raj rajesh ralf ralph ramon \
    raoul ravi raymond rebecca redouan regina rein reinder reinier reinout remco renate rens renske \
    rené resi ria rianne ricardo richard rick rieneke riet rik rina rinus rita rob robbe robbert robbie \
    robert robin roderick roel roeland roger rogier rohan roland rolf romy ron ronald ronnie roos rosa \
    rosalie rosanne rose rosemarie rosita rowan roxanne roy rozemarijn ruben ruby rutger ruth ruud ryan \
    saar sabine sabrina sacha saida salim salma sam samantha samir samira samuel sander sandra sandy \
    sanjay sanne sara sarah sascha saskia saïd scott sean seb sebastiaan selim selin selma sem senna \
    seppe serge sergei sergio serkan servaas shanti sharmila sharon shirley sibel sien sietse sietske \
    sigrid siham silke silvia simon simone sipke sjaak sjaan sjef sjoerd sjors sofia sofie sonja sophie \
    soraya souad soufiane stan steef stef stefan stella stephan stephanie steve steven stijn stine \
    storm stuart sunita susan susanne suus suzan suzanne suze sven svetlana swen sybe sybren sylvia \
    sylvie tabitha taco tamar tamara tanja tarek tarik tatiana teake ted terry tess tessa teun teunis \
    thea theo theodoor theresa thierry thijs thomas tiemen tijmen tijn tijs tim timo tina tineke tiny \
    titia tjalling tjarko tjeerd tjerk tjitske tobias toine tom tomasz ton tonny tony toon toos tracy \
    tristan trudy truus tuur tycho tyler ursula valentijn valerie vanessa veerle vera veronique victor \
    vijay vincent vivian vivianne vladimir walid walter wanda ward warner warre wenda wendy wesley \
    wessel wiebe wiebke wiebren wietske wil wilco wilfred wilhelmina will willeke willem willemien \
    willemijn william willy wilma wim winnie winston wobbe wout wouter wybren xander xandra yannick \
    yara yasemin yasin yasmin yassin yassine yoran yorick younes youri yousra youssef yusuf yvette \
    yvonne zahra zakaria zeynep zineb zoe zofia zohra zoltan zoë özlem ümit";
/// Whether a word, written small, is one of [`GIVEN`].
pub(super) fn is_given(word: &str) -> bool {
    let (mut from, mut to) = (0, GIVEN.len());
    while from < to {
        // The name that the middle is in, or the one that begins there.
        let middle = from + (to - from) / 2;
        let start =
            GIVEN.as_bytes()[..middle].iter().rposition(|byte| *byte == b' ').map_or(0, |gap| gap + 1);
        let length = GIVEN.as_bytes()[start..].iter().position(|byte| *byte == b' ');
        let end = length.map_or(GIVEN.len(), |length| start + length);
        match GIVEN.as_bytes()[start..end].cmp(word.as_bytes()) {
            Ordering::Equal => return true,
            Ordering::Less => from = end + 1,
            Ordering::Greater => to = start.saturating_sub(1),
        }
    }
    false
}

/// Those of them that are words or names of other things as well: they count with a capital only, and
/// at the beginning of a sentence not at all.
#[rustfmt::skip]
pub(super) const WORDS_AS_WELL: &[&str] = &[
    "amber", "an", "ans", "bas", "ben", "bo", "bob", "carol", "cas", "clara", "dick", "els", "else", "erna", "joost", "koos",
    "faith", "fleur", "floor", "frank", "grace", "greet", "harm", "heather", "helen", "holly", "indra",
    "iris", "isa", "jack", "jade", "jan", "jasmijn", "jay", "jet", "joke", "kobe", "leen", "lien", "lies",
    "lieve", "linde", "lore", "lou", "luna", "madelief", "margriet", "marina", "mark", "mart", "matt",
    "max", "mees", "merel", "milan", "moos", "noor", "olivia", "otto", "pien", "pol", "puck", "rein",
    "riet", "roos", "rosa", "rose", "roy", "ruby", "saar", "sam", "sandy", "serge", "sien", "sofia",
    "storm", "tiny", "ton", "toon", "valentijn", "vera", "victor", "ward", "wil", "will",
];

/// How families are called that are called so often that their name is known when written small.
#[rustfmt::skip]
pub(super) const FAMILIES: &[&str] = &[
    "bakker", "visser", "smit", "smits", "meijer", "meyer", "mulder", "bos", "vos", "peters", "hendriks",
    "dekker", "brouwer", "koster", "prins", "huisman", "kuiper", "kuipers", "peeters", "schouten", "jacobs",
    "verbeek", "vermeulen", "dijk", "kok", "maes", "willems", "mertens", "claes", "wouters", "aerts", "dam",
    "vliet", "leeuwen", "beek", "veen", "wijk", "berg", "broek", "velde", "ven", "wal", "yilmaz", "kaya",
    "ali", "singh", "khan", "nguyen", "smith", "jones",
];
/// How other names of families end.
#[rustfmt::skip]
pub(super) const FAMILY_ENDINGS: &[&str] = &[
    "stra", "sma", "inga", "ema", "nsen", "ssen", "rsen", "ksen", "lsen", "mans", "hoven", "huis", "veld",
];
/// Where somebody works whose name stands before: `Tjerk van de werkplaats`, `lisa aan de kassa`. How
/// the words end.
#[rustfmt::skip]
pub(super) const WORKPLACES: &[&str] = &[
    "service", "dienst", "balie", "kassa", "winkel", "werkplaats", "receptie", "bezorging", "afdeling",
    "bakkerij", "helpdesk", "desk", "chat", "administratie", "verkoop", "support", "telefoon", "lijn",
    "magazijn", "loket", "garage", "onthaal", "keuken", "bediening", "filiaal", "planning", "zaak",
    "kantoor", "counter", "phone", "checkout", "reception", "office", "apotheek", "praktijk", "school",
];
/// Who did one of these is a person, not a firm or a thing.
#[rustfmt::skip]
pub(super) const DEEDS: &[&str] = &[
    "heeft", "had", "zei", "zegt", "kwam", "belde", "vertelde", "beloofde", "hielp", "wist", "gaf", "legde",
    "stuurde", "vond", "told", "said", "helped", "promised", "was", "heette",
];
/// What is done with or by a person, before or behind the name: `gesproken met`, `door … geholpen`.
#[rustfmt::skip]
pub(super) const CONTACTS: &[&str] = &[
    "gesproken", "sprak", "spraken", "spreek", "geholpen", "gechat", "chatte", "bediend",
    "geknipt", "behandeld", "gevraagd", "vraag", "vragen", "vroeg", "weggestuurd",
    "spoke", "spoken", "talked", "helped", "served", "ask", "asked", "chatted",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_in_the_order_in_which_they_are_searched() {
        assert!(GIVEN.split(' ').is_sorted_by(|a, b| a < b));
        assert!(GIVEN.split(' ').all(is_given));
        assert!(!["", " ", "a", "aar", "aart abdel", "zzz", "ümi", "kevi"].into_iter().any(is_given));
        assert!(WORDS_AS_WELL.iter().all(|word| is_given(word)));
    }
}
