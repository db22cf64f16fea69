//! A shop answers.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;
use weerklank_domain::desk::{Action, Kind};
use weerklank_domain::experience::State;
use weerklank_domain::voice::Reply;

use super::read::may_write;
use crate::audit::Deed;
use crate::entity::{reply, reply_request};
use crate::queue::{decisions, overtake, wait};
use crate::store::kept;
use crate::{Changed, Hash, Store, StoreError};

impl Store {
    /// Keeps what a shop answers: at first until the request closes; anew as long as no editor has decided on it,
    /// and where one has returned it. Never once it is accepted or rejected. It waits for an editor.
    pub async fn reply(
        &self,
        secret: &Hash,
        said: &Reply,
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let asked = reply_request::Entity::find()
            .filter(reply_request::Column::SecretHash.eq(secret.as_slice()))
            // Of two answers at once, the second is a change of the first.
            .lock_exclusive();
        let Some(asked) = asked.one(&transaction).await? else { return Ok(Changed::Nobody) };
        wait::lock(&transaction, asked.id).await?;
        let before = reply::Entity::find_by_id(asked.id).one(&transaction).await?;
        let mut told = decisions(&*transaction, asked.id).await?;
        told.retain(|made| made.final_at <= now);
        if !may_write(&asked, before.as_ref(), &told, now) {
            return Ok(Changed::NotNow);
        }
        let deed = || Deed { kind: Some(Kind::Reply), subject: Some(asked.id), ..Deed::default() };
        let Some(before) = before else {
            let row = reply::ActiveModel {
                id: Set(asked.id),
                state: Set(State::Received.to_string()),
                lang: Set(asked.lang.clone()),
                name: Set(said.name.clone()),
                text: Set(said.text.clone()),
                received_at: Set(now),
                changed_at: Set(now),
                public_from: Set(None),
                removed_at: Set(None),
                removed_by: Set(None),
            };
            reply::Entity::insert(row).exec_without_returning(&transaction).await?;
            wait::begin(&transaction, (Kind::Reply, asked.id), now).await?;
            self.note(&transaction, Action::Replied, deed(), now).await?;
            transaction.commit().await?;
            return Ok(Changed::Done);
        };
        if (&before.text, &before.name) == (&said.text, &said.name)
            && before.state == State::Received.as_str()
        {
            // Sent again.
            return Ok(Changed::Done);
        }
        if let Some(overtaken) = overtake(&transaction, asked.id, now).await? {
            self.note(&transaction, Action::Undone, overtaken.deed, now).await?;
        } else if ![State::Received, State::Returned].iter().any(|state| before.state == state.as_str()) {
            // The mail of the decision may be on its way.
            return Ok(Changed::NotNow);
        }
        reply::Entity::update_many()
            .set(reply::ActiveModel {
                state: Set(State::Received.to_string()),
                name: Set(said.name.clone()),
                text: Set(said.text.clone()),
                changed_at: Set(now),
                ..Default::default()
            })
            .filter(reply::Column::Id.eq(asked.id))
            .exec(&transaction)
            .await?;
        wait::again(&transaction, asked.id, now).await?;
        self.note(&transaction, Action::Corrected, deed(), now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }
}
