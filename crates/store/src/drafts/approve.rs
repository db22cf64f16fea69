//! A sender is asked whether the text that was made of their experience may be published, and says so.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Kind};
use weerklank_domain::experience::State;

use super::read;

use crate::aside::Aside;
use crate::audit::Deed;
use crate::entity::{draft, draft_experience, draft_revision, experience};
use crate::experiences::{Hash, id_of};
use crate::outbox::MailText;
use crate::outbox::enqueue::enqueue_to_sender;
use crate::store::kept;
use crate::{Store, StoreError};

/// What became of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedApproval {
    Done,
    /// Somebody saved since: this version is the last one.
    Changed(i64),
    /// It is made of nothing that anybody sent in.
    Nobody,
    Nothing,
}

/// Whether two versions say the same to readers.
async fn is_same(transaction: &Aside, draft: Uuid, one: i64, other: i64) -> Result<bool, StoreError> {
    let of = async |version: i64| -> Result<_, StoreError> {
        let row = draft_revision::Entity::find_by_id((draft, version)).one(transaction).await?;
        row.map(|row| read::sheet(&row.front, row.body)).transpose()
    };
    Ok(match (of(one).await?, of(other).await?) {
        (Some(one), Some(other)) => read::is_same_text(&one, &other),
        _ => false,
    })
}

async fn is_accepted(transaction: &Aside, id: Uuid) -> Result<bool, StoreError> {
    let row = experience::Entity::find_by_id(id).one(transaction).await?;
    Ok(row.is_some_and(|row| row.state == State::Accepted.as_str()))
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalGiven {
    Done,
    /// They are asked about another version by now.
    Outdated,
    /// The secret is nobody's, or nothing was made of it.
    Nobody,
}

impl Store {
    /// Asks the senders of what a draft is made of about a version. Asked about the same again, they are not:
    /// what they said stands. `mails` are by experience; they leave when the address is confirmed.
    pub async fn ask_approval(
        &self,
        (draft, version): (Uuid, i64),
        by: Uuid,
        mails: &[(Uuid, MailText)],
        now: OffsetDateTime,
    ) -> Result<AskedApproval, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let found = draft::Entity::find_by_id(draft).lock_exclusive().one(&transaction).await?;
        let Some(row) = found else { return Ok(AskedApproval::Nothing) };
        if row.version != version {
            return Ok(AskedApproval::Changed(row.version));
        }
        let ties = draft_experience::Entity::find()
            .filter(draft_experience::Column::DraftId.eq(draft))
            .all(&transaction)
            .await?;
        if ties.is_empty() {
            return Ok(AskedApproval::Nobody);
        }
        for tie in ties {
            let experience = tie.experience_id;
            let is_known = match tie.asked_version {
                Some(asked) if asked == version => true,
                Some(asked) => is_same(&transaction, draft, asked, version).await?,
                None => false,
            };
            // What they said of this text stands, whatever else was changed; what was taken back is nobody's to
            // ask about.
            if is_known || !is_accepted(&transaction, experience).await? {
                continue;
            }
            let mut tie = tie.into_active_model();
            tie.asked_version = Set(Some(version));
            tie.asked_at = Set(Some(now));
            tie.answered_at = Set(None);
            tie.approved = Set(None);
            tie.remark = Set(None);
            tie.update(&*transaction).await?;
            for (_, mail) in mails.iter().filter(|(to, _)| *to == experience) {
                let cause = format!("approval:{draft}:{version}:{experience}");
                enqueue_to_sender(&transaction, &*self.ids, (experience, &cause), mail, now, now).await?;
            }
            self.told(&transaction, Action::ApprovalAsked, (experience, Some(by)), now).await?;
        }
        transaction.commit().await?;
        Ok(AskedApproval::Done)
    }

    /// A sender says what they think of the version that they were shown; they may think otherwise later.
    pub async fn give_approval(
        &self,
        secret: &Hash,
        (draft, version): (Uuid, i64),
        approved: bool,
        remark: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<ApprovalGiven, StoreError> {
        let now = kept(now);
        let transaction = self.write_aside().await?;
        let Some(experience) = id_of(&transaction, secret).await? else { return Ok(ApprovalGiven::Nobody) };
        let tie = draft_experience::Entity::find_by_id((draft, experience))
            .lock_exclusive()
            .one(&transaction)
            .await?;
        let Some(tie) = tie else { return Ok(ApprovalGiven::Nobody) };
        if tie.asked_version != Some(version) {
            return Ok(ApprovalGiven::Outdated);
        }
        let mut tie = tie.into_active_model();
        tie.answered_at = Set(Some(now));
        tie.approved = Set(Some(approved));
        tie.remark = Set(remark.map(ToOwned::to_owned));
        tie.update(&*transaction).await?;
        let action = if approved { Action::Approved } else { Action::Disapproved };
        self.told(&transaction, action, (experience, None), now).await?;
        transaction.commit().await?;
        Ok(ApprovalGiven::Done)
    }

    async fn told(
        &self,
        transaction: &Aside,
        action: Action,
        (experience, editor): (Uuid, Option<Uuid>),
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let deed =
            Deed { editor, kind: Some(Kind::Experience), subject: Some(experience), ..Deed::default() };
        self.note(transaction, action, deed, now).await
    }
}
