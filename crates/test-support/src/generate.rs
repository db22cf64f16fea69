//! Columns in any number, the same for the same seed: for benchmarks and for tests that need many.
//!
//! Words are drawn so that few are common and most are rare, as in real text (Zipf's law), and Dutch
//! ones are compounded (`retour` + `formulier`), so that search meets what it will meet.

use weerklank_domain::{
    Column, Comments, Date, FirstPublished, Guest, Image, Lang, Moment, Sentiment, SeriesPart, Slug, Source,
    Status,
};
use weerklank_store::Derived;

/// Draws columns one after the other, forever.
#[derive(Debug, Clone)]
pub struct Generator {
    random: Random,
    made: u32,
}

/// How many shops columns are about.
const SHOPS: usize = 500;
const AUTHORS: usize = 12;
const SERIES: usize = 60;
const YEARS: [i32; 10] = [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025];
const MONTHS: [u8; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
/// Every month has these.
const DAYS: [u8; 7] = [1, 5, 9, 14, 18, 23, 28];

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self { random: Random(seed), made: 0 }
    }

    fn column(&mut self) -> Column {
        self.made += 1;
        let lang = if self.random.one_in(4) { Lang::En } else { Lang::Nl };
        let words = &Words::of(if lang == Lang::Nl { &DUTCH } else { &ENGLISH });
        let title = self.sentence(words, 4, 9);
        let title = title.trim_end_matches('.').to_owned();
        let moments = self.moments();
        Column {
            slug: slug(&format!("{} {}", title, self.made)),
            date: self.date(),
            updated: None,
            authors: vec![name(self.random.skewed(AUTHORS), "Redacteur")],
            lang,
            sentiment: *self.random.pick(&[
                Sentiment::Negative,
                Sentiment::Negative,
                Sentiment::Positive,
                Sentiment::Mixed,
            ]),
            moments,
            shops: self.shops(),
            series: self.random.one_in(10).then(|| SeriesPart {
                name: name(self.random.skewed(SERIES), "Reeks"),
                number: u32::from(self.random.below(40)) + 1,
            }),
            guest: self.random.one_in(12).then(|| Guest {
                name: self.sentence(words, 2, 2),
                role: Some("gast".to_owned()),
                organisation: None,
            }),
            first_published: self.random.one_in(12).then(|| FirstPublished {
                medium: "Vakblad".to_owned(),
                issue: Some(format!("{}", self.random.below(12) + 1)),
                date: Some(self.date()),
                url: Some("https://vakblad.example/".to_owned()),
            }),
            summary: self.random.one_in(2).then(|| self.sentence(words, 12, 24)),
            tags: (0..self.random.below(4)).map(|_| self.word(words)).collect(),
            image: self.random.one_in(6).then(|| Image {
                src: format!("/media/{}.jpg", self.made),
                alt: self.sentence(words, 4, 8),
                credit: None,
            }),
            source: *self.random.pick(Source::ALL),
            comments: Comments::Open,
            status: Status::Published,
            incomplete: false,
            body: self.body(words),
            title,
        }
    }

    /// About 350 words: headings, paragraphs, a quote or an advice box here and there.
    fn body(&mut self, words: &Words) -> String {
        let mut body = String::new();
        for part in 0..3 + self.random.below(3) {
            if part > 0 {
                body.extend(["## ", self.sentence(words, 3, 6).trim_end_matches('.'), "\n\n"]);
            }
            for _ in 0..=self.random.below(3) {
                for _ in 0..2 + self.random.below(4) {
                    body.push_str(&self.sentence(words, 6, 18));
                    body.push(' ');
                }
                body.pop();
                body.push_str("\n\n");
            }
            if self.random.one_in(4) {
                let kind = *self.random.pick(&["QUOTE", "ADVICE", "NOTE"]);
                body.extend(["> [!", kind, "]\n> ", &self.sentence(words, 8, 16), "\n\n"]);
            }
        }
        body.truncate(body.trim_end().len());
        body.push('\n');
        body
    }

    fn sentence(&mut self, words: &Words, least: u16, most: u16) -> String {
        let length = least + self.random.below(most - least + 1);
        let mut sentence = String::new();
        for position in 0..length {
            let word = if position % 2 == 0 {
                (*self.random.pick(&words.small)).to_owned()
            } else {
                self.word(words)
            };
            if position > 0 {
                sentence.push(' ');
            }
            sentence.push_str(&word);
        }
        if let Some(first) = sentence.get(0..1).map(str::to_uppercase) {
            sentence.replace_range(0..1, &first);
        }
        sentence.push('.');
        sentence
    }

    fn word(&mut self, words: &Words) -> String {
        let head = words.nouns[self.random.skewed(words.nouns.len())];
        match self.random.below(4) {
            0 => head.to_owned(),
            1 => words.verbs[self.random.skewed(words.verbs.len())].to_owned(),
            _ => format!("{head}{}{}", words.glue, words.nouns[self.random.skewed(words.nouns.len())]),
        }
    }

    fn moments(&mut self) -> Vec<Moment> {
        let mut moments = vec![Moment::ALL[self.random.skewed(Moment::ALL.len())]];
        while self.random.one_in(2) {
            let more = *self.random.pick(Moment::ALL);
            if moments.contains(&more) {
                break;
            }
            moments.push(more);
        }
        moments
    }

    /// One, sometimes two.
    fn shops(&mut self) -> Vec<String> {
        let mut shops = vec![shop(self.random.skewed(SHOPS))];
        let other = shop(self.random.skewed(SHOPS));
        if self.random.one_in(5) && !shops.contains(&other) {
            shops.push(other);
        }
        shops
    }

    fn date(&mut self) -> Date {
        let year = *self.random.pick(&YEARS);
        let (month, day) = (self.random.pick(&MONTHS), self.random.pick(&DAYS));
        Date::new(year, *month, *day).expect("every month has 28 days")
    }
}

impl Iterator for Generator {
    type Item = (Column, Derived);

    fn next(&mut self) -> Option<Self::Item> {
        let column = self.column();
        let words = u32::try_from(column.body.split_whitespace().count()).unwrap_or(u32::MAX);
        let excerpt = column.body.lines().next().unwrap_or_default().chars().take(200).collect();
        Some((column, Derived { words, reading_minutes: words.div_ceil(200).max(1), excerpt }))
    }
}

fn slug(text: &str) -> Slug {
    Slug::from_name(text).expect("generated names have letters")
}

fn name(number: usize, kind: &str) -> String {
    format!("{kind} {}", number + 1)
}

/// `Boekhuis 12`, `Fietsplein 13`, …
fn shop(number: usize) -> String {
    const SORTS: [&str; 8] = ["Boek", "Fiets", "Tuin", "Keuken", "Lamp", "Schoen", "Speel", "Witgoed"];
    const FORMS: [&str; 5] = ["huis", "plein", "markt", "winkel", "loods"];
    format!("{}{} {}", SORTS[number % SORTS.len()], FORMS[number / SORTS.len() % FORMS.len()], number + 1)
}

/// The words of a language, commonest first, with spaces between.
struct Vocabulary {
    small: &'static str,
    nouns: &'static str,
    verbs: &'static str,
    /// What stands between the parts of a compound.
    glue: &'static str,
}

const DUTCH: Vocabulary = Vocabulary {
    small: "de het een van en dat niet op met voor mijn hun geen toch weer pas nog zonder bij na",
    nouns: "winkel klant pakket retour bestelling levering medewerker bezorger bon doos garantie \
        betaling rekening belofte klacht antwoord telefoon mail formulier wacht tijd dienst \
        storing monteur afspraak magazijn prijs korting bedrag termijn koper web adres label punt \
        kast wasmachine koelkast fiets lamp bank stoel schroef handleiding montage onderdeel \
        reparatie verzekering voorwaarden wet recht plicht keuze advies uitleg excuus gebaar \
        bloemen kaart cadeau chocolade brief factuur aanmaning incasso abonnement netwerk modem \
        kabel scherm website knop pagina zoek filter maat kleur schoen jas voorraad balie kassa \
        rij nummer menu chat robot stem melding status tracking buur straat deur bel hand \
        vertrouwen ervaring verhaal probleem oplossing vervanging terugbetaling deadline weekend \
        maandag feestdag zomer drukte personeel leiding directie",
    verbs: "wachtte belde beloofde kwam leverde vergat stuurde betaalde vroeg weigerde herstelde \
        verontschuldigde ruilde zocht vond verloor bezorgde schreef hielp luisterde",
    glue: "",
};

const ENGLISH: Vocabulary = Vocabulary {
    small: "the a of and that not on with for my their no still again yet without at after before once",
    nouns: "shop customer parcel return order delivery clerk driver receipt box warranty payment bill \
        promise complaint answer phone mail form queue time service outage engineer appointment \
        warehouse price discount amount deadline buyer address label point cupboard washer fridge \
        bicycle lamp sofa chair screw manual assembly part repair insurance terms law right duty \
        choice advice explanation apology gesture flowers card gift chocolate letter invoice \
        reminder subscription network router cable screen website button page filter size colour \
        shoe coat stock counter till line number menu chat robot voice message status neighbour \
        street door bell trust experience story problem solution replacement refund weekend monday \
        holiday summer staff management",
    verbs: "waited called promised came delivered forgot sent paid asked refused repaired apologised \
        swapped searched found lost brought wrote helped listened",
    glue: " ",
};

/// A vocabulary, ready to draw from.
struct Words {
    small: Vec<&'static str>,
    nouns: Vec<&'static str>,
    verbs: Vec<&'static str>,
    glue: &'static str,
}

impl Words {
    fn of(words: &Vocabulary) -> Self {
        let split = |words: &'static str| words.split_ascii_whitespace().collect();
        Self {
            small: split(words.small),
            nouns: split(words.nouns),
            verbs: split(words.verbs),
            glue: words.glue,
        }
    }
}

/// `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014): small, even, and the same everywhere.
#[derive(Debug, Clone)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `bound` - 1.
    fn index(&mut self, bound: usize) -> usize {
        // Multiply and shift (Lemire 2019); bounds here are far too small for its bias to show.
        let wide = u128::from(self.next()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    fn below(&mut self, bound: u16) -> u16 {
        u16::try_from(self.index(usize::from(bound))).unwrap_or(0)
    }

    fn one_in(&mut self, many: u16) -> bool {
        self.below(many) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.index(all.len())]
    }

    /// 0 to `bound` - 1, where 1 and 2 together come as often as 3 to 6, as 7 to 14, and so on.
    fn skewed(&mut self, bound: usize) -> usize {
        let octaves = (bound + 1).ilog2() + 1;
        loop {
            let octave = self.index(octaves as usize);
            let drawn = (1 << octave) - 1 + self.index(1 << octave);
            if drawn < bound {
                return drawn;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_seed_always_gives_the_same() {
        let columns = |seed| Generator::new(seed).take(20).collect::<Vec<_>>();
        assert_eq!(columns(7), columns(7));
        assert_ne!(columns(7), columns(8));
    }

    #[test]
    fn slugs_are_unique_and_vocabulary_is_wide() {
        let columns: Vec<_> = Generator::new(1).take(2_000).collect();
        let slugs: HashSet<_> = columns.iter().map(|(column, _)| &column.slug).collect();
        assert_eq!(slugs.len(), columns.len());
        let words: HashSet<_> =
            columns.iter().flat_map(|(column, _)| column.body.split_whitespace()).collect();
        assert!(words.len() > 5_000, "{}", words.len());
        let shops: HashSet<_> = columns.iter().flat_map(|(column, _)| &column.shops).collect();
        assert!(shops.len() > 300, "{}", shops.len());
    }
}
