//! What a sender does puts an item into the queue, or takes it out.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, Insert, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Func},
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::desk::Kind;

use crate::StoreError;
use crate::aside::Aside;
use crate::entity::queue_item::{ActiveModel, Column, Entity};

/// Something came in, and waits. The item has its id.
pub(crate) async fn begin(
    transaction: &Aside,
    item: (Kind, Uuid),
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    beginning(item, now).exec_without_returning(transaction).await?;
    Ok(())
}

/// The statement for that.
pub(crate) fn beginning((kind, id): (Kind, Uuid), now: OffsetDateTime) -> Insert<ActiveModel> {
    let of = |of: Kind| Set((kind == of).then_some(id));
    let item = ActiveModel {
        id: Set(id),
        kind: Set(kind.to_string()),
        experience_id: of(Kind::Experience),
        comment_id: of(Kind::Comment),
        report_id: of(Kind::Report),
        appeal_id: of(Kind::Appeal),
        reply_id: of(Kind::Reply),
        came_at: Set(now),
        waits_since: Set(Some(now)),
        holder_id: Set(None),
        held_until: Set(None),
        version: Set(1),
        changed_at: Set(now),
    };
    Entity::insert(item)
}

/// It changed, and waits: from now on, unless it waited already. Who holds it goes on holding it.
pub(crate) async fn again(transaction: &Aside, item: Uuid, now: OffsetDateTime) -> Result<(), StoreError> {
    let since = Func::coalesce([Expr::col(Column::WaitsSince), Expr::val(now)]);
    Entity::update_many()
        .col_expr(Column::WaitsSince, since.into())
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::ChangedAt, now.into())
        .filter(Column::Id.eq(item))
        .exec(transaction)
        .await?;
    Ok(())
}

/// It waits no longer, whoever holds it.
pub(crate) async fn no_longer(
    transaction: &Aside,
    item: Uuid,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::WaitsSince, Expr::val(None::<OffsetDateTime>))
        .col_expr(Column::HolderId, Expr::val(None::<Uuid>))
        .col_expr(Column::HeldUntil, Expr::val(None::<OffsetDateTime>))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::ChangedAt, now.into())
        .filter(Column::Id.eq(item))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Lets nobody else change it until the transaction ends.
pub(crate) async fn lock(transaction: &Aside, item: Uuid) -> Result<(), StoreError> {
    Entity::find_by_id(item).lock_exclusive().one(transaction).await?;
    Ok(())
}
