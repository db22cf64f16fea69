//! The first words of statements, where somebody at the desk wrote others than the program's.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::{Action, Ground, Template};

use crate::audit::Deed;
use crate::columns::corrupt;
use crate::entity::{editor, template};
use crate::store::kept;
use crate::{Store, StoreError};

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTemplate {
    pub template: Template,
    /// `None`: they went back to the program's.
    pub text: Option<String>,
    /// Counts changes, from 1.
    pub version: i64,
    pub changed_at: OffsetDateTime,
    /// Name of the editor.
    pub changed_by: String,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateWritten {
    Done,
    /// It has another version than the one that was read.
    Changed,
}

impl Store {
    /// Those that were ever changed, in no order to count on.
    pub async fn templates(&self) -> Result<Vec<StoredTemplate>, StoreError> {
        let rows = template::Entity::find()
            .find_also_related(editor::Entity)
            .order_by_asc(template::Column::Verdict)
            .all(&self.reader)
            .await?;
        rows.into_iter().map(|(row, editor)| stored(row, editor)).collect()
    }

    /// Writes first words over the `version` that was read (0 where nobody ever changed them); `None` goes back to
    /// the program's.
    pub async fn write_template(
        &self,
        (template, version): (Template, i64),
        text: Option<&str>,
        editor: Uuid,
        now: OffsetDateTime,
    ) -> Result<TemplateWritten, StoreError> {
        let now = kept(now);
        let ground = template.ground.map(Ground::as_str);
        let transaction = self.write_aside().await?;
        // Of two who read the same version, one statement writes.
        let written = if version == 0 {
            let row = template::ActiveModel {
                lang: Set(template.lang.to_string()),
                verdict: Set(template.verdict.to_string()),
                ground: Set(ground.unwrap_or_default().to_owned()),
                text: Set(text.map(ToOwned::to_owned)),
                version: Set(1),
                changed_at: Set(now),
                changed_by: Set(editor),
            };
            let key = [template::Column::Lang, template::Column::Verdict, template::Column::Ground];
            let unless_there = OnConflict::columns(key).do_nothing().to_owned();
            template::Entity::insert(row)
                .on_conflict(unless_there)
                .exec_without_returning(&transaction)
                .await?
        } else {
            let update = template::Entity::update_many()
                .col_expr(template::Column::Text, Expr::val(text.map(ToOwned::to_owned)))
                .col_expr(template::Column::Version, Expr::col(template::Column::Version).add(1))
                .col_expr(template::Column::ChangedAt, now.into())
                .col_expr(template::Column::ChangedBy, editor.into())
                .filter(template::Column::Lang.eq(template.lang.as_str()))
                .filter(template::Column::Verdict.eq(template.verdict.as_str()))
                .filter(template::Column::Ground.eq(ground.unwrap_or_default()))
                .filter(template::Column::Version.eq(version));
            update.exec(&transaction).await?.rows_affected
        };
        if written == 0 {
            transaction.rollback().await?;
            return Ok(TemplateWritten::Changed);
        }
        let deed = Deed {
            editor: Some(editor),
            verdict: Some(template.verdict.to_string()),
            ground: ground.map(ToOwned::to_owned),
            about: Some(template.lang.to_string()),
            ..Deed::default()
        };
        let action = if text.is_some() { Action::TemplateChanged } else { Action::TemplateReset };
        self.note(&transaction, action, deed, now).await?;
        transaction.commit().await?;
        Ok(TemplateWritten::Done)
    }
}

fn stored(row: template::Model, editor: Option<editor::Model>) -> Result<StoredTemplate, StoreError> {
    let lang = row.lang.parse().map_err(corrupt)?;
    let verdict = row.verdict.parse().map_err(corrupt)?;
    let ground = Some(row.ground).filter(|ground| !ground.is_empty());
    let ground = ground.map(|ground| ground.parse().map_err(corrupt)).transpose()?;
    let template = Template::new(lang, verdict, ground);
    Ok(StoredTemplate {
        template: template.ok_or_else(|| corrupt("first words are for nothing that is said"))?,
        text: row.text,
        version: row.version,
        changed_at: row.changed_at,
        changed_by: editor.map(|editor| editor.name).unwrap_or_default(),
    })
}
