//! What shops answered to a text that was made of an experience, and whether that solved it.

use leptos::prelude::*;
use weerklank_domain::experience::Solved;
use weerklank_domain::{Date, Lang};

use crate::routes::pattern;
use crate::ui::Place;
use crate::words::Words;

/// A reply as the sender of the experience sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    pub id: String,
    pub shop: String,
    /// On which the shop wrote it, in Amsterdam.
    pub on: Date,
    pub lang: Lang,
    /// Who wrote it, and the words; `None` where an editor removed it. HTML, safe to place as it is.
    pub said: Option<(Option<String>, String)>,
    /// What the sender said of it.
    pub outcome: Option<Solved>,
}

/// `secret`: of the sender's page.
pub(super) fn draw(place: Place, secret: &str, reply: &Replied) -> AnyView {
    let words = place.words;
    let title = view! { <h3><bdi>{words.reply_mine_title(&reply.shop)}</bdi></h3> };
    let Some((name, html)) = reply.said.clone() else {
        return view! { {title} <p class="hint">{words.reply_removed()}</p> }.into_any();
    };
    let name = name.map(|name| view! { <bdi>{name}</bdi> ", " });
    let buttons = Solved::ALL.iter().map(|solved| {
        let chosen = reply.outcome.map(|outcome| (outcome == *solved).to_string());
        view! { <button name="solved" value=solved.as_str() aria-pressed=chosen>{words.solved_by_reply(*solved)}</button> " " }
    });
    view! {
        {title}
        <p class="hint">{name} <time datetime=reply.on.to_string()>{words.date(reply.on)}</time></p>
        <div class="prose" lang=place.foreign(reply.lang) inner_html=html></div>
        <form method="post" action=place.link(&pattern::mine(secret))>
            <input type="hidden" name="go" value="outcome"/>
            <input type="hidden" name="reply" value=reply.id.clone()/>
            <fieldset class="field">
                <legend>{words.reply_mine_ask()}</legend>
                <p class="hint">{words.reply_mine_hint()}</p>
                <p class="buttons">{buttons.collect_view()}</p>
            </fieldset>
        </form>
    }
    .into_any()
}

impl Words {
    fn solved_by_reply(self, solved: Solved) -> &'static str {
        match solved {
            Solved::Yes => self.reply_mine_yes(),
            Solved::Partly => self.reply_mine_partly(),
            Solved::No => self.reply_mine_no(),
        }
    }
}
