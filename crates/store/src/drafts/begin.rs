//! A draft begins: from nothing, from what was sent in, or from a column that stands on the board.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Slug;
use weerklank_domain::compose::{Cause, Sheet};
use weerklank_domain::experience::State;

use super::save;
use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{column, draft, draft_experience, experience};
use crate::store::kept;
use crate::{Store, StoreError};

/// What a draft begins with.
#[derive(Debug, Clone, Copy)]
pub struct NewDraft<'a> {
    pub sheet: &'a Sheet,
    /// What it is made of, in the order of the text; at most
    /// [`weerklank_domain::compose::limits::TOGETHER`].
    pub made_of: &'a [Uuid],
    /// The column that it is of.
    pub column: Option<&'a Slug>,
}

/// What became of a beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    New(Uuid),
    /// There is one already of that column or that experience: this one.
    Known(Uuid),
    /// One of the experiences is a part of another draft: this one.
    InAnother(Uuid),
    /// One of the experiences is not accepted, or not there.
    NotAccepted,
    /// There is no such column.
    Nothing,
}

impl Store {
    /// Begins a draft, unless there is one.
    pub async fn begin_draft(
        &self,
        new: &NewDraft<'_>,
        editor: Uuid,
        now: OffsetDateTime,
    ) -> Result<Begun, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let column = match new.column {
            Some(slug) => {
                let found = column::Entity::find().filter(column::Column::Slug.eq(slug.as_str()));
                // Locked: of two who begin at once, the second finds the draft of the first.
                let Some(column) = lock(found).one(&transaction).await? else { return Ok(Begun::Nothing) };
                let known = draft::Entity::find().filter(draft::Column::ColumnId.eq(column.id));
                if let Some(known) = known.one(&transaction).await? {
                    return Ok(Begun::Known(known.id));
                }
                Some(column)
            }
            None => None,
        };
        // In one order, so that two pairs of the same do not wait for each other.
        let mut ids = new.made_of.to_vec();
        ids.sort_unstable();
        for id in &ids {
            let found = lock(experience::Entity::find_by_id(*id)).one(&transaction).await?;
            let Some(found) = found else { return Ok(Begun::NotAccepted) };
            if found.state.parse::<State>().map_err(corrupt)? != State::Accepted {
                return Ok(Begun::NotAccepted);
            }
            let known =
                draft_experience::Entity::find().filter(draft_experience::Column::ExperienceId.eq(*id));
            if let Some(known) = known.one(&transaction).await? {
                // Whoever asks for a pair is not shown something else without a word.
                return Ok(
                    if new.made_of.len() == 1 || is_made_of(&transaction, known.draft_id, &ids).await? {
                        Begun::Known(known.draft_id)
                    } else {
                        Begun::InAnother(known.draft_id)
                    },
                );
            }
        }
        let id = self.ids.next(now);
        let row = draft::ActiveModel {
            id: Set(id),
            column_id: Set(column.as_ref().map(|column| column.id)),
            column_hash: Set(column.as_ref().map(|column| column.content_hash.clone())),
            version: Set(1),
            // What stands on the board is where it begins.
            published_version: Set(column.as_ref().map(|_| 1)),
            made_at: Set(now),
            changed_at: Set(now),
            ..draft::ActiveModel::default()
        };
        draft::Entity::insert(row).exec_without_returning(&transaction).await?;
        save::revision(&transaction, (id, 1), new.sheet, (Cause::Begun, now), editor, now).await?;
        tie(&transaction, id, new.made_of).await?;
        transaction.commit().await?;
        Ok(Begun::New(id))
    }
}

/// Whether a draft is made of just these, which are in order.
async fn is_made_of(transaction: &Aside, draft: Uuid, ids: &[Uuid]) -> Result<bool, StoreError> {
    let ties = draft_experience::Entity::find().filter(draft_experience::Column::DraftId.eq(draft));
    let mut made_of: Vec<_> = ties.all(transaction).await?.into_iter().map(|tie| tie.experience_id).collect();
    made_of.sort_unstable();
    Ok(made_of == ids)
}

fn lock<E: EntityTrait>(select: sea_orm::Select<E>) -> sea_orm::Select<E> {
    sea_orm::QuerySelect::lock_exclusive(select)
}

async fn tie(transaction: &Aside, id: Uuid, made_of: &[Uuid]) -> Result<(), StoreError> {
    for (position, experience) in (0..).zip(made_of) {
        let row = draft_experience::ActiveModel {
            draft_id: Set(id),
            experience_id: Set(*experience),
            position: Set(position),
            ..draft_experience::ActiveModel::default()
        };
        draft_experience::Entity::insert(row).exec_without_returning(transaction).await?;
    }
    Ok(())
}
