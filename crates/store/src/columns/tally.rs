//! Keeps count of published columns as they come and go.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use weerklank_domain::{Column, Lang, Moment, Sentiment, Slug, Status};

use super::names::CHUNK;
use crate::StoreError;
use crate::entity::tally;

/// What a count is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    All,
    Moment,
    Shop,
    Series,
    Author,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Moment => "moment",
            Self::Shop => "shop",
            Self::Series => "series",
            Self::Author => "author",
        }
    }
}

/// What of a column is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    sentiment: Sentiment,
    lang: Lang,
    values: Vec<(Kind, String)>,
}

impl Counted {
    /// `None` for what is not published. Scheduled columns appear by the passing of time, without a
    /// write, so they are counted when a list is asked for; they are few.
    pub fn of(
        column: &Column,
        moments: &[Moment],
        shops: impl Iterator<Item = Slug>,
        authors: impl Iterator<Item = Slug>,
        series: Option<Slug>,
    ) -> Option<Self> {
        if column.status != Status::Published {
            return None;
        }
        let mut values = vec![(Kind::All, String::new())];
        values.extend(moments.iter().map(|moment| (Kind::Moment, moment.to_string())));
        values.extend(shops.map(|slug| (Kind::Shop, slug.into())));
        values.extend(authors.map(|slug| (Kind::Author, slug.into())));
        values.extend(series.map(|slug| (Kind::Series, slug.into())));
        Some(Self { sentiment: column.sentiment, lang: column.lang, values })
    }
}

/// How counts change in one transaction.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<(Kind, String, Sentiment, Lang), i64>);

impl Changes {
    pub fn add(&mut self, counted: Option<Counted>) {
        self.apply(counted, 1);
    }

    pub fn remove(&mut self, counted: Option<Counted>) {
        self.apply(counted, -1);
    }

    fn apply(&mut self, counted: Option<Counted>, by: i64) {
        let Some(Counted { sentiment, lang, values }) = counted else { return };
        for (kind, value) in values {
            *self.0.entry((kind, value, sentiment, lang)).or_default() += by;
        }
    }

    pub async fn write(self, transaction: &DatabaseTransaction) -> Result<(), StoreError> {
        let changes: Vec<_> = self.0.into_iter().filter(|(_, by)| *by != 0).collect();
        let shrinks = changes.iter().any(|(_, by)| *by < 0);
        for chunk in changes.chunks(CHUNK) {
            let mut insert = Query::insert()
                .into_table("tally")
                .columns(["kind", "value", "sentiment", "lang", "columns"])
                .on_conflict(
                    OnConflict::columns(["kind", "value", "sentiment", "lang"])
                        .value(
                            "columns",
                            Expr::col(("tally", "columns")).add(Expr::col(("excluded", "columns"))),
                        )
                        .to_owned(),
                )
                .take();
            for ((kind, value, sentiment, lang), by) in chunk {
                insert.values_panic([
                    kind.as_str().into(),
                    value.as_str().into(),
                    sentiment.as_str().into(),
                    lang.as_str().into(),
                    (*by).into(),
                ]);
            }
            transaction.execute(&insert).await?;
        }
        if shrinks {
            tally::Entity::delete_many().filter(tally::Column::Columns.eq(0)).exec(transaction).await?;
        }
        Ok(())
    }
}
