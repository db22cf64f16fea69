//! The words of the interface. `build.rs` makes a method of every key in `locales/`; a key that is
//! missing somewhere fails the build there, a key that no view uses fails it here.

#![cfg_attr(feature = "ssr", deny(dead_code))]
#![cfg_attr(not(feature = "ssr"), allow(dead_code, reason = "documents and feeds are drawn on the server"))]

use weerklank_domain::shield::PersonalData;
use weerklank_domain::{Date, Lang, Moment, Sentiment, Source};

/// Everything the interface says, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words(Lang);

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Words {
    pub(crate) const fn new(lang: Lang) -> Self {
        Self(lang)
    }

    /// `12 mei 2026`, `12 May 2026`.
    pub(crate) fn date(self, date: Date) -> String {
        let month = self.date_months()[usize::from(date.month()) - 1];
        self.date_written(&date.day().to_string(), month, &date.year().to_string())
    }

    /// With the thousands apart: `1.234`, `1,234`.
    pub(crate) fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(self.number_group());
            }
            grouped.push(digit);
        }
        grouped
    }

    pub(crate) fn sentiment(self, sentiment: Sentiment) -> &'static str {
        match sentiment {
            Sentiment::Positive => self.sentiment_positive(),
            Sentiment::Negative => self.sentiment_negative(),
            Sentiment::Mixed => self.sentiment_mixed(),
        }
    }

    pub(crate) fn moment(self, moment: Moment) -> &'static str {
        match moment {
            Moment::Orientation => self.moment_orientation(),
            Moment::Ordering => self.moment_ordering(),
            Moment::Payment => self.moment_payment(),
            Moment::Delivery => self.moment_delivery(),
            Moment::Assembly => self.moment_assembly(),
            Moment::Contact => self.moment_contact(),
            Moment::Return => self.moment_return(),
            Moment::Refund => self.moment_refund(),
            Moment::Warranty => self.moment_warranty(),
            Moment::Outage => self.moment_outage(),
            Moment::Billing => self.moment_billing(),
            Moment::Aftercare => self.moment_aftercare(),
        }
    }

    /// One sentence on what a moment covers.
    pub(crate) fn moment_lead(self, moment: Moment) -> &'static str {
        match moment {
            Moment::Orientation => self.moment_lead_orientation(),
            Moment::Ordering => self.moment_lead_ordering(),
            Moment::Payment => self.moment_lead_payment(),
            Moment::Delivery => self.moment_lead_delivery(),
            Moment::Assembly => self.moment_lead_assembly(),
            Moment::Contact => self.moment_lead_contact(),
            Moment::Return => self.moment_lead_return(),
            Moment::Refund => self.moment_lead_refund(),
            Moment::Warranty => self.moment_lead_warranty(),
            Moment::Outage => self.moment_lead_outage(),
            Moment::Billing => self.moment_lead_billing(),
            Moment::Aftercare => self.moment_lead_aftercare(),
        }
    }

    pub(crate) fn lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nl => self.lang_nl(),
            Lang::En => self.lang_en(),
        }
    }

    /// Where a column's facts come from, as a sentence.
    pub(crate) fn source(self, source: Source) -> &'static str {
        match source {
            Source::Own => self.column_source_own(),
            Source::SecondHand => self.column_source_second_hand(),
            Source::Research => self.column_source_research(),
        }
    }

    /// What personal data is called: `e-mailadres`.
    pub(crate) fn personal(self, kind: PersonalData) -> &'static str {
        match kind {
            PersonalData::Email => self.personal_email(),
            PersonalData::Phone => self.personal_phone(),
            PersonalData::Link => self.personal_link(),
            PersonalData::Iban => self.personal_iban(),
            PersonalData::Card => self.personal_card(),
            PersonalData::Bsn => self.personal_bsn(),
            PersonalData::Address => self.personal_address(),
            PersonalData::LicencePlate => self.personal_licence_plate(),
            PersonalData::Reference => self.personal_reference(),
            PersonalData::StaffName => self.personal_staff_name(),
        }
    }

    /// `A`, `A en B`, `A, B en C`.
    pub(crate) fn listed(self, names: &[&str]) -> String {
        let mut listed = String::new();
        for (index, name) in names.iter().enumerate() {
            listed.push_str(self.before(index, names.len()).unwrap_or_default());
            listed.push_str(name);
        }
        listed
    }

    /// What stands before item `index` (from 0) of `len` items in running text. Nothing is `None`: an
    /// empty text would be drawn as a space on the server.
    pub(crate) fn before(self, index: usize, len: usize) -> Option<&'static str> {
        match index {
            0 => None,
            last if last + 1 == len => Some(self.list_and()),
            _ => Some(self.list_comma()),
        }
    }
}

/// What a language calls itself, for a link to it.
pub(crate) const fn endonym(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "Nederlands",
        Lang::En => "English",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        let date = Date::new(2026, 5, 12).unwrap();
        assert_eq!(Words::new(Lang::Nl).date(date), "12 mei 2026");
        assert_eq!(Words::new(Lang::En).date(date), "12 May 2026");
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, nl, en) in [(0, "0", "0"), (999, "999", "999"), (1_234_567, "1.234.567", "1,234,567")] {
            assert_eq!(Words::new(Lang::Nl).number(number), nl);
            assert_eq!(Words::new(Lang::En).number(number), en);
        }
    }

    #[test]
    fn one_is_not_many() {
        let words = Words::new(Lang::Nl);
        assert_eq!(words.balance_total(1), "1 column");
        assert_eq!(words.balance_total(1000), "1.000 columns");
    }

    #[test]
    fn names_are_listed() {
        let words = Words::new(Lang::En);
        assert_eq!(words.listed(&["A"]), "A");
        assert_eq!(words.listed(&["A", "B", "C"]), "A, B and C");
    }
}
