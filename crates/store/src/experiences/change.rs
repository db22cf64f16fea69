//! A sender changes what they sent, takes it back, or answers.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Kind, Verdict};
use weerklank_domain::experience::{Experience, State};

use super::{Confirm, Hash, contact, receive, row};
use crate::aside::Aside;
use crate::audit::Deed;
use crate::columns::corrupt;
use crate::drafts::{take_off_made_of, tell_parted};
use crate::entity::{experience, experience_answer};
use crate::outbox::MailText;
use crate::queue::{decisions, overtake, wait};
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of what a sender wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// The secret is nobody's.
    Nobody,
    /// Not in the state that it is in.
    NotNow,
}

impl Store {
    /// Replaces what was sent in by what its sender made of it; it waits for an editor again, unless it
    /// was taken back. `confirm` is for an address that is another than before; `mails` are for those who share a
    /// column with it ([`Self::partners`]), which leaves the board where it may not be published any more.
    pub async fn correct_experience(
        &self,
        secret: &Hash,
        experience: &Experience,
        confirm: Option<&Confirm>,
        mails: &[(Uuid, MailText)],
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        self.correct_and_answer(secret, experience, (confirm, mails), None, now).await
    }

    /// The same, with an answer as in [`Self::answer`]: both, or neither.
    pub async fn correct_and_answer(
        &self,
        secret: &Hash,
        experience: &Experience,
        (confirm, mails): (Option<&Confirm>, &[(Uuid, MailText)]),
        answer: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        // Without the consent that it was published by, it leaves the board.
        let transaction = if experience.consents.publish {
            self.write_aside().await?
        } else {
            Aside::alone(self.write().await?)
        };
        let Some((id, state)) = self.own(&transaction, secret, now).await? else {
            return Ok(Changed::Nobody);
        };
        if !state.may_change() {
            return Ok(Changed::NotNow);
        }
        if let Some(text) = answer {
            if state == State::Withdrawn {
                return Ok(Changed::NotNow);
            }
            // To what was asked before it was corrected.
            self.write_answer(&transaction, (id, state), text, now).await?;
        }
        row::replace(&transaction, id, experience, now).await?;
        contact::replace(&transaction, &*self.ids, (id, experience.email.as_ref()), confirm, now).await?;
        if !experience.consents.publish {
            self.take_off_own(&transaction, id, mails, now).await?;
        }
        if state != State::Withdrawn {
            set_state(&transaction, id, State::Received, now).await?;
            wait::again(&transaction, id, now).await?;
        }
        self.tell(&transaction, Action::Corrected, id, now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Its sender takes it back: nobody but they see it, and what was made of it leaves the board. Again, it
    /// stays as it is. `mails` are for those who share a column with it ([`Self::partners`]).
    pub async fn withdraw_experience(
        &self,
        secret: &Hash,
        mails: &[(Uuid, MailText)],
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        let transaction = Aside::alone(self.write().await?);
        let Some((id, state)) = self.own(&transaction, secret, now).await? else {
            return Ok(Changed::Nobody);
        };
        // Whatever the state: an import may have put back what was taken off, and what is rejected now may have
        // been published before.
        self.take_off_own(&transaction, id, mails, now).await?;
        if !state.may_withdraw() {
            transaction.commit().await?;
            let done = if state == State::Withdrawn { Changed::Done } else { Changed::NotNow };
            return Ok(done);
        }
        set_state(&transaction, id, State::Withdrawn, now).await?;
        wait::no_longer(&transaction, id, now).await?;
        self.tell(&transaction, Action::Withdrawn, id, now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Its sender puts it back, and it waits anew. One that was not taken back stays as it is.
    pub async fn restore_experience(
        &self,
        secret: &Hash,
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some((id, state)) = self.own(&transaction, secret, now).await? else {
            return Ok(Changed::Nobody);
        };
        if state != State::Withdrawn {
            return Ok(Changed::Done);
        }
        set_state(&transaction, id, State::Received, now).await?;
        wait::again(&transaction, id, now).await?;
        self.tell(&transaction, Action::Restored, id, now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    /// Its sender answers the question that was asked last, or tells what happened later; it waits for an
    /// editor. Markdown, 1 to [`weerklank_domain::desk::limits::STATEMENT`] characters.
    pub async fn answer(
        &self,
        secret: &Hash,
        text: &str,
        now: OffsetDateTime,
    ) -> Result<Changed, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some((id, state)) = self.own(&transaction, secret, now).await? else {
            return Ok(Changed::Nobody);
        };
        if !state.may_change() || state == State::Withdrawn {
            return Ok(Changed::NotNow);
        }
        self.write_answer(&transaction, (id, state), text, now).await?;
        transaction.commit().await?;
        Ok(Changed::Done)
    }

    async fn write_answer(
        &self,
        transaction: &Aside,
        (id, state): (Uuid, State),
        text: &str,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let question = match state {
            State::Asked => decisions(&**transaction, id).await?.into_iter().next_back(),
            _ => None,
        };
        let row = experience_answer::ActiveModel {
            id: Set(self.ids.next(now)),
            experience_id: Set(id),
            decision_id: Set(question
                .filter(|decision| decision.verdict == Verdict::Ask)
                .map(|decision| decision.id)),
            text: Set(text.to_owned()),
            written_at: Set(now),
        };
        experience_answer::Entity::insert(row).exec_without_returning(transaction).await?;
        if state == State::Asked {
            set_state(transaction, id, State::Received, now).await?;
        }
        wait::again(transaction, id, now).await?;
        self.tell(transaction, Action::Answered, id, now).await
    }

    /// The experience that a secret opens, and how far it has come, as its sender sees it: a decision that they
    /// were not told of yet is undone. The item of the queue is locked first, as whoever decides does, so
    /// neither acts on what the other has just changed.
    async fn own(
        &self,
        transaction: &Aside,
        secret: &Hash,
        now: OffsetDateTime,
    ) -> Result<Option<(Uuid, State)>, StoreError> {
        let Some(id) = receive::id_of(transaction, secret).await? else { return Ok(None) };
        wait::lock(transaction, id).await?;
        let Some(row) = experience::Entity::find_by_id(id).one(transaction).await? else { return Ok(None) };
        match overtake(transaction, id, now).await? {
            Some(overtaken) => {
                self.note(transaction, Action::Undone, overtaken.deed, now).await?;
                Ok(Some((id, overtaken.state)))
            }
            None => Ok(Some((id, row.state.parse().map_err(corrupt)?))),
        }
    }

    /// Takes off the board what was made of it.
    async fn take_off_own(
        &self,
        transaction: &Aside,
        id: Uuid,
        mails: &[(Uuid, MailText)],
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let (deeds, parted) = take_off_made_of(transaction, &*self.ids, id, now).await?;
        for deed in deeds {
            self.note(transaction, Action::TakenOff, deed, now).await?;
        }
        tell_parted(transaction, &*self.ids, &parted, mails, now).await
    }

    /// Writes down what a sender did.
    pub(super) async fn tell(
        &self,
        transaction: &Aside,
        action: Action,
        id: Uuid,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let deed = Deed { kind: Some(Kind::Experience), subject: Some(id), ..Deed::default() };
        self.note(transaction, action, deed, now).await
    }
}

async fn set_state(
    transaction: &Aside,
    id: Uuid,
    state: State,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    experience::Entity::update_many()
        .col_expr(experience::Column::State, state.as_str().into())
        .col_expr(experience::Column::ChangedAt, now.into())
        .filter(experience::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}
