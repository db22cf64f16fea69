//! What an editor begins with.

use std::fmt::Write as _;

use weerklank::desk_words::half_title;
use weerklank_domain::{
    Comments, Lang, Sentiment, Source,
    compose::{Sheet, SheetKey},
    experience::{Experience, Half, ShopGiven, Side, Witness},
};

/// A first text of experiences: their stories in their own words, the positive first, with what the front
/// matter can be told from what was given. `author` goes by that name.
pub fn sheet_of_experiences(experiences: &[Experience], author: &str) -> Sheet {
    let mut halves: Vec<&Half> = experiences.iter().flat_map(|one| &one.halves).collect();
    halves.sort_by_key(|half| half.side);
    let lang = experiences.first().map_or(Lang::Nl, |one| one.lang);
    let mut sheet = Sheet::default();
    sheet.set(SheetKey::Lang, lang.as_str());
    sheet.set(SheetKey::Sentiment, sentiment(&halves).as_str());
    sheet.set(SheetKey::Authors, author);
    let mut moments: Vec<_> =
        halves.iter().flat_map(|half| &half.ratings).map(|(moment, _)| *moment).collect();
    moments.sort_unstable();
    moments.dedup();
    let moments: Vec<&str> = moments.iter().map(|moment| moment.as_str()).collect();
    sheet.set(SheetKey::Moments, moments.join("\n"));
    let mut shops: Vec<&str> = Vec::new();
    for half in &halves {
        if let ShopGiven::Named(name) = &half.shop
            && !shops.contains(&name.as_str())
        {
            shops.push(name);
        }
    }
    sheet.set(SheetKey::Shops, shops.join("\n"));
    let is_second_hand =
        !halves.is_empty() && halves.iter().all(|half| half.witness == Some(Witness::SecondHand));
    let source = if is_second_hand { Source::SecondHand } else { Source::Own };
    sheet.set(SheetKey::Source, source.as_str());
    sheet.set(SheetKey::Comments, Comments::Open.as_str());
    sheet.body = body(&halves, experiences, lang);
    sheet
}

fn sentiment(halves: &[&Half]) -> Sentiment {
    let has = |side| halves.iter().any(|half| half.side == side);
    match (has(Side::Positive), has(Side::Negative)) {
        (true, false) => Sentiment::Positive,
        (false, true) => Sentiment::Negative,
        _ => Sentiment::Mixed,
    }
}

fn body(halves: &[&Half], experiences: &[Experience], lang: Lang) -> String {
    let mut body = String::new();
    let mut said = Vec::new();
    for half in halves {
        if halves.len() > 1 {
            // Writing to a String cannot fail.
            let _ = writeln!(body, "## {} {{.{}}}\n", half_title(lang, half.side), half.side);
        }
        body.push_str(half.story.trim_end());
        body.push_str("\n\n");
        // In the half of whoever said it, so that nobody else is shown it as theirs.
        let own =
            experiences.iter().position(|one| one.halves.iter().any(|known| std::ptr::eq(known, *half)));
        if let Some(own) = own.filter(|own| !said.contains(own))
            && let Some(suggestion) = &experiences[own].suggestion
        {
            said.push(own);
            push_advice(&mut body, suggestion);
        }
    }
    if halves.is_empty() {
        for suggestion in experiences.iter().filter_map(|one| one.suggestion.as_deref()) {
            body.push_str(suggestion.trim_end());
            body.push_str("\n\n");
        }
    }
    weerklank_markdown::tidy_body(&body)
}

fn push_advice(body: &mut String, suggestion: &str) {
    body.push_str("> [!ADVICE]\n");
    for line in suggestion.trim_end().lines() {
        body.push_str("> ");
        body.push_str(line);
        body.push('\n');
    }
    body.push('\n');
}

/// The half that a heading opens: `## … {.positive}`, at any level, among other attributes.
fn half_of(line: &str) -> Option<Side> {
    let (_, attributes) = line.trim_start().strip_prefix('#')?.rsplit_once('{')?;
    let attributes = attributes.trim_end().strip_suffix('}')?;
    let is_of = |side: &Side| attributes.split_whitespace().any(|word| word == format!(".{side}"));
    Side::ALL.iter().copied().find(is_of)
}

fn is_heading(line: &str) -> bool {
    let level = line.trim_start().chars().take_while(|c| *c == '#').count();
    (1..=2).contains(&level)
}

/// Whether a text has a half for each side, so that each sender of a pair can be shown their own.
pub fn has_both_halves(body: &str) -> bool {
    Side::ALL.iter().all(|side| body.lines().any(|line| half_of(line) == Some(*side)))
}

/// Of a text that two sent something in for, what concerns the one whose sides these are: the halves under
/// the headings of those sides, without these. `None` where the text has not both halves: then nobody can tell
/// whose words are whose.
pub fn own_part(body: &str, sides: &[Side]) -> Option<String> {
    if !has_both_halves(body) {
        return None;
    }
    let mut current = None;
    let own = body.lines().filter(|line| {
        let opens = is_heading(line) || half_of(line).is_some();
        if opens {
            // A heading between that is of no side belongs to neither half.
            current = half_of(line);
        }
        !opens && current.is_some_and(|side| sides.contains(&side))
    });
    Some(own.fold(String::new(), |mut text, line| {
        text.push_str(line);
        text.push('\n');
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use weerklank_domain::experience::{Draft, DraftHalf};

    fn experience(side: Side, story: &str, shop: &str, moment: &str) -> Experience {
        let half = DraftHalf {
            story: story.to_owned(),
            shop: shop.to_owned(),
            ratings: [(moment.to_owned(), "2".to_owned())].into(),
            ..DraftHalf::default()
        };
        let draft = match side {
            Side::Positive => Draft { positive: half, ..Draft::default() },
            Side::Negative => {
                Draft { negative: half, suggestion: "Bel\nterug.".to_owned(), ..Draft::default() }
            }
        };
        draft.check("2026-11-21".parse().unwrap()).unwrap()
    }

    #[test]
    fn a_pair_of_two_senders_is_one_text_with_two_halves() {
        let bad = experience(Side::Negative, "Drie weken gewacht.", "Lampenhuis", "delivery");
        let good = experience(Side::Positive, "Ze belden zelf.", "Lampenhuis", "contact");
        let sheet = sheet_of_experiences(&[bad, good], "Redactie");
        assert_eq!(
            sheet.body,
            "## Wat goed ging {.positive}\n\nZe belden zelf.\n\n## Wat misging {.negative}\n\nDrie weken gewacht.\n\n\
             > [!ADVICE]\n> Bel\n> terug.\n"
        );
        assert_eq!(sheet.get(SheetKey::Sentiment), "mixed");
        assert_eq!(sheet.get(SheetKey::Moments), "delivery\ncontact");
        assert_eq!(sheet.get(SheetKey::Shops), "Lampenhuis");

        assert_eq!(own_part(&sheet.body, &[Side::Positive]).as_deref(), Some("\nZe belden zelf.\n\n"));
        assert!(!own_part(&sheet.body, &[Side::Negative]).unwrap().contains("Ze belden"));
    }

    #[test]
    fn words_are_told_apart_by_the_headings_that_the_page_knows() {
        let body = "Vooraf.\n\n## Mis {#a .negative}\n\nSlecht.\n\n## Tussen\n\nNiemand.\n\n # Goed {.positive}\n\nFijn.\n";
        assert_eq!(own_part(body, &[Side::Negative]).as_deref(), Some("\nSlecht.\n\n"));
        assert_eq!(own_part(body, &[Side::Positive]).as_deref(), Some("\nFijn.\n"));
        for without in [
            "Zonder helften.\n",
            "## Mis {.negative}\n\nSlecht.\n",
            "## Goed .positive\n## Mis {.negative}\n",
        ] {
            assert_eq!(own_part(without, &[Side::Negative]), None, "{without}");
        }
    }

    #[test]
    fn one_alone_has_no_heading() {
        let sheet =
            sheet_of_experiences(&[experience(Side::Negative, "Te laat.", "", "delivery")], "Redactie");
        assert_eq!(sheet.body, "Te laat.\n\n> [!ADVICE]\n> Bel\n> terug.\n");
        assert_eq!(sheet.get(SheetKey::Sentiment), "negative");
        assert_eq!(sheet.get(SheetKey::Source), "own");
    }
}
