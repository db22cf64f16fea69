//! What an editor writes of a column before it stands on the board.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::UnknownWord;
use crate::desk::{Act, Role};

vocabulary! {
    /// A field of a column's front matter, spelled as its path in a file.
    SheetKey {
        Title = "title",
        Slug = "slug",
        Summary = "summary",
        Lang = "lang",
        Sentiment = "sentiment",
        Date = "date",
        Updated = "updated",
        /// One a line.
        Authors = "authors",
        /// One a line.
        Moments = "moments",
        /// One a line.
        Shops = "shops",
        SeriesName = "series.name",
        SeriesNumber = "series.number",
        ImageSrc = "image.src",
        ImageAlt = "image.alt",
        ImageCredit = "image.credit",
        GuestName = "guest.name",
        GuestRole = "guest.role",
        GuestOrganisation = "guest.organisation",
        FirstIn = "first_published.in",
        FirstIssue = "first_published.issue",
        FirstDate = "first_published.date",
        FirstUrl = "first_published.url",
        /// One a line.
        Tags = "tags",
        Source = "source",
        Comments = "comments",
        /// `true` or empty.
        Incomplete = "incomplete",
    }
}

impl SheetKey {
    /// Whether its value holds one entry a line.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Authors | Self::Moments | Self::Shops | Self::Tags)
    }
}

/// A column as it is being written: what was typed, right or wrong. What is empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sheet {
    pub front: BTreeMap<SheetKey, String>,
    /// Markdown.
    pub body: String,
}

/// Why a sheet cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    #[error("`{0}`: at most {max} characters", max = limits::FIELD)]
    FieldTooLong(SheetKey),
    #[error("`body`: at most {} bytes", limits::BODY)]
    BodyTooLong,
    /// No database that we know holds one in a text.
    #[error("there is a NUL character in it; remove it")]
    Nul,
}

impl Sheet {
    /// What stands in a field; empty where nothing does.
    pub fn get(&self, key: SheetKey) -> &str {
        self.front.get(&key).map_or("", String::as_str)
    }

    /// Fills a field, or empties it.
    pub fn set(&mut self, key: SheetKey, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.front.remove(&key);
        } else {
            self.front.insert(key, value);
        }
    }

    /// The form in which sheets are kept and compared: `\n` line ends, no spaces around what stands in a
    /// field, no field that is empty. Nothing but size is judged: a sheet is work under way.
    pub fn kept(self) -> Result<Self, SheetFault> {
        let mut kept = Self { front: BTreeMap::new(), body: unix(&self.body) };
        if kept.body.len() > limits::BODY {
            return Err(SheetFault::BodyTooLong);
        }
        for (key, value) in self.front {
            if value.chars().count() > limits::FIELD {
                return Err(SheetFault::FieldTooLong(key));
            }
            kept.set(key, unix(&value).trim());
        }
        let has_nul = |text: &str| text.contains('\0');
        if has_nul(&kept.body) || kept.front.values().any(|value| has_nul(value)) {
            return Err(SheetFault::Nul);
        }
        Ok(kept)
    }
}

fn unix(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

vocabulary! {
    /// Why there is a revision of a draft.
    Cause {
        /// With it the draft began.
        Begun = "begun",
        Saved = "saved",
        /// An older one was put back.
        Restored = "restored",
    }
}

/// What a sender thinks of the text that was made of their experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// They were not asked about the text as it is now.
    NotAsked {
        /// Whether they could be: that there is an address to ask at.
        can_be: bool,
    },
    Asked {
        at: OffsetDateTime,
    },
    Approved,
    Refused,
}

/// Whether somebody may publish what was made of experiences, given what each sender thinks of it. An
/// approval counts; silence counts after [`limits::APPROVAL_DAYS`]; whoever gave no address cannot be asked.
/// Who oversees may publish whatever was said, but for a refusal: that is nobody's to overrule.
pub fn may_publish(approvals: &[Approval], role: Role, now: OffsetDateTime) -> bool {
    approvals.iter().all(|approval| match approval {
        Approval::Approved | Approval::NotAsked { can_be: false } => true,
        Approval::NotAsked { can_be: true } => role.may(Act::Oversee),
        Approval::Asked { at } => {
            role.may(Act::Oversee) || now - *at >= Duration::days(limits::APPROVAL_DAYS)
        }
        Approval::Refused => false,
    })
}

/// How much is taken, and what lasts how long.
pub mod limits {
    /// Characters of a field of front matter.
    pub const FIELD: usize = 5_000;
    /// Bytes of Markdown.
    pub const BODY: usize = 1_000_000;
    /// Minutes from the first to the last save that the list of revisions shows as one.
    pub const RUN_MINUTES: i64 = 10;
    /// Days after which a revision that a later one stands for goes: as long may somebody have it open.
    pub const SUPERSEDED_DAYS: i64 = 7;
    /// Days after which a sender who does not answer is taken to approve.
    pub const APPROVAL_DAYS: i64 = 7;
    /// Experiences that one column is made of.
    pub const TOGETHER: usize = 2;
    /// Characters of what a sender or an editor says about it.
    pub const REMARK: usize = 2_000;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_kept_tidy_and_judged_by_its_size_alone() {
        let mut sheet = Sheet { body: "Een\r\nTwee\r".to_owned(), ..Sheet::default() };
        sheet.set(SheetKey::Title, "  Geen datum, geen taal ");
        sheet.set(SheetKey::Date, " \n ");
        let kept = sheet.kept().unwrap();
        assert_eq!(kept.body, "Een\nTwee\n");
        assert_eq!(kept.front, BTreeMap::from([(SheetKey::Title, "Geen datum, geen taal".to_owned())]));

        let long = Sheet { body: "a".repeat(limits::BODY + 1), ..Sheet::default() };
        assert_eq!(long.kept(), Err(SheetFault::BodyTooLong));
        let mut long = Sheet::default();
        long.set(SheetKey::Tags, "é".repeat(limits::FIELD + 1));
        assert_eq!(long.kept(), Err(SheetFault::FieldTooLong(SheetKey::Tags)));
        assert_eq!(Sheet { body: "a\0".to_owned(), ..Sheet::default() }.kept(), Err(SheetFault::Nul));
    }

    #[test]
    fn nobody_publishes_against_a_sender() {
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(100);
        let ago = |days| Approval::Asked { at: now - Duration::days(days) };
        for (approval, editor, chief) in [
            (Approval::Approved, true, true),
            (Approval::NotAsked { can_be: false }, true, true),
            (Approval::NotAsked { can_be: true }, false, true),
            (ago(6), false, true),
            (ago(7), true, true),
            (Approval::Refused, false, false),
        ] {
            assert_eq!(
                may_publish(&[Approval::Approved, approval], Role::Editor, now),
                editor,
                "{approval:?}"
            );
            assert_eq!(may_publish(&[approval], Role::Chief, now), chief, "{approval:?}");
        }
        assert!(may_publish(&[], Role::Editor, now));
    }
}
