//! Small pieces that several pages share. Each is a function of what it shows and the [`Place`].

mod balance;
mod card;
mod facets;
mod meta;
mod pager;
mod people;
mod search_form;

pub(crate) use balance::{balance, tally};
pub(crate) use card::{Size, card, cards};
pub(crate) use facets::{Chosen, facets};
pub(crate) use meta::{day, feel, moments, reading_time, series_part};
pub(crate) use pager::{next, pager, previous};
pub(crate) use people::{byline, shops};
pub(crate) use search_form::{SearchForm, search_form};

use weerklank_api::pages::Envelope;
use weerklank_domain::Lang;

use crate::routes::{Route, localised};
use crate::words::Words;

/// Where a page is drawn: its language and how its links look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) words: Words,
    pub(crate) ui: Lang,
    /// The language that stays in front of every path, if one does.
    prefix: Option<Lang>,
    /// Whether this is the static mirror.
    pub(crate) mirror: bool,
}

impl Place {
    pub(crate) fn of(envelope: &Envelope) -> Self {
        Self {
            words: Words::new(envelope.ui),
            ui: envelope.ui,
            prefix: envelope.ui_in_path.then_some(envelope.ui),
            mirror: envelope.mirror,
        }
    }

    /// The address of a page, in the reader's language if that stands in the address.
    pub(crate) fn href(self, route: &Route) -> String {
        self.link(&route.url())
    }

    /// As [`Self::href`], for a path that is already written.
    pub(crate) fn link(self, url: &str) -> String {
        localised(url, self.prefix)
    }

    /// The `lang` attribute of a text, where it differs from the interface's.
    pub(crate) fn foreign(self, lang: Lang) -> Option<&'static str> {
        (lang != self.ui).then_some(lang.as_str())
    }
}
