//! A notice that something should not be there (Regulation (EU) 2022/2065, article 16).

use serde::{Deserialize, Serialize};

use super::{VoiceFault, VoiceFaults, VoiceField, email, name, said, word};
use crate::Lang;
use crate::desk::Ground;
use crate::experience::Email;

/// What was typed, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportDraft {
    /// A word of [`Ground`].
    pub ground: String,
    pub text: String,
    pub name: String,
    pub email: String,
    /// A word of [`Lang`].
    pub lang: String,
    /// Whether its sender says that they believe it in good faith to be right and whole (article 16(2)(d)).
    pub good_faith: bool,
}

/// A report that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub ground: Ground,
    /// Markdown, 1 to [`super::limits::TEXT`] characters: why it should not be there (article 16(2)(a)).
    pub text: String,
    /// 1 to [`super::limits::NAME`] characters on one line.
    pub name: Option<String>,
    pub email: Option<Email>,
    /// That its sender is spoken to in.
    pub lang: Lang,
}

impl ReportDraft {
    /// The one place where it becomes a report.
    pub fn check(&self) -> Result<Report, VoiceFaults> {
        let mut faults = VoiceFaults::new();
        let ground = word(VoiceField::Ground, &self.ground, &mut faults);
        let text = said(&self.text, &mut faults);
        let name = name(&self.name, &mut faults);
        let email = email(&self.email, &mut faults);
        let lang = word(VoiceField::Lang, &self.lang, &mut faults);
        if !self.good_faith {
            faults.push((VoiceField::GoodFaith, VoiceFault::Missing));
        }
        match (ground, lang) {
            (Some(ground), Some(lang)) if faults.is_empty() => Ok(Report { ground, text, name, email, lang }),
            _ => Err(faults),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_a_ground_and_is_made_in_good_faith() {
        let whole = ReportDraft {
            ground: "privacy".to_owned(),
            text: "Er staat een adres in.".to_owned(),
            lang: "nl".to_owned(),
            good_faith: true,
            ..ReportDraft::default()
        };
        assert_eq!(whole.check().unwrap().ground, Ground::Privacy);
        let fields = |draft: ReportDraft| -> Vec<VoiceField> {
            draft.check().unwrap_err().into_iter().map(|(field, _)| field).collect()
        };
        assert_eq!(fields(ReportDraft { good_faith: false, ..whole.clone() }), [VoiceField::GoodFaith]);
        assert_eq!(fields(ReportDraft { ground: "zomaar".to_owned(), ..whole }), [VoiceField::Ground]);
        let all = [VoiceField::Ground, VoiceField::Text, VoiceField::Lang, VoiceField::GoodFaith];
        assert_eq!(fields(ReportDraft::default()), all);
    }
}
