//! What a shop reads of its answers.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;
use weerklank_domain::feedback::{FormLang, Label, Question};
use weerklank_domain::{Date, Moment};

use super::{FeedbackWhole, StoredFeedback, changes, row};
use crate::columns::{CursorError, corrupt};
use crate::entity::{feedback, feedback_tag};
use crate::{Store, StoreError};

/// Which answers. What is `None` restricts nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedbackFilter {
    /// The first day in the Netherlands.
    pub from: Option<Date>,
    /// The last day, itself included.
    pub to: Option<Date>,
    pub moment: Option<Moment>,
    pub agent: Option<Label>,
    pub team: Option<Label>,
    pub tag: Option<Label>,
    pub lang: Option<FormLang>,
    pub verified: Option<bool>,
    pub question: Option<Question>,
}

/// A place in the list of a shop's answers. Opaque to clients of the API: they get it as text and give it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedbackCursor {
    day: Date,
    id: Uuid,
}

/// A page of a shop's answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackPage {
    /// The newest first.
    pub items: Vec<StoredFeedback>,
    /// Where to go on; `None` at the end.
    pub next: Option<FeedbackCursor>,
}

impl Store {
    /// A page of a shop's answers, at most `limit`.
    pub async fn feedback(
        &self,
        shop: Uuid,
        filter: &FeedbackFilter,
        after: Option<FeedbackCursor>,
        limit: u32,
    ) -> Result<FeedbackPage, StoreError> {
        use feedback::Column as C;
        let snapshot = self.snapshot().await?;
        let older = after.map(|FeedbackCursor { day, id }| {
            let same_day = Condition::all().add(C::FirstOn.eq(day.as_time())).add(C::Id.lt(id));
            Condition::any().add(C::FirstOn.lt(day.as_time())).add(same_day)
        });
        let mut rows = feedback::Entity::find()
            .filter(filter.condition(shop).add_option(older))
            .order_by_desc(C::FirstOn)
            .order_by_desc(C::Id)
            .limit(u64::from(limit) + 1)
            .all(&snapshot)
            .await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let items = row::whole(&snapshot, rows).await?;
        let next = items.last().filter(|_| more);
        let next = next.map(|last| FeedbackCursor { day: last.first_on, id: last.id });
        Ok(FeedbackPage { items, next })
    }

    /// One answer of a shop, with its history; `None` where it is another shop's.
    pub async fn feedback_by_id(&self, shop: Uuid, id: Uuid) -> Result<Option<FeedbackWhole>, StoreError> {
        let snapshot = self.snapshot().await?;
        let found = feedback::Entity::find_by_id(id).filter(feedback::Column::ShopId.eq(shop));
        let Some(row) = found.one(&snapshot).await? else { return Ok(None) };
        let feedback = row::whole(&snapshot, vec![row]).await?.pop();
        let feedback = feedback.ok_or_else(|| corrupt("an answer went while it was read"))?;
        let history = changes::history(&snapshot, id).await?;
        Ok(Some(FeedbackWhole { feedback, history }))
    }
}

impl FeedbackFilter {
    /// Always of one shop.
    pub(super) fn condition(&self, shop: Uuid) -> Condition {
        use feedback::Column as C;
        Condition::all()
            .add(C::ShopId.eq(shop))
            .add_option(self.from.map(|day| C::FirstOn.gte(day.as_time())))
            .add_option(self.to.map(|day| C::FirstOn.lte(day.as_time())))
            .add_option(self.moment.map(|moment| C::Moment.eq(moment.as_str())))
            .add_option(self.agent.as_ref().map(|agent| C::Agent.eq(agent.as_str())))
            .add_option(self.team.as_ref().map(|team| C::Team.eq(team.as_str())))
            .add_option(self.lang.map(|lang| C::Lang.eq(lang.as_str())))
            .add_option(self.verified.map(|verified| C::Verified.eq(verified)))
            .add_option(self.question.map(|question| C::Question.eq(question.as_str())))
            .add_option(self.tag.as_ref().map(|tag| {
                C::Id.in_subquery(
                    feedback_tag::Entity::find()
                        .select_only()
                        .column(feedback_tag::Column::FeedbackId)
                        .filter(feedback_tag::Column::Tag.eq(tag.as_str()))
                        .into_query(),
                )
            }))
    }
}

impl std::fmt::Display for FeedbackCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.day, self.id)
    }
}

impl std::str::FromStr for FeedbackCursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (day, id) = text.split_once('_').ok_or(CursorError)?;
        Ok(Self {
            day: day.parse().map_err(|_| CursorError)?,
            id: Uuid::parse_str(id).map_err(|_| CursorError)?,
        })
    }
}
