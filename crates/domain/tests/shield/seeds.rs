//! Personal data of nobody: invented, with the right checksums, in the spellings that people use. The
//! same ones every time.

/// Spellings of data of a kind.
pub fn of(kind: &str) -> Vec<String> {
    let mut dice = Dice(kind.bytes().fold(7, |state, byte| state * 31 + u64::from(byte)));
    (0..24).map(|turn| one(kind, turn, &mut dice)).collect()
}

/// A linear congruential generator (constants of Knuth's MMIX): no randomness is wanted, only variety.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// So many digits, of which the first is not 0.
    fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|place| {
                char::from(b"0123456789"[if place == 0 { 1 + self.below(9) } else { self.below(10) }])
            })
            .collect()
    }

    /// So many consonants: letters of Dutch plates.
    fn letters(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b"BDFGHJKLNPRSTVXZ"[self.below(16)])).collect()
    }
}

const GIVEN: [&str; 12] =
    ["Marieke", "Jan", "Fatima", "Kees", "Sanne", "Youssef", "Truus", "Daan", "Joris", "Emma", "Wim", "Noor"];
const FAMILY: [&str; 14] = [
    "Jansen",
    "de Vries",
    "van den Berg",
    "Bakker",
    "El Amrani",
    "van 't Hoff",
    "Peeters",
    "Smits-Vermeulen",
    "Öztürk",
    "Kowalski",
    "Verbruggen",
    "O'Brien",
    "ter Haar",
    "Wouters",
];
const STREETS: [&str; 12] = [
    "Dorpsstraat",
    "Kerkplein",
    "Lange Nieuwstraat",
    "Wilgenlaan",
    "Burgemeester van Rijnlaan",
    "Achterweg",
    "Vaartkade",
    "Oude Gracht",
    "Molendijk",
    "Sint-Jansplein",
    "Tulpenhof",
    "Zandpad",
];
const PLACES: [&str; 6] = ["Utrecht", "Gent", "Brugge", "Assen", "Middelburg", "Hasselt"];

fn one(kind: &str, turn: usize, dice: &mut Dice) -> String {
    match kind {
        "email" => email(turn, dice),
        "phone" => phone(turn, dice),
        "iban" => iban(turn, dice),
        "card" => card(turn, dice),
        "bsn" => bsn(turn, dice),
        "address" => address(turn, dice),
        "plate" => plate(turn, dice),
        "reference" => reference(turn, dice),
        "link" => link(turn, dice),
        "staff" => staff(turn, dice),
        "given" => dice.pick(&GIVEN).to_owned(),
        other => panic!("no seeds for {other}"),
    }
}

fn email(turn: usize, dice: &mut Dice) -> String {
    let (name, number) = (dice.pick(&GIVEN).to_lowercase(), dice.digits(3));
    let firm = dice.pick(&["voorbeeld", "post-bus", "mijnmail", "test1"]);
    match turn % 8 {
        0 => format!("{name}@{firm}.example"),
        1 => format!("{name}.{number}@{firm}.nl"),
        2 => format!("{name}_{number}+winkel@mail.{firm}.co.uk"),
        3 => format!("{}@{}.BE", name.to_uppercase(), firm.to_uppercase()),
        4 => format!("{name}(at){firm}.nl"),
        5 => format!("{name} [at] {firm} punt nl"),
        6 => format!("{name}-jansen@{firm}.info"),
        _ => format!("{number}{name}@{firm}.org"),
    }
}

fn phone(turn: usize, dice: &mut Dice) -> String {
    let d = dice.digits(8);
    let pairs = format!("{} {} {} {}", &d[..2], &d[2..4], &d[4..6], &d[6..]);
    match turn % 16 {
        0 => format!("06-{d}"),
        1 => format!("06{d}"),
        2 => format!("06 {pairs}"),
        3 => format!("06 - {d}"),
        4 => format!("+316{d}"),
        5 => format!("+31 6 {pairs}"),
        6 => format!("+31 (0)6 {d}"),
        7 => format!("0031 6 {d}"),
        8 => format!("020-{}", &d[1..]),
        9 => format!("(030) {} {}", &d[1..4], &d[4..]),
        10 => format!("0512 {}", &d[2..]),
        11 => format!("04{pairs}"),
        12 => format!("+32 4{pairs}"),
        13 => format!("09 {} {} {}", &d[1..4], &d[4..6], &d[6..]),
        14 => format!("06.{}", pairs.replace(' ', ".")),
        _ => format!("+49 151 {d}"),
    }
}

fn iban(turn: usize, dice: &mut Dice) -> String {
    let bank = dice.pick(&["ABNX", "INGX", "RABX", "TRIX"]);
    let (country, body) = match turn % 4 {
        0 | 1 => ("NL", format!("{bank}0{}", dice.digits(9))),
        2 => ("BE", dice.digits(12)),
        _ => ("DE", dice.digits(18)),
    };
    let remainder = format!("{body}{country}00").chars().fold(0, |rest, character| {
        let value = character.to_digit(36).expect("a letter or a digit");
        (rest * if value < 10 { 10 } else { 100 } + value) % 97
    });
    let account = format!("{country}{:02}{body}", 98 - remainder);
    let groups = || {
        account
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect::<Vec<_>>()
    };
    match turn % 3 {
        0 => account,
        1 => groups().join(" "),
        _ => account.to_lowercase(),
    }
}

fn card(turn: usize, dice: &mut Dice) -> String {
    let body = format!("{}{}", dice.pick(&["4", "51", "37", "6011"]), dice.digits(14));
    let body = &body[..15];
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let value = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    let number = format!("{body}{}", (10 - sum % 10) % 10);
    let groups =
        |by: &str| number.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(by);
    match turn % 3 {
        0 => number.clone(),
        1 => groups(" "),
        _ => groups("-"),
    }
}

fn bsn(turn: usize, dice: &mut Dice) -> String {
    let number = loop {
        let body = dice.digits(8);
        let sum: usize =
            body.bytes().zip((2..=9).rev()).map(|(byte, weight)| usize::from(byte - b'0') * weight).sum();
        if sum % 11 < 10 {
            break format!("{body}{}", sum % 11);
        }
    };
    match turn % 3 {
        0 => number,
        1 => format!("{}.{}.{}", &number[..3], &number[3..6], &number[6..]),
        _ => format!("{} {} {}", &number[..4], &number[4..6], &number[6..]),
    }
}

fn address(turn: usize, dice: &mut Dice) -> String {
    let (street, number, place) = (dice.pick(&STREETS), 1 + dice.below(240), dice.pick(&PLACES));
    let (digits, letters) = (dice.digits(4), dice.letters(2));
    match turn % 10 {
        0 => format!("{street} {number}"),
        1 => format!("{street} {number}a, {digits} {letters} {place}"),
        2 => format!("{digits} {letters} {number}"),
        3 => format!("{digits}{letters}, nummer {number}"),
        4 => format!("{street} {number} bus 3, {digits} {place}"),
        5 => format!("{digits}{letters} {number}-2"),
        6 => format!("{street} {number}, {digits}{letters}"),
        7 => format!("{digits} {letters} huisnummer {number}"),
        8 => format!("{street} {number} in {digits} {place}"),
        _ => format!("{street} {number} bis"),
    }
}

fn plate(turn: usize, dice: &mut Dice) -> String {
    let (l, d) = (dice.letters(6), dice.digits(6));
    match turn % 8 {
        0 => format!("{}-{}-{}", &l[..2], &d[..2], &d[2..4]),
        1 => format!("{}-{}-{}", &d[..2], &l[..3], &d[2..3]),
        2 => format!("{}-{}-{}", &l[..1], &d[..3], &l[1..3]),
        3 => format!("{}-{}-{}", &d[..1], &l[..3], &d[1..3]),
        4 => format!("1-{}-{}", &l[..3], &d[..3]),
        5 => format!("{}-{}-{}", &l[..2], &d[..3], &l[2..3]),
        6 => format!("{}-{}-{}", &d[..2], &l[..2], &l[2..4]),
        _ => format!("{}-{}-{}", &l[..3], &d[..2], &l[3..4]),
    }
}

fn reference(turn: usize, dice: &mut Dice) -> String {
    let d = dice.digits(10);
    let l = dice.letters(3);
    match turn % 10 {
        0 => d[..8].to_owned(),
        1 => format!("{l}-{}", &d[..6]),
        2 => format!("2026-{}", &d[..6]),
        3 => format!("#{}", &d[..5]),
        4 => format!("{l}{}", &d[..5]),
        5 => format!("3S{l}{d}"),
        6 => d.clone(),
        7 => format!("{}/{}", &d[..4], &d[4..8]),
        8 => format!("{}-{}-{}", &d[..3], &d[3..6], &d[6..]),
        _ => d[..6].to_owned(),
    }
}

fn link(turn: usize, dice: &mut Dice) -> String {
    let (l, d) = (dice.letters(6).to_lowercase(), dice.digits(12));
    match turn % 6 {
        0 => format!("https://winkel.example/order?token={l}{d}"),
        1 => format!("https://winkel.example/track/3S{l}{d}"),
        2 => format!("www.winkel.example/bestelling/{d}"),
        3 => format!("https://winkel.example/login?email={l}@voorbeeld.example"),
        4 => format!("https://winkel.example/mijn?klant={}", &d[..5]),
        _ => format!("http://winkel.example/a/{l}{d}{l}#s"),
    }
}

fn staff(turn: usize, dice: &mut Dice) -> String {
    let (given, family) = (dice.pick(&GIVEN), dice.pick(&FAMILY));
    match turn % 4 {
        0 => format!("{given} {family}"),
        1 => format!("{}. {family}", &given[..1]),
        2 => given.to_owned(),
        _ => {
            // Alone, a particle at the front has a capital.
            let mut letters = family.chars();
            let first = letters.next().expect("a letter").to_uppercase();
            format!("{first}{}", letters.as_str())
        }
    }
}
