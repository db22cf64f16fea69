//! The texts that editors made of what was sent in: read beside one's own words, and approved or not.

use leptos::prelude::*;
use weerklank_domain::Lang;
use weerklank_domain::compose::limits;

use super::control::typed;
use super::kept::kept;
use super::mine::{Kept, Mine, Told};
use super::replies::{self, Replied};
use crate::routes::pattern;
use crate::ui::Place;

/// A text as its sender sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What they are asked about; `None` where it was published without asking.
    pub asked: Option<AskedText>,
    /// On the board: title and path, and whether it still stands there.
    pub column: Option<(String, String, bool)>,
    /// Why an editor took it off.
    pub withdrawn_reason: Option<String>,
    /// What shops answered to it.
    pub replies: Vec<Replied>,
}

impl Text {
    /// Whether readers see it.
    pub(super) fn stands(&self) -> bool {
        self.column.as_ref().is_some_and(|(_, _, stands)| *stands)
    }
}

/// What a sender is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedText {
    pub draft: String,
    pub version: i64,
    pub lang: Lang,
    pub title: String,
    /// Their part of the text, as its page would show it. HTML, safe to place as it is.
    pub html: String,
    /// Their own words against it: `del` and `ins` in plain text. HTML, safe to place as it is.
    pub diff_html: String,
    /// Whether it stands together with what somebody else sent in.
    pub is_pair: bool,
    /// What they said; `None` before they did.
    pub approved: Option<bool>,
    pub remark: String,
}

pub(super) fn draw(place: Place, mine: &Mine<'_>) -> Vec<AnyView> {
    let texts = mine.texts.iter().enumerate().map(|(index, text)| drawn(place, mine, index, text.clone()));
    texts.chain(left_over(place, mine)).collect()
}

/// What was said of a text that is asked about no more.
fn left_over(place: Place, mine: &Mine<'_>) -> Option<AnyView> {
    let Kept::Remark { draft, text } = &mine.kept else { return None };
    let is_asked =
        mine.texts.iter().any(|text| text.asked.as_ref().is_some_and(|asked| asked.draft == *draft));
    (!is_asked).then(|| view! { <section>{kept(place.words, text)}</section> }.into_any())
}

fn drawn(place: Place, mine: &Mine<'_>, index: usize, text: Text) -> AnyView {
    let words = place.words;
    let id = format!("text-{index}");
    let stands = text.column.map(|(title, path, is_there)| {
        let label = if is_there { words.edited_published() } else { words.edited_withdrawn() };
        let title = if is_there {
            view! { <a href=place.link(&path)>{title}</a> }.into_any()
        } else {
            view! { <bdi>{title}</bdi> }.into_any()
        };
        view! { <p>{label}" "{title}</p> }
    });
    let reason = text.withdrawn_reason.map(|reason| {
        view! { <p>{words.edited_withdrawn_because()}" "<bdi>{reason}</bdi></p> }
    });
    let replies: Vec<_> = text.replies.iter().map(|reply| replies::draw(place, mine.secret, reply)).collect();
    let asked = text.asked.map(|asked| question(place, mine, &id, asked));
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{words.edited_title()}</h2>
            {stands}
            {reason}
            {asked}
            {replies}
        </section>
    }
    .into_any()
}

fn question(place: Place, mine: &Mine<'_>, id: &str, asked: AskedText) -> AnyView {
    let words = place.words;
    let lang = place.foreign(asked.lang);
    let stand = match asked.approved {
        Some(true) => words.edited_approved(),
        Some(false) => words.edited_refused(),
        None => words.edited_waiting(),
    };
    let kept = match &mine.kept {
        Kept::Remark { draft, text } if *draft == asked.draft => Some(text.clone()),
        _ => None,
    };
    let fault = (kept.is_some() && mine.told == Told::LongRemark).then(
        || view! { <p class="fault">{words.edited_remark_long(&words.number(limits::REMARK as u64))}</p> },
    );
    let remark = kept.unwrap_or_else(|| asked.remark.clone());
    let (remark_id, hint_id) = (format!("{id}-remark"), format!("{id}-hint"));
    view! {
        <p>{if asked.is_pair { words.edited_pair_lead() } else { words.edited_lead() }}</p>
        <p><b lang=lang>{words.edited_headline(&asked.title)}</b></p>
        <h3>{words.edited_differs()}</h3>
        // A reader of the page aloud hears what went and what came: the marks alone are not said by all.
        <div class="compared" lang=lang inner_html=asked.diff_html></div>
        <details>
            <summary>{words.edited_reads()}</summary>
            <div class="prose" lang=lang inner_html=asked.html></div>
        </details>
        <p class="stand" role="status">{stand}</p>
        <form method="post" action=place.link(&pattern::mine(mine.secret)) accept-charset="utf-8">
            <input type="hidden" name="draft" value=asked.draft/>
            <input type="hidden" name="version" value=asked.version.to_string()/>
            <div class="field">
                <label for=remark_id.clone()>{words.edited_remark()}</label>
                <p class="hint" id=hint_id.clone()>{words.edited_remark_hint()}</p>
                {fault}
                <textarea id=remark_id name="remark" rows="3" aria-describedby=hint_id>{typed(&remark)}</textarea>
            </div>
            <p class="buttons">
                <button name="go" value="approve">{words.edited_yes()}</button>
                <button name="go" value="refuse">{words.edited_no()}</button>
            </p>
        </form>
    }
    .into_any()
}
