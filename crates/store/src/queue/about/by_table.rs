//! What is the same for every table whose rows wait: written once, for each of them.

/// Reading and setting how far a row has come, and what lists show of it. The module says how by
/// `fn outline(row) -> Result<Outline, StoreError>`; the table has an id, a state, a language and a moment of
/// change.
macro_rules! rows_that_wait {
    ($table:ident, $key:ident) => {
        pub(super) async fn outlines(
            connection: &impl sea_orm::ConnectionTrait,
            ids: &[uuid::Uuid],
            into: &mut std::collections::HashMap<uuid::Uuid, super::Outline>,
        ) -> Result<(), crate::StoreError> {
            use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
            if ids.is_empty() {
                return Ok(());
            }
            let found = $table::Entity::find().filter($table::Column::Id.is_in(ids.iter().copied()));
            for row in found.all(connection).await? {
                into.insert(row.id, outline(&row)?);
            }
            Ok(())
        }

        pub(super) async fn state(
            transaction: &crate::aside::Aside,
            id: uuid::Uuid,
        ) -> Result<Option<String>, crate::StoreError> {
            use sea_orm::EntityTrait as _;
            Ok($table::Entity::find_by_id(id).one(transaction).await?.map(|row| row.state))
        }

        pub(super) async fn set_state(
            transaction: &crate::aside::Aside,
            id: uuid::Uuid,
            state: weerklank_domain::experience::State,
            now: time::OffsetDateTime,
        ) -> Result<(), crate::StoreError> {
            use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
            $table::Entity::update_many()
                .col_expr($table::Column::State, state.as_str().into())
                .col_expr($table::Column::ChangedAt, now.into())
                .filter($table::Column::Id.eq(id))
                .exec(transaction)
                .await?;
            Ok(())
        }

        pub(super) fn of_lang(lang: weerklank_domain::Lang) -> sea_orm::sea_query::SimpleExpr {
            use sea_orm::{
                ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
            };
            let which = $table::Column::Lang.eq(lang.as_str());
            let ids = $table::Entity::find().select_only().column($table::Column::Id).filter(which);
            crate::entity::queue_item::Column::$key.in_subquery(ids.into_query())
        }
    };
}

/// When readers see a row below a column, and when they do not any more. The module says which column that is by
/// `async fn column_of(transaction, &row) -> Result<Option<Uuid>, StoreError>`.
macro_rules! rows_that_are_read {
    ($table:ident) => {
        use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

        /// Readers see it from then on.
        pub(super) async fn publish(
            transaction: &crate::aside::Aside,
            id: uuid::Uuid,
            from: time::OffsetDateTime,
        ) -> Result<(), crate::StoreError> {
            $table::Entity::update_many()
                .col_expr($table::Column::PublicFrom, Some(from).into())
                .filter($table::Column::Id.eq(id))
                .exec(transaction)
                .await?;
            drawn_anew(transaction, id, from).await
        }

        /// They will not, before they do.
        pub(super) async fn unpublish(
            transaction: &crate::aside::Aside,
            id: uuid::Uuid,
        ) -> Result<(), crate::StoreError> {
            $table::Entity::update_many()
                .col_expr($table::Column::PublicFrom, Option::<time::OffsetDateTime>::None.into())
                .filter($table::Column::Id.eq(id))
                .exec(transaction)
                .await?;
            Ok(())
        }

        /// Readers see it no longer from then on; `by` is what led to it. What was removed before stays as it
        /// was.
        pub(super) async fn remove(
            transaction: &crate::aside::Aside,
            id: uuid::Uuid,
            by: uuid::Uuid,
            from: time::OffsetDateTime,
        ) -> Result<(), crate::StoreError> {
            $table::Entity::update_many()
                .col_expr($table::Column::RemovedAt, Some(from).into())
                .col_expr($table::Column::RemovedBy, Some(by).into())
                .filter($table::Column::Id.eq(id))
                .filter($table::Column::RemovedAt.is_null())
                .exec(transaction)
                .await?;
            drawn_anew(transaction, id, from).await
        }

        /// What a report or an appeal removed is there again, unless something else keeps it away.
        pub(super) async fn put_back(
            transaction: &crate::aside::Aside,
            by: uuid::Uuid,
        ) -> Result<(), crate::StoreError> {
            let but = super::standing::began_with(&**transaction, by).await?;
            let removed = $table::Entity::find().filter($table::Column::RemovedBy.eq(by));
            for row in removed.all(transaction).await? {
                let other = super::standing::another(&**transaction, row.id, but).await?;
                $table::Entity::update_many()
                    .col_expr($table::Column::RemovedAt, other.map(|other| other.from).into())
                    .col_expr($table::Column::RemovedBy, other.map(|other| other.by).into())
                    .filter($table::Column::Id.eq(row.id))
                    .exec(transaction)
                    .await?;
            }
            Ok(())
        }

        /// What a report or an appeal removed is there again from then on, and which it was stays known; unless
        /// something else keeps it away.
        pub(super) async fn publish_again(
            transaction: &crate::aside::Aside,
            by: uuid::Uuid,
            from: time::OffsetDateTime,
        ) -> Result<(), crate::StoreError> {
            let but = super::standing::began_with(&**transaction, by).await?;
            let removed = $table::Entity::find().filter($table::Column::RemovedBy.eq(by));
            for row in removed.all(transaction).await? {
                let again = $table::Entity::update_many().filter($table::Column::Id.eq(row.id));
                let again = match super::standing::another(&**transaction, row.id, but).await? {
                    Some(other) => again.col_expr($table::Column::RemovedBy, Some(other.by).into()),
                    None => again
                        .col_expr($table::Column::PublicFrom, Some(from).into())
                        .col_expr($table::Column::RemovedAt, Option::<time::OffsetDateTime>::None.into()),
                };
                again.exec(transaction).await?;
                drawn_anew(transaction, row.id, from).await?;
            }
            Ok(())
        }

        /// What [`publish_again`] showed, or would have, goes from then on.
        pub(super) async fn remove_again(
            transaction: &crate::aside::Aside,
            by: uuid::Uuid,
            from: time::OffsetDateTime,
        ) -> Result<(), crate::StoreError> {
            let shown = $table::Entity::find().filter($table::Column::RemovedBy.eq(by));
            for row in shown.all(transaction).await? {
                $table::Entity::update_many()
                    .col_expr($table::Column::RemovedAt, Some(from).into())
                    .filter($table::Column::Id.eq(row.id))
                    .exec(transaction)
                    .await?;
                drawn_anew(transaction, row.id, from).await?;
            }
            Ok(())
        }

        /// It does not: what [`remove_again`] would have taken away stays, unless something else takes it away.
        pub(super) async fn not_removed_again(
            transaction: &crate::aside::Aside,
            by: uuid::Uuid,
        ) -> Result<(), crate::StoreError> {
            let but = super::standing::began_with(&**transaction, by).await?;
            let shown = $table::Entity::find().filter($table::Column::RemovedBy.eq(by));
            for row in shown.all(transaction).await? {
                let stays = $table::Entity::update_many().filter($table::Column::Id.eq(row.id));
                let other = super::standing::another(&**transaction, row.id, but).await?;
                let stays = stays
                    .col_expr($table::Column::RemovedAt, other.map(|other| other.from).into())
                    .col_expr($table::Column::RemovedBy, Some(other.map_or(by, |other| other.by)).into());
                stays.exec(transaction).await?;
            }
            Ok(())
        }

        async fn drawn_anew(
            transaction: &crate::aside::Aside,
            id: uuid::Uuid,
            at: time::OffsetDateTime,
        ) -> Result<(), crate::StoreError> {
            let Some(row) = $table::Entity::find_by_id(id).one(transaction).await? else { return Ok(()) };
            match column_of(transaction, &row).await? {
                Some(column) => crate::voice::due_at(transaction, column, at).await,
                None => Ok(()),
            }
        }
    };
}

pub(super) use {rows_that_are_read, rows_that_wait};
