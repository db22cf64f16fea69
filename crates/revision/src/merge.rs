//! What two people's changes to one version make together.

use std::collections::BTreeMap;

use diffy::{ConflictStyle, MergeOptions};
use weerklank_domain::compose::{Sheet, SheetKey};

use crate::tokens::{Grain, unlined};

/// Two versions in one. Nothing of either is lost: where both changed the same, both stand here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// What both agree on, or one alone changed; of what both changed, `mine`.
    pub front: BTreeMap<SheetKey, String>,
    pub conflicts: Vec<FrontConflict>,
    /// In their order.
    pub body: Vec<BodyPart>,
}

/// A field that both changed, each to something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontConflict {
    pub key: SheetKey,
    pub mine: String,
    pub theirs: String,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyPart {
    /// Agreed on.
    Text(String),
    /// Both changed what stood here.
    Conflict { mine: String, theirs: String },
}

impl Merge {
    /// The whole, where both nowhere changed the same.
    pub fn settled(&self) -> Option<Sheet> {
        if !self.conflicts.is_empty() {
            return None;
        }
        let mut body = String::new();
        for part in &self.body {
            match part {
                BodyPart::Text(text) => body.push_str(text),
                BodyPart::Conflict { .. } => return None,
            }
        }
        Some(Sheet { front: self.front.clone(), body })
    }
}

/// Merges two versions of what was `base` for both.
pub fn merge(base: &Sheet, mine: &Sheet, theirs: &Sheet) -> Merge {
    let mut merged = Sheet::default();
    let mut conflicts = Vec::new();
    for key in SheetKey::ALL {
        let (before, ours, other) = (base.get(*key), mine.get(*key), theirs.get(*key));
        if ours == before || ours == other {
            merged.set(*key, other);
            continue;
        }
        merged.set(*key, ours);
        if other == before {
            continue;
        }
        if key.is_list()
            && let Some(both) = merged_list(before, ours, other)
        {
            merged.set(*key, both);
            continue;
        }
        conflicts.push(FrontConflict { key: *key, mine: ours.to_owned(), theirs: other.to_owned() });
    }
    Merge { front: merged.front, conflicts, body: bodies(&base.body, &mine.body, &theirs.body) }
}

/// What either added, without what either took out, in the order of mine: entries have no places of their own
/// that two could quarrel about. `None` where one of them only changed the order.
fn merged_list(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let has = |list: &str, entry: &str| list.lines().any(|line| line == entry);
    let kept = mine.lines().filter(|entry| has(theirs, entry) || !has(base, entry));
    let added = theirs.lines().filter(|entry| !has(base, entry) && !has(mine, entry));
    let both: Vec<&str> = kept.chain(added).collect();
    let reordered = |list: &str| {
        list.lines().count() == base.lines().count() && list.lines().all(|entry| has(base, entry))
    };
    (!reordered(mine) && !reordered(theirs)).then(|| both.join("\n"))
}

fn bodies(base: &str, mine: &str, theirs: &str) -> Vec<BodyPart> {
    let whole = |text: &str| vec![BodyPart::Text(text.to_owned())];
    if mine == base || mine == theirs {
        return whole(theirs);
    }
    if theirs == base {
        return whole(mine);
    }
    let grain = Grain::of(&[base, mine, theirs]);
    let mut options = MergeOptions::new();
    options.set_conflict_style(ConflictStyle::Merge);
    match options.merge(&grain.lined(base), &grain.lined(mine), &grain.lined(theirs)) {
        Ok(merged) => whole(&merged.split_inclusive('\n').map(unlined).collect::<String>()),
        Err(marked) => marked_parts(&marked),
    }
}

/// Reads what the merging wrote where both changed the same. Lines of ours begin with a space, its
/// marks do not.
fn marked_parts(marked: &str) -> Vec<BodyPart> {
    #[derive(PartialEq)]
    enum Side {
        Both,
        Mine,
        Theirs,
    }
    let (mut parts, mut side) = (Vec::new(), Side::Both);
    let (mut text, mut mine, mut theirs) = (String::new(), String::new(), String::new());
    for line in marked.split_inclusive('\n') {
        match (line.starts_with(' '), line.chars().next()) {
            (true, _) => {
                let place = match side {
                    Side::Both => &mut text,
                    Side::Mine => &mut mine,
                    Side::Theirs => &mut theirs,
                };
                place.push_str(&unlined(line));
            }
            (false, Some('<')) => {
                if !text.is_empty() {
                    parts.push(BodyPart::Text(std::mem::take(&mut text)));
                }
                side = Side::Mine;
            }
            (false, Some('=')) => side = Side::Theirs,
            (false, _) => {
                parts.push(BodyPart::Conflict {
                    mine: std::mem::take(&mut mine),
                    theirs: std::mem::take(&mut theirs),
                });
                side = Side::Both;
            }
        }
    }
    if !text.is_empty() {
        parts.push(BodyPart::Text(text));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(title: &str, moments: &str, body: &str) -> Sheet {
        let mut sheet = Sheet { body: body.to_owned(), ..Sheet::default() };
        sheet.set(SheetKey::Title, title);
        sheet.set(SheetKey::Moments, moments);
        sheet
    }

    #[test]
    fn changes_in_other_places_go_together_even_in_one_paragraph() {
        let base = sheet("Oud", "delivery", "De lamp kwam te laat, zei ze.\n\nDaarna bleef het stil.\n");
        let mine = sheet(
            "Nieuw",
            "delivery\ncontact",
            "De lamp kwam veel te laat, zei ze.\n\nDaarna bleef het stil.\n",
        );
        let theirs = sheet(
            "Oud",
            "delivery\nrefund",
            "De lamp kwam te laat, schreef ze.\n\nDaarna bleef het lang stil.\n",
        );
        let merged = merge(&base, &mine, &theirs).settled().unwrap();
        assert_eq!(
            merged,
            sheet(
                "Nieuw",
                "delivery\ncontact\nrefund",
                "De lamp kwam veel te laat, schreef ze.\n\nDaarna bleef het lang stil.\n"
            )
        );
    }

    #[test]
    fn where_both_changed_the_same_both_are_kept() {
        let base = sheet("Oud", "", "De lamp kwam te laat.\n");
        let mine = sheet("Mijn titel", "", "De lamp kwam veel te laat.\n");
        let theirs = sheet("Hun titel", "", "De lamp kwam nooit.\n");
        let merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.settled(), None);
        assert_eq!(
            merged.conflicts,
            [FrontConflict {
                key: SheetKey::Title,
                mine: "Mijn titel".to_owned(),
                theirs: "Hun titel".to_owned()
            }]
        );
        let side = |mine_wanted: bool| -> String {
            let text = |part: &BodyPart| match part {
                BodyPart::Text(text) => text.clone(),
                BodyPart::Conflict { mine, .. } if mine_wanted => mine.clone(),
                BodyPart::Conflict { theirs, .. } => theirs.clone(),
            };
            merged.body.iter().map(text).collect()
        };
        assert_eq!((side(true), side(false)), (mine.body.clone(), theirs.body.clone()));
        assert!(matches!(&merged.body[0], BodyPart::Text(text) if text.starts_with("De lamp kwam ")));
    }

    #[test]
    fn what_looks_like_a_mark_is_text() {
        let base = sheet("", "", "<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n");
        let mine = sheet("", "", "<<<<<<< ours\nA1\n=======\nB\n>>>>>>> theirs\n");
        let theirs = sheet("", "", "<<<<<<< ours\nA2\n=======\nB\n>>>>>>> theirs\n");
        let merged = merge(&base, &mine, &theirs);
        let conflicts = merged.body.iter().filter(|part| matches!(part, BodyPart::Conflict { .. })).count();
        assert_eq!(conflicts, 1, "{:?}", merged.body);
    }

    #[test]
    fn an_entry_goes_where_one_took_it_out_and_an_order_is_a_choice() {
        assert_eq!(merged_list("a\nb", "b", "a\nb\nc").as_deref(), Some("b\nc"));
        assert_eq!(merged_list("", "a", "a\nb").as_deref(), Some("a\nb"));
        assert_eq!(merged_list("a\nb", "b\na", "a\nb\nc"), None);
    }
}
