//! What a shop's scores are made of.

use std::collections::BTreeMap;

use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;
use weerklank_domain::Date;
use weerklank_domain::feedback::Question;
use weerklank_domain::feedback::scores::{AnyTally, Grouping};

use super::{FeedbackFilter, row};
use crate::columns::corrupt;
use crate::entity::{feedback, feedback_tag};
use crate::{Store, StoreError};

/// How often each score was given to one question, in one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreLine {
    /// As [`Grouping`] says it; `None` where nothing is grouped, and for answers that say nothing of that.
    pub group: Option<String>,
    /// Whether these are the answers whose ticket a token proved: never counted together with the others.
    pub verified: bool,
    pub tally: AnyTally,
}

impl Store {
    /// The tallies of a shop's answers: groups in the order of their names with the nameless one at the end, then by
    /// question, what is verified first. By tag, an answer counts in each group that it has a tag of.
    pub async fn feedback_tallies(
        &self,
        shop: Uuid,
        filter: &FeedbackFilter,
        by: Option<Grouping>,
    ) -> Result<Vec<ScoreLine>, StoreError> {
        use feedback::Column as C;
        let mut counts = feedback::Entity::find()
            .select_only()
            .columns([C::Question, C::Verified, C::Score])
            .filter(filter.condition(shop))
            .group_by(C::Question)
            .group_by(C::Verified)
            .group_by(C::Score)
            .into_query();
        counts.expr_as(Expr::col((feedback::Entity, C::Id)).count(), "count");
        if by == Some(Grouping::Tag) {
            let tagged = Expr::col((feedback_tag::Entity, feedback_tag::Column::FeedbackId));
            counts.left_join(feedback_tag::Entity, tagged.equals((feedback::Entity, C::Id)));
        }
        if let Some(by) = by {
            let group = match by {
                Grouping::Week | Grouping::Month => Expr::col((feedback::Entity, C::FirstOn)),
                Grouping::Moment => Expr::col((feedback::Entity, C::Moment)),
                Grouping::Agent => Expr::col((feedback::Entity, C::Agent)),
                Grouping::Team => Expr::col((feedback::Entity, C::Team)),
                Grouping::Lang => Expr::col((feedback::Entity, C::Lang)),
                Grouping::Tag => Expr::col((feedback_tag::Entity, feedback_tag::Column::Tag)),
            };
            counts.expr_as(group.clone(), "kind");
            counts.add_group_by([group]);
        }
        // The nameless group last, what is verified first.
        let mut lines: BTreeMap<(bool, String, Question, bool), AnyTally> = BTreeMap::new();
        for found in self.reader.query_all(&counts).await? {
            let group = match by {
                Some(by @ (Grouping::Week | Grouping::Month)) => {
                    let day: time::Date = found.try_get("", "kind")?;
                    Some(by.of_day(Date::try_from(day).map_err(corrupt)?))
                }
                Some(_) => found.try_get::<Option<String>>("", "kind")?,
                None => None,
            };
            let question: String = found.try_get("", "question")?;
            let score = row::score(&question, found.try_get("", "score")?)?;
            let verified: bool = found.try_get("", "verified")?;
            let times: i64 = found.try_get("", "count")?;
            let place = (group.is_none(), group.unwrap_or_default(), score.question(), !verified);
            let tally = lines.entry(place).or_insert_with(|| AnyTally::new(score.question()));
            tally.add(score, times.unsigned_abs()).map_err(corrupt)?;
        }
        let line = |((nameless, group, _, unverified), tally): ((bool, String, Question, bool), AnyTally)| {
            ScoreLine { group: (!nameless).then_some(group), verified: !unverified, tally }
        };
        Ok(lines.into_iter().map(line).collect())
    }
}
