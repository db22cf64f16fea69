//! What stands below a column: how many recognise it, comments, and where to say something.

use leptos::prelude::*;
use weerklank_domain::experience::Solved;
use weerklank_domain::{Date, Lang};

use super::part;
use crate::routes::{self, Route, pattern};
use crate::words::Words;

/// What is shown.
#[derive(Debug, Clone)]
pub struct Below {
    /// Of the column.
    pub slug: weerklank_domain::Slug,
    pub ui: Lang,
    /// Whether the language stands in the page's address, and so in those of its links.
    pub ui_in_path: bool,
    /// How many readers recognise it.
    pub reactions: u64,
    /// Of shops, the oldest first.
    pub replies: Vec<ShownReply>,
    /// The oldest first, answers after what they answer.
    pub comments: Vec<Shown>,
    pub takes: Takes,
}

/// What a reader can say here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Anything.
    All,
    /// Comments are closed.
    NoComments,
    /// Reports alone: the board takes in nothing else.
    Reports,
    /// Nothing: it is the mirror.
    Nothing,
}

/// A comment with its answers.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: String,
    /// `None`: it was removed, or its writer took it away.
    pub said: Option<ShownWords>,
    /// Whether an editor removed it.
    pub is_removed: bool,
    pub answers: Vec<Self>,
}

/// The words of a comment.
#[derive(Debug, Clone)]
pub struct ShownWords {
    pub name: Option<String>,
    /// Whom it answers, where that is not who wrote the comment above its thread.
    pub to: Option<String>,
    /// Whether it was made elsewhere, before this board.
    pub is_imported: bool,
    pub on: Date,
    pub lang: Lang,
    pub html: String,
}

/// A shop's reply.
#[derive(Debug, Clone)]
pub struct ShownReply {
    pub id: String,
    pub shop: String,
    /// `None`: an editor removed it. The name is of who wrote it.
    pub said: Option<ShownWords>,
    /// What senders said of it since.
    pub outcomes: Vec<Solved>,
}

impl Below {
    fn link(&self, url: &str) -> String {
        routes::localised(url, self.ui_in_path.then_some(self.ui))
    }
}

/// The part of the page, as HTML.
pub fn below(below: &Below) -> String {
    if below.takes == Takes::Nothing
        && below.reactions == 0
        && below.comments.is_empty()
        && below.replies.is_empty()
    {
        return String::new();
    }
    part(|| drawn(below))
}

fn drawn(below: &Below) -> AnyView {
    let words = Words::new(below.ui);
    let slug = below.slug.as_str();
    let count: u64 = below.comments.iter().map(counted).sum();
    let comments: Vec<_> = below.comments.iter().map(|comment| line(words, below, comment, true)).collect();
    let comments = (!comments.is_empty()).then(|| view! { <ol class="comments">{comments}</ol> });
    let form = match below.takes {
        Takes::All => Some(
            view! {
                <form method="post" action=below.link(&pattern::comment(slug)) accept-charset="utf-8">
                    <label for="say">{words.voice_say()}</label>
                    <textarea id="say" name="text" rows="4" required=true></textarea>
                    <p><button>{words.voice_go_on()}</button> " " <small>{words.voice_read_first()}</small></p>
                </form>
            }
            .into_any(),
        ),
        Takes::NoComments => Some(view! { <p class="hint">{words.voice_closed()}</p> }.into_any()),
        Takes::Reports | Takes::Nothing => None,
    };
    let may_recognise = matches!(below.takes, Takes::All | Takes::NoComments);
    let recognise = may_recognise.then(|| {
        view! {
            <form method="post" action=below.link(&pattern::reaction(slug))>
                <button name="go" value="react">{words.voice_recognise()}</button>
            </form>
        }
    });
    let tell = may_recognise.then(|| view! { <a href=below.link(pattern::SHARE)>{words.voice_tell()}</a> });
    let recognised =
        (below.reactions > 0).then(|| view! { <p>{words.voice_recognised(below.reactions)}</p> });
    let report = (below.takes != Takes::Nothing).then(|| {
        let about = Route::Column(below.slug.clone()).url();
        view! { <p><a href=below.link(&pattern::report(&about)) rel="nofollow">{words.voice_report_column()}</a></p> }
    });
    let title = (count > 0 || form.is_some()).then(|| {
        let count = (count > 0).then(|| view! { <small>{words.number(count)}</small> });
        view! { <h2 id="voice_title">{words.voice_title()} " " {count}</h2> }
    });
    let label = title.is_some().then_some("voice_title");
    view! {
        {replies(words, below)}
        <section aria-labelledby=label>
            <div class="recognise">{recognise} {recognised} {tell}</div>
            {title}
            {comments}
            {form}
            {report}
        </section>
    }
    .into_any()
}

/// What shops answered.
fn replies(words: Words, below: &Below) -> Option<AnyView> {
    let replies: Vec<_> = below.replies.iter().map(|reply| replied(words, below, reply)).collect();
    (!replies.is_empty()).then(|| {
        view! {
            <section class="replies" aria-labelledby="reply_title">
                <h2 id="reply_title">{words.reply_section()}</h2>
                {replies}
            </section>
        }
        .into_any()
    })
}

fn replied(words: Words, below: &Below, reply: &ShownReply) -> AnyView {
    let place = pattern::reply_place(&reply.id);
    let id = place.trim_start_matches('#').to_owned();
    let shop = view! { <h3><bdi>{reply.shop.clone()}</bdi></h3> };
    let Some(said) = &reply.said else {
        return view! { <article id=id>{shop} <p class="hint">{words.reply_removed()}</p></article> }
            .into_any();
    };
    let name = said.name.clone().map(|name| view! { <bdi>{name}</bdi> " · " });
    let outcomes: Vec<_> = reply
        .outcomes
        .iter()
        .map(|solved| {
            let said = match solved {
                Solved::Yes => words.reply_outcome_yes(),
                Solved::Partly => words.reply_outcome_partly(),
                Solved::No => words.reply_outcome_no(),
            };
            view! { <p class="outcome">{said}</p> }
        })
        .collect();
    let report = (below.takes != Takes::Nothing).then(|| {
        let about = format!("{}{place}", Route::Column(below.slug.clone()).url());
        view! { <p class="hint"><a href=below.link(&pattern::report(&about)) rel="nofollow">{words.reply_report()}</a></p> }
    });
    let lang = (said.lang != below.ui).then_some(said.lang.as_str());
    view! {
        <article id=id>
            {shop}
            <p class="who">
                {words.reply_of_shop()} " · " {name}
                <time datetime=said.on.to_string()>{words.date(said.on)}</time>
            </p>
            <div class="prose" lang=lang inner_html=said.html.clone()></div>
            {outcomes}
            {report}
        </article>
    }
    .into_any()
}

/// Those that can be read.
fn counted(comment: &Shown) -> u64 {
    u64::from(comment.said.is_some()) + comment.answers.iter().map(counted).sum::<u64>()
}

fn line(words: Words, below: &Below, comment: &Shown, may_be_answered: bool) -> AnyView {
    let answers: Vec<_> = comment.answers.iter().map(|answer| line(words, below, answer, false)).collect();
    let answers = (!answers.is_empty()).then(|| view! { <ol>{answers}</ol> });
    let id = pattern::comment_place(&comment.id).trim_start_matches('#').to_owned();
    let Some(said) = &comment.said else {
        let gone = if comment.is_removed { words.voice_removed() } else { words.voice_gone() };
        return view! { <li id=id><p class="hint">{gone}</p> {answers}</li> }.into_any();
    };
    let name = said.name.clone().unwrap_or_else(|| words.voice_anonymous().to_owned());
    let answer = (may_be_answered && below.takes == Takes::All).then(|| {
        let url = format!("{}?{}={}", pattern::comment(below.slug.as_str()), pattern::ANSWERS, comment.id);
        view! { <a href=below.link(&url) rel="nofollow">{words.voice_answer()}</a> }
    });
    let report = (below.takes != Takes::Nothing).then(|| {
        let place = pattern::comment_place(&comment.id);
        let about = format!("{}{place}", Route::Column(below.slug.clone()).url());
        view! { <a href=below.link(&pattern::report(&about)) rel="nofollow">{words.voice_report()}</a> }
    });
    let to = said.to.clone().map(|name| view! { {words.voice_to()} " " <bdi>{name}</bdi> " " });
    let imported = said.is_imported.then(|| view! { " " <small>{words.voice_imported()}</small> });
    let lang = (said.lang != below.ui).then_some(said.lang.as_str());
    view! {
        <li id=id>
            <p class="who">
                <b><bdi>{name}</bdi></b> " " {to}
                <time datetime=said.on.to_string()>{words.date(said.on)}</time> {imported}
            </p>
            <div class="prose" lang=lang inner_html=said.html.clone()></div>
            <p class="hint">{answer} " " {report}</p>
            {answers}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, html: &str) -> ShownWords {
        let on = Date::new(2026, 11, 21).unwrap();
        ShownWords {
            name: Some(name.to_owned()),
            to: None,
            is_imported: false,
            on,
            lang: Lang::Nl,
            html: html.to_owned(),
        }
    }

    fn shown(takes: Takes) -> Below {
        let answer = Shown {
            id: "b".to_owned(),
            said: Some(said("<b>Bo</b>", "<p>Ja.</p>")),
            is_removed: false,
            answers: Vec::new(),
        };
        let gone = Shown { id: "a".to_owned(), said: None, is_removed: true, answers: vec![answer] };
        Below {
            slug: "een".parse().unwrap(),
            ui: Lang::Nl,
            ui_in_path: false,
            reactions: 2,
            replies: Vec::new(),
            comments: vec![gone],
            takes,
        }
    }

    #[test]
    fn what_was_removed_leaves_a_line_and_its_answers() {
        let html = below(&shown(Takes::All));
        assert!(html.contains("Een redacteur heeft deze reactie verwijderd."), "{html}");
        assert!(html.contains("&lt;b&gt;Bo") && html.contains("<p>Ja.</p>") && html.contains("2 lezers"));
        assert!(html.contains("<small>1</small>"), "what can be read is counted: {html}");
        assert!(!html.contains("?to=b"), "an answer is not answered");
        assert!(html.contains("where=%2Fcolumns%2Feen%23comment-b"), "{html}");
    }

    #[test]
    fn a_shops_reply_is_labelled_dated_and_says_whether_it_was_solved() {
        let reply = |said| ShownReply {
            id: "r".to_owned(),
            shop: "De <i>Kwast</i>".to_owned(),
            said,
            outcomes: vec![Solved::Partly],
        };
        let of =
            |reply| below(&Below { replies: vec![reply], comments: Vec::new(), ..shown(Takes::Nothing) });
        let html = of(reply(Some(said("Noor", "<p>Sorry.</p>"))));
        for part in [
            "De &lt;i&gt;Kwast",
            "Antwoord van de winkel",
            "21 november 2026",
            "Noor",
            "<p>Sorry.</p>",
            "deels opgelost",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        let gone = of(reply(None));
        assert!(gone.contains("id=\"reply-r\"") && gone.contains("heeft dit antwoord verwijderd"), "{gone}");
        assert!(!gone.contains("opgelost"), "{gone}");
        let open = below(&Below { replies: vec![reply(Some(said("Noor", "")))], ..shown(Takes::All) });
        assert!(open.contains("where=%2Fcolumns%2Feen%23reply-r"), "{open}");
    }

    #[test]
    fn what_was_taken_over_says_so_and_whom_it_answers() {
        let mut shown = shown(Takes::All);
        let said = shown.comments[0].answers[0].said.as_mut().unwrap();
        (said.to, said.is_imported) = (Some("<i>Kim</i>".to_owned()), true);
        let html = below(&shown);
        assert!(html.contains("aan <bdi>&lt;i&gt;Kim&lt;/i&gt;</bdi>"), "{html}");
        assert!(html.contains("<small>overgenomen van een eerdere site</small>"), "{html}");
    }

    #[test]
    fn where_nothing_is_taken_there_is_no_form() {
        let html = below(&shown(Takes::Nothing));
        let silent = Below { reactions: 0, comments: Vec::new(), ..shown(Takes::Nothing) };
        assert_eq!(below(&silent), "");
        assert!(!html.contains("<form") && !html.contains("href=") && html.contains("Ja."), "{html}");
        let html = below(&shown(Takes::Reports));
        assert!(!html.contains("<form") && html.contains("/report?where=") && html.contains("Ja."), "{html}");
        let html = below(&shown(Takes::NoComments));
        assert!(
            !html.contains("<textarea")
                && html.contains("Herkenbaar")
                && html.contains("href=\"/share\"")
                && html.contains("gesloten"),
            "{html}"
        );
    }
}
