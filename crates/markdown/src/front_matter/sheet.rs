//! Between what an editor types at the desk and a column. A sheet is judged by the rules of files, by being
//! written as one: there is one place that knows what a column needs.

use weerklank_domain::compose::{Sheet, SheetKey};
use weerklank_domain::{Column, Slug, Status};

use super::write::quoted;
use super::{Problem, parse_file};

/// Something in a sheet that has to be mended before it can be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// `None`: the text itself.
    pub key: Option<SheetKey>,
    /// What was found, what was expected.
    pub message: String,
}

/// The column that a sheet describes. Without a slug it gets the one of its title.
///
/// # Errors
/// All that has to be mended, at least one. Besides what a file needs, a picture needs a description: at
/// the desk, nothing is published that a reader who cannot see would miss.
pub fn column_of(sheet: &Sheet, status: Status) -> Result<Column, Vec<SheetProblem>> {
    let mut problems = Vec::new();
    let slug = match sheet.get(SheetKey::Slug) {
        "" => Slug::from_name(sheet.get(SheetKey::Title)).map(|slug| slug.to_string()).unwrap_or_default(),
        slug => slug.to_owned(),
    };
    if slug.is_empty() {
        let message = "the title has no letter or digit that an address could hold; give an address";
        problems.push(SheetProblem { key: Some(SheetKey::Slug), message: message.to_owned() });
    }
    if !sheet.get(SheetKey::ImageSrc).is_empty() && sheet.get(SheetKey::ImageAlt).is_empty() {
        let message = "say what is to be seen, for who cannot see it";
        problems.push(SheetProblem { key: Some(SheetKey::ImageAlt), message: message.to_owned() });
    }
    if sheet.body.trim().is_empty() {
        problems.push(SheetProblem { key: None, message: "there is no text yet".to_owned() });
    }
    match parse_file(&format!("{slug}.md"), &file(sheet, &slug, status)) {
        Ok(column) if problems.is_empty() => Ok(column),
        Ok(_) => Err(problems),
        Err(found) => {
            for problem in found {
                let told = told(problem);
                // What the file lacks because the sheet does is said once.
                if !problems.iter().any(|known| known.key.is_some() && known.key == told.key) {
                    problems.push(told);
                }
            }
            Err(problems)
        }
    }
}

fn told(problem: Problem) -> SheetProblem {
    let key = problem.key.as_deref().and_then(|key| {
        // What is wrong with a map is said of its first field, which is the one that it needs.
        let of_map = SheetKey::ALL.iter().find(|known| known.as_str().split('.').next() == Some(key));
        key.parse().ok().or(of_map.copied())
    });
    SheetProblem { key, message: problem.message }
}

/// The file that says what a sheet says, every text in quotes.
fn file(sheet: &Sheet, slug: &str, status: Status) -> String {
    let mut out = String::with_capacity(sheet.body.len() + 1024);
    out.push_str("---\n");
    let mut open = "";
    for key in keys() {
        let value = if key == SheetKey::Slug { slug } else { sheet.get(key) };
        // A picture without a description is told of elsewhere, in better words.
        let needed = key == SheetKey::ImageAlt && !sheet.get(SheetKey::ImageSrc).is_empty();
        let (map, name) = key.as_str().split_once('.').unwrap_or(("", key.as_str()));
        if value.is_empty() && !needed {
            continue;
        }
        if map != open {
            open = map;
            if !map.is_empty() {
                out.push_str(map);
                out.push_str(":\n");
            }
        }
        if !map.is_empty() {
            out.push_str("  ");
        }
        out.push_str(name);
        out.push_str(": ");
        if key.is_list() {
            out.push('[');
            for entry in value.lines().map(str::trim).filter(|entry| !entry.is_empty()) {
                quoted(&mut out, entry);
                out.push_str(", ");
            }
            out.push(']');
        } else {
            quoted(&mut out, value);
        }
        out.push('\n');
    }
    out.push_str("status: ");
    out.push_str(status.as_str());
    out.push_str("\n---\n");
    out.push_str(&sheet.body);
    out
}

/// Those of one map together.
fn keys() -> impl Iterator<Item = SheetKey> {
    let is_plain = |key: &SheetKey| !key.as_str().contains('.');
    let all = || SheetKey::ALL.iter().copied();
    all().filter(is_plain).chain(all().filter(move |key| !is_plain(key)))
}

/// What an editor types to get this column. Its status is no part of it: that is what the desk does with it.
pub fn sheet_of(column: &Column) -> Sheet {
    use SheetKey as K;
    let mut sheet = Sheet { body: column.body.clone(), ..Sheet::default() };
    let lines = |entries: &[String]| entries.join("\n");
    sheet.set(K::Title, column.title.clone());
    sheet.set(K::Slug, column.slug.to_string());
    sheet.set(K::Summary, column.summary.clone().unwrap_or_default());
    sheet.set(K::Lang, column.lang.as_str());
    sheet.set(K::Sentiment, column.sentiment.as_str());
    sheet.set(K::Date, column.date.to_string());
    sheet.set(K::Updated, column.updated.map(|date| date.to_string()).unwrap_or_default());
    sheet.set(K::Authors, lines(&column.authors));
    let moments: Vec<&str> = column.moments.iter().map(|moment| moment.as_str()).collect();
    sheet.set(K::Moments, moments.join("\n"));
    sheet.set(K::Shops, lines(&column.shops));
    if let Some(part) = &column.series {
        sheet.set(K::SeriesName, part.name.clone());
        sheet.set(K::SeriesNumber, part.number.to_string());
    }
    if let Some(image) = &column.image {
        sheet.set(K::ImageSrc, image.src.clone());
        sheet.set(K::ImageAlt, image.alt.clone());
        sheet.set(K::ImageCredit, image.credit.clone().unwrap_or_default());
    }
    if let Some(guest) = &column.guest {
        sheet.set(K::GuestName, guest.name.clone());
        sheet.set(K::GuestRole, guest.role.clone().unwrap_or_default());
        sheet.set(K::GuestOrganisation, guest.organisation.clone().unwrap_or_default());
    }
    if let Some(first) = &column.first_published {
        sheet.set(K::FirstIn, first.medium.clone());
        sheet.set(K::FirstIssue, first.issue.clone().unwrap_or_default());
        sheet.set(K::FirstDate, first.date.map(|date| date.to_string()).unwrap_or_default());
        sheet.set(K::FirstUrl, first.url.clone().unwrap_or_default());
    }
    sheet.set(K::Tags, lines(&column.tags));
    sheet.set(K::Source, column.source.as_str());
    sheet.set(K::Comments, column.comments.as_str());
    sheet.set(K::Incomplete, if column.incomplete { "true" } else { "" });
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = "---\ntitle: 'Een: \"titel\" # geen commentaar'\nslug: een-titel\ndate: 2026-05-01\nupdated: 2026-05-03\n\
        authors: [Redactie, 'Jansen, P.']\nlang: nl\nsentiment: mixed\nmoments: [delivery, contact]\nshops: ['[Haakjes] & zoon']\n\
        series: { name: Twee kanten, number: 3 }\nguest: { name: Linde, role: hoofd, organisation: Watt }\n\
        first_published: { in: Blad, issue: 11/12, date: 2015-12-16, url: 'https://blad.example/a?b=c' }\nsummary: Kort.\n\
        tags: [warmte, 'null']\nimage: { src: /images/a.svg, alt: Een lamp, credit: Wij }\nsource: research\ncomments: closed\n\
        incomplete: true\n---\n# Kop\n\n---\n\nTekst.\n";

    #[test]
    fn a_column_is_typed_and_read_back_the_same() {
        let column = parse_file("a.md", FULL).unwrap();
        let sheet = sheet_of(&column);
        assert_eq!(column_of(&sheet, Status::Published), Ok(column));
        assert!(SheetKey::ALL.iter().all(|key| !sheet.get(*key).is_empty()), "{sheet:?}");
        assert_eq!(sheet.clone().kept(), Ok(sheet));
    }

    #[test]
    fn what_is_missing_or_wrong_is_said_of_its_field() {
        let mut sheet = Sheet::default();
        for (key, value) in [
            (SheetKey::Date, "gisteren"),
            (SheetKey::Moments, "delivery\nlevering"),
            (SheetKey::SeriesNumber, "3"),
            (SheetKey::ImageSrc, "ftp://a"),
            (SheetKey::Authors, "!!!"),
            (SheetKey::FirstUrl, "blad.example"),
        ] {
            sheet.set(key, value);
        }
        let problems = column_of(&sheet, Status::Published).unwrap_err();
        let mut keys: Vec<_> = problems.iter().map(|problem| problem.key).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                None,
                Some(SheetKey::Title),
                Some(SheetKey::Slug),
                Some(SheetKey::Lang),
                Some(SheetKey::Sentiment),
                Some(SheetKey::Date),
                Some(SheetKey::Authors),
                Some(SheetKey::Moments),
                Some(SheetKey::SeriesName),
                Some(SheetKey::ImageSrc),
                Some(SheetKey::ImageAlt),
                Some(SheetKey::FirstIn),
                Some(SheetKey::FirstUrl),
            ]
        );
    }

    #[test]
    fn no_value_becomes_another_key() {
        let mut sheet = Sheet { body: "Tekst.".to_owned(), ..Sheet::default() };
        for (key, value) in [
            (SheetKey::Title, "Titel\"\nstatus: draft\nslug: \"anders"),
            (SheetKey::Lang, "nl"),
            (SheetKey::Sentiment, "mixed"),
            (SheetKey::Date, "2026-05-01"),
            (SheetKey::Slug, "titel"),
            (SheetKey::Summary, "Een\n---\ntwee"),
        ] {
            sheet.set(key, value);
        }
        let problems = column_of(&sheet, Status::Published).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].key, Some(SheetKey::Title));
        sheet.set(SheetKey::Title, "Titel: \"met\" [alles] {erin}, # \\ ja");
        let column = column_of(&sheet, Status::Published).unwrap();
        assert_eq!(column.title, "Titel: \"met\" [alles] {erin}, # \\ ja");
        assert_eq!(column.summary.as_deref(), Some("Een\n---\ntwee"));
    }
}
