//! Columns and queries out of numbers: the same every time, on every machine.

use weerklank_domain::{ColumnFilter, Date, Lang, Moment, Named, Sentiment, Slug};
use weerklank_search::{Document, Public};

const DUTCH_SMALL: &str = "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij \
    nog naar uit wat wel door over ze zich hij geen ik je die deze was werd had heeft worden kan";
const ENGLISH_SMALL: &str = "the a of and to in is that it for on was with as be at by not this are or from but they \
    have an had which you we he she their will would there been if can all";
const DUTCH: &str = "winkel retour bezorging klant pakket garantie betaling levering contact monteur factuur bestelling \
    termijn dienst service voorraad prijs korting afspraak koerier doos storing antwoord excuus belofte reparatie \
    product kosten wachttijd telefoon formulier bericht adres rekening handel web geld tijd dag week huis deur lamp \
    stoel tafel kast fiets schoen jas boek bloem kaart brief keuken machine apparaat scherm kabel motor onderdeel";
const ENGLISH: &str = "shop return delivery customer parcel warranty payment contact engineer invoice order term \
    service stock price discount appointment courier box outage answer apology promise repair product cost wait phone \
    form message address account trade money time day week house door lamp chair table cupboard bicycle shoe coat book";
const SYLLABLES: &str = "ba be bi bo da de di do ga ge go ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe pi po \
    ra re ri ro sa se si so ta te ti to va ve vi vo wa we wi wo za ze zi zo aan een oor ijs uur";
const ENDINGS: &str = "n r s t k l m p en er el ing st nt rk";

/// A number generator (`SplitMix64`).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the remainder is below `end`")]
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The words of a language, the most common first, with how often they come (Zipf's law).
pub struct Words {
    pub all: Vec<String>,
    /// How many of them say little.
    pub small: usize,
    /// How many after those are of the subject.
    pub subject: usize,
    ladder: Vec<f64>,
}

impl Words {
    /// `size` words: the small ones, those of the subject, then compounds of the latter and made-up ones.
    fn new(lang: Lang, size: usize) -> Self {
        let (small, subject) = match lang {
            Lang::Nl => (DUTCH_SMALL, DUTCH),
            Lang::En => (ENGLISH_SMALL, ENGLISH),
        };
        let list = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
        let (small, subject) = (list(small), list(subject));
        let (syllables, endings) = (list(SYLLABLES), list(ENDINGS));
        let mut numbers = Numbers(lang as u64);
        let mut words: Vec<String> = small.iter().chain(&subject).map(|&word| word.to_owned()).collect();
        let mut seen: std::collections::HashSet<String> = words.iter().cloned().collect();
        while words.len() < size {
            let compound = lang == Lang::Nl && words.len().is_multiple_of(3);
            let word = if compound {
                let parts = 2 + usize::from(numbers.below(4) == 0);
                (0..parts).map(|_| *numbers.one(&subject)).collect()
            } else {
                let parts = 2 + numbers.below(3);
                let mut word: String = (0..parts).map(|_| *numbers.one(&syllables)).collect();
                let ending: &&str = numbers.one(&endings);
                word.push_str(ending);
                word
            };
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
        let ladder = (0..words.len()).map(|rank| {
            sum += 1.0 / (rank as f64 + 2.7);
            sum
        });
        let ladder = ladder.collect();
        Self { all: words, small: small.len(), subject: subject.len(), ladder }
    }

    fn any(&self, numbers: &mut Numbers) -> &str {
        #[expect(clippy::cast_precision_loss, reason = "a fraction needs no more than 53 bits")]
        let fraction = (numbers.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let at = fraction * self.ladder[self.ladder.len() - 1];
        let rank = self.ladder.partition_point(|step| *step < at);
        &self.all[rank.min(self.all.len() - 1)]
    }

    fn sentences(&self, numbers: &mut Numbers, words: usize) -> String {
        let mut text = String::with_capacity(words * 7);
        let mut left = 0;
        for _ in 0..words {
            let word = self.any(numbers);
            if left == 0 {
                left = 6 + numbers.below(14);
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            } else {
                text.push_str(word);
            }
            left -= 1;
            text.push_str(if left == 0 { ". " } else { " " });
        }
        text
    }
}

pub struct Generator {
    pub words: [Words; 2],
    shops: Vec<Named>,
    series: Vec<Named>,
    authors: Vec<Named>,
    body_words: usize,
}

impl Generator {
    /// Columns with `body_words` words in the body on average.
    pub fn new(body_words: usize) -> Self {
        let named = |kind: &str, n: usize| -> Vec<Named> {
            let names = (0..n).map(|i| format!("{kind} {i}"));
            names.map(|name| Named { slug: Slug::from_name(&name).unwrap(), name }).collect()
        };
        Self {
            words: [Words::new(Lang::Nl, 120_000), Words::new(Lang::En, 60_000)],
            shops: named("Winkel", 800),
            series: named("Reeks", 60),
            authors: named("Schrijver", 200),
            body_words,
        }
    }

    pub fn document(&self, number: usize) -> Document {
        let mut numbers = Numbers(number as u64 + 1);
        let lang = if numbers.below(4) == 0 { Lang::En } else { Lang::Nl };
        let words = &self.words[lang as usize];
        // From a third to a bit under three times as long, most of them short.
        let spread = (numbers.below(100) * numbers.below(100)) / 42;
        let length = self.body_words / 3 + self.body_words * spread / 90;
        // The first of a list are met most.
        let mut pick = |of: &[Named]| of[numbers.below(of.len()).min(numbers.below(of.len()))].clone();
        let shops = vec![pick(&self.shops), pick(&self.shops)];
        let authors = vec![pick(&self.authors)];
        let series = pick(&self.series);
        let shops_shown = numbers.below(3);
        let day = numbers.below(10 * 12 * 28);
        #[expect(clippy::cast_possible_truncation, reason = "parts of a date")]
        let date =
            Date::new(2016 + i32::from((day / 336) as u8), (day / 28 % 12) as u8 + 1, (day % 28) as u8 + 1);
        let slug = Slug::from_name(&format!("{} {number}", words.any(&mut numbers))).unwrap();
        let title_words = 3 + numbers.below(6);
        let public = Public {
            title: words.sentences(&mut numbers, title_words).trim_end_matches(". ").to_owned(),
            summary: words.sentences(&mut numbers, 25),
            body: words.sentences(&mut numbers, length),
            lang,
            sentiment: *numbers.one(Sentiment::ALL),
            moments: vec![*numbers.one(Moment::ALL), *numbers.one(Moment::ALL)],
            shops: shops.into_iter().take(shops_shown).collect(),
            series: (numbers.below(5) == 0).then_some(series),
            authors,
            labels: vec![words.any(&mut numbers).to_owned()],
            date: date.unwrap(),
        };
        Document { slug, public: Some(public) }
    }

    pub fn filter(&self, numbers: &mut Numbers) -> ColumnFilter {
        let mut filter =
            ColumnFilter { sentiment: Some(*numbers.one(Sentiment::ALL)), ..ColumnFilter::default() };
        match numbers.below(4) {
            0 => filter.moment = Some(*numbers.one(Moment::ALL)),
            1 => filter.shop = Some(self.shops[numbers.below(40)].slug.clone()),
            2 => filter.series = Some(self.series[numbers.below(20)].slug.clone()),
            _ => filter.lang = Some(*numbers.one(Lang::ALL)),
        }
        filter
    }
}

/// `count` queries of a kind, each with what it filters.
pub fn queries(generator: &Generator, kind: &str, count: usize) -> Vec<(String, ColumnFilter)> {
    let mut numbers = Numbers(kind.bytes().map(u64::from).sum());
    (0..count)
        .map(|_| {
            let words = &generator.words[usize::from(numbers.below(3) == 0)];
            let (small, subject) = (&words.all[..words.small], &words.all[words.small..][..words.subject]);
            let rest = &words.all[words.small + words.subject..];
            let mut filter = ColumnFilter::default();
            let text = match kind {
                "common word" => numbers.one(subject).clone(),
                "rare word" => numbers.one(&rest[rest.len() / 4..]).clone(),
                "two words" => format!("{} {}", numbers.one(subject), numbers.one(&rest[..3000])),
                "two common words" => format!("{} {}", numbers.one(subject), numbers.one(subject)),
                "four words" => {
                    format!(
                        "{} {} {} {}",
                        numbers.one(small),
                        numbers.one(subject),
                        numbers.one(subject),
                        numbers.one(&rest[..300])
                    )
                }
                "phrase" => format!("\"{} {}\"", numbers.one(small), numbers.one(subject)),
                "compound part" => numbers.one(&DUTCH.split_whitespace().collect::<Vec<_>>()).to_string(),
                "compound apart" => {
                    let parts: Vec<_> = DUTCH.split_whitespace().collect();
                    format!("{}{}", numbers.one(&parts), numbers.one(&parts))
                }
                "typing error" => {
                    let long: Vec<_> = subject.iter().filter(|word| word.len() > 5).collect();
                    let mut word: Vec<char> = numbers.one(&long).chars().collect();
                    let at = 1 + numbers.below(word.len() - 2);
                    word.swap(at, at + 1);
                    word.into_iter().collect()
                }
                "facets" => {
                    filter = generator.filter(&mut numbers);
                    numbers.one(subject).clone()
                }
                "not all found" => format!("{} {} qqqqqq", numbers.one(subject), numbers.one(&rest[..3000])),
                "stop words" => format!("{} {}", numbers.one(small), numbers.one(small)),
                "hostile" => match numbers.below(4) {
                    0 => (0..16).map(|_| numbers.one(subject).clone()).collect::<Vec<_>>().join(" "),
                    1 => (0..16)
                        .map(|i| {
                            format!(
                                "zq{}xa",
                                [
                                    "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t",
                                    "v", "w"
                                ][i]
                            )
                        })
                        .collect::<Vec<_>>()
                        .join(" "),
                    2 => format!("{} title:* AND \"", "a".repeat(65_536)),
                    _ => (0..8)
                        .map(|_| format!("\"{} {}\"", numbers.one(small), numbers.one(small)))
                        .collect::<Vec<_>>()
                        .join(" "),
                },
                other => unreachable!("no kind of query is called {other}"),
            };
            (text, filter)
        })
        .collect()
}
