//! What stands below a column.

use weerklank::voice::{Below, Shown, ShownReply, ShownWords, Takes, below};
use weerklank_domain::{Comments, Slug};
use weerklank_store::{PublicComment, PublicReply, StoreError};

use super::{Seen, markdown};
use crate::{app::App, clock::day_in_amsterdam};

/// As HTML: a function of the database and of the moment, and drawn anew when either says so.
pub async fn voices(
    app: &App,
    seen: Seen,
    (column, slug, comments): (uuid::Uuid, &Slug, Comments),
) -> Result<String, StoreError> {
    let voices = Box::pin(app.store.voices(column, app.clock.now())).await?;
    let takes = match comments {
        _ if seen.mirror => Takes::Nothing,
        _ if !app.guard.config.is_open => Takes::Reports,
        Comments::Closed => Takes::NoComments,
        Comments::Open => Takes::All,
    };
    Ok(below(&Below {
        slug: slug.clone(),
        ui: seen.ui,
        ui_in_path: seen.ui_in_path,
        reactions: voices.reactions,
        replies: voices.replies.into_iter().map(|reply| replied(app, reply)).collect(),
        comments: threads(app, voices.comments),
        takes,
    }))
}

fn replied(app: &App, reply: PublicReply) -> ShownReply {
    let id = reply.id.to_string();
    let said = reply.said.map(|(name, text)| ShownWords {
        name,
        to: None,
        is_imported: false,
        on: day_in_amsterdam(reply.received_at),
        lang: reply.lang,
        html: markdown::render_among(&text, reply.lang, app, &format!("in_{id}_")),
    });
    ShownReply { id, shop: reply.shop, said, outcomes: reply.outcomes }
}

/// Each with its answers. What has gone is there as long as something answers it.
fn threads(app: &App, comments: Vec<PublicComment>) -> Vec<Shown> {
    let (firsts, answers): (Vec<_>, Vec<_>) =
        comments.into_iter().partition(|comment| comment.parent.is_none());
    let mut threads: Vec<_> = firsts.into_iter().map(|comment| (comment.id, shown(app, comment))).collect();
    for answer in answers {
        let parent = answer.parent.unwrap_or(answer.id);
        let at = threads.iter().position(|(id, _)| *id == parent).unwrap_or_else(|| {
            let gone = Shown { id: parent.to_string(), said: None, is_removed: false, answers: Vec::new() };
            // Ids follow the time.
            let at = threads.partition_point(|(id, _)| *id < parent);
            threads.insert(at, (parent, gone));
            at
        });
        threads[at].1.answers.push(shown(app, answer));
    }
    threads.into_iter().map(|(_, comment)| comment).collect()
}

fn shown(app: &App, comment: PublicComment) -> Shown {
    let id = comment.id.to_string();
    let said = comment.text.map(|text| ShownWords {
        name: comment.name,
        to: comment.answers_name,
        is_imported: comment.is_imported,
        on: day_in_amsterdam(comment.received_at),
        lang: comment.lang,
        html: markdown::render_among(&text, comment.lang, app, &format!("in_{id}_")),
    });
    Shown { id, is_removed: said.is_none(), said, answers: Vec::new() }
}
