//! What items are about. Everything that differs by kind stands here; claiming, deciding, undoing and
//! listing are the same for all.

mod appeal;
mod by_table;
mod comment;
mod experience;
mod reply;
mod report;
pub(super) mod standing;

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Kind, Verdict};
use weerklank_domain::experience::{Mark, ShopGiven, Side, State};
use weerklank_domain::voice::Away;
use weerklank_domain::{Lang, Moment};

use super::About;
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::queue_item;
use crate::{Store, StoreError};

/// What lists show of what an item is about.
pub(super) struct Outline {
    pub state: State,
    pub lang: Lang,
    /// The start of its text.
    pub start: String,
    pub sides: Vec<Side>,
    pub shop: Option<ShopGiven>,
    pub marks: Vec<Mark>,
    pub moments: Vec<Moment>,
}

impl Outline {
    /// Of what is no experience.
    fn plain(state: &str, lang: &str, text: &str, marks: Vec<Mark>) -> Result<Self, StoreError> {
        Ok(Self {
            state: state.parse().map_err(corrupt)?,
            lang: lang.parse().map_err(corrupt)?,
            start: start(text),
            sides: Vec::new(),
            shop: None,
            marks,
            moments: Vec::new(),
        })
    }
}

/// Characters of a text that a list is made from.
const START: usize = 600;

fn start(text: &str) -> String {
    text.chars().take(START).collect()
}

/// Of each item, by its id: as many statements as there are tables, however many items.
pub(super) async fn outlines(
    connection: &impl ConnectionTrait,
    rows: &[queue_item::Model],
) -> Result<HashMap<Uuid, Outline>, StoreError> {
    let ids = |id: fn(&queue_item::Model) -> Option<Uuid>| rows.iter().filter_map(id).collect::<Vec<_>>();
    let mut all = HashMap::new();
    experience::outlines(connection, &ids(|row| row.experience_id), &mut all).await?;
    comment::outlines(connection, &ids(|row| row.comment_id), &mut all).await?;
    report::outlines(connection, &ids(|row| row.report_id), &mut all).await?;
    appeal::outlines(connection, &ids(|row| row.appeal_id), &mut all).await?;
    reply::outlines(connection, &ids(|row| row.reply_id), &mut all).await?;
    Ok(all)
}

/// Everything about it; `None` where it is gone.
pub(super) async fn whole(
    connection: &impl ConnectionTrait,
    (kind, id): (Kind, Uuid),
) -> Result<Option<About>, StoreError> {
    match kind {
        Kind::Appeal => Ok(appeal::whole(connection, id)
            .await?
            .map(|(appeal, about)| About::Appeal { appeal, about: about.map(Box::new) })),
        kind => decided_on(connection, (kind, id)).await,
    }
}

/// What an appeal is about in the end: of one against what an appeal came to, what that one was about.
async fn decided_on(
    connection: &impl ConnectionTrait,
    (kind, id): (Kind, Uuid),
) -> Result<Option<About>, StoreError> {
    let (kind, id) = match (kind, id) {
        (Kind::Appeal, id) => match crate::voice::appeal_by_id(connection, id).await? {
            Some(before) => (before.kind, before.item),
            None => return Ok(None),
        },
        item => item,
    };
    Ok(match kind {
        Kind::Experience => experience::whole(connection, id).await?,
        Kind::Comment => crate::voice::comment_by_id(connection, id).await?.map(About::Comment),
        Kind::Report => crate::voice::report_by_id(connection, id).await?.map(About::Report),
        Kind::Reply => crate::replies::reply_by_id(connection, id).await?.map(Box::new).map(About::Reply),
        Kind::Appeal => None,
    })
}

/// How far it has come.
pub(super) async fn state(transaction: &Aside, (kind, id): (Kind, Uuid)) -> Result<String, StoreError> {
    let state = match kind {
        Kind::Experience => experience::state(transaction, id).await?,
        Kind::Comment => comment::state(transaction, id).await?,
        Kind::Report => report::state(transaction, id).await?,
        Kind::Appeal => appeal::state(transaction, id).await?,
        Kind::Reply => reply::state(transaction, id).await?,
    };
    state.ok_or_else(|| corrupt("an item of the queue is about nothing"))
}

pub(super) async fn set_state(
    transaction: &Aside,
    (kind, id): (Kind, Uuid),
    state: State,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    match kind {
        Kind::Experience => experience::set_state(transaction, id, state, now).await,
        Kind::Comment => comment::set_state(transaction, id, state, now).await,
        Kind::Report => report::set_state(transaction, id, state, now).await,
        Kind::Appeal => appeal::set_state(transaction, id, state, now).await,
        Kind::Reply => reply::set_state(transaction, id, state, now).await,
    }
}

/// What a decision changes for readers, from the moment at which it is final.
pub(super) async fn settle(
    transaction: &Aside,
    (kind, id): (Kind, Uuid),
    verdict: Verdict,
    (now, final_at): (OffsetDateTime, OffsetDateTime),
) -> Result<(), StoreError> {
    match (kind, verdict) {
        (Kind::Comment, Verdict::Accept) => comment::publish(transaction, id, final_at).await,
        (Kind::Reply, Verdict::Accept) => reply::publish(transaction, id, final_at).await,
        (Kind::Report, Verdict::Remove) => report::remove(transaction, id, (id, final_at)).await,
        (Kind::Appeal, Verdict::Overturn) => appeal::overturn(transaction, id, (now, final_at)).await,
        _ => Ok(()),
    }
}

/// Takes back what [`settle`] did; the state is put back apart.
pub(super) async fn unsettle(
    transaction: &Aside,
    (kind, id): (Kind, Uuid),
    verdict: Verdict,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    match (kind, verdict) {
        (Kind::Comment, Verdict::Accept) => comment::unpublish(transaction, id).await,
        (Kind::Reply, Verdict::Accept) => reply::unpublish(transaction, id).await,
        (Kind::Report, Verdict::Remove) => report::put_back(transaction, id).await,
        (Kind::Appeal, Verdict::Overturn) => appeal::uphold_again(transaction, id, now).await,
        _ => Ok(()),
    }
}

impl Store {
    /// Whether somebody may not decide on an item: an appeal is decided on by somebody else than what it is
    /// against; and one against what an appeal came to by a third, where there is one.
    pub(super) async fn is_barred(
        &self,
        connection: &impl ConnectionTrait,
        (kind, id): (Kind, Uuid),
        editor: Uuid,
    ) -> Result<bool, StoreError> {
        match kind {
            Kind::Appeal => appeal::is_against(connection, id, editor).await,
            Kind::Experience | Kind::Comment | Kind::Report | Kind::Reply => Ok(false),
        }
    }
}

/// Whether a decision on it is the end: two looks are enough.
pub(crate) async fn is_last(
    connection: &impl ConnectionTrait,
    (kind, id): (Kind, Uuid),
) -> Result<bool, StoreError> {
    match kind {
        Kind::Appeal => appeal::is_second(connection, id).await,
        Kind::Experience | Kind::Comment | Kind::Report | Kind::Reply => Ok(false),
    }
}

/// Why what was removed does not come back when an appeal is granted; `granted`: once it was.
pub(crate) async fn away(
    connection: &impl ConnectionTrait,
    appeal: Uuid,
    granted: Option<OffsetDateTime>,
) -> Result<Option<Away>, StoreError> {
    appeal::away(connection, appeal, granted).await
}

/// Those in a language.
pub(super) fn of_lang(lang: Lang) -> Condition {
    Condition::any()
        .add(experience::of_lang(lang))
        .add(comment::of_lang(lang))
        .add(report::of_lang(lang))
        .add(appeal::of_lang(lang))
        .add(reply::of_lang(lang))
}

/// What its sender took back is theirs alone. Whoever takes back a comment erases it.
pub(super) fn not_withdrawn() -> Condition {
    Condition::any().add(queue_item::Column::ExperienceId.is_null()).add(experience::not_withdrawn())
}
