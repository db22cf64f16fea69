//! How to reach who wrote a comment or a report.

use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::experience::Email;

use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::voice_contact::{ActiveModel, Column, Entity};
use crate::entity::{comment, outbox, report};
use crate::ids::IdSource;
use crate::outbox::enqueue::{NewMail, Subject, enqueue};
use crate::store::kept;
use crate::{AskedAddress, Confirm, Hash, StoreError};

/// Keeps the address and writes the mail that asks whose it is.
pub(super) async fn insert(
    transaction: &Aside,
    ids: &dyn IdSource,
    (item, email): (Uuid, &Email),
    confirm: &Confirm,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let contact = ActiveModel {
        item_id: Set(item),
        email: Set(email.as_str().to_owned()),
        confirmed_at: Set(None),
        confirm_hash: Set(confirm.hash.to_vec()),
        link_secret: Set(confirm.link_secret.clone()),
    };
    Entity::insert(contact).exec_without_returning(transaction).await?;
    let mail = NewMail {
        cause: &format!("confirm:{item}"),
        about: Some(Subject::Item(item)),
        to: email.as_str(),
        text: &confirm.mail,
        not_before: now,
        waits_for_opt_in: false,
    };
    enqueue(transaction, ids, &mail, now).await?;
    Ok(())
}

/// The address that was asked with a secret of that hash.
pub(crate) async fn asked(
    connection: &impl ConnectionTrait,
    confirm: &Hash,
) -> Result<Option<AskedAddress>, StoreError> {
    let asked = Entity::find().filter(Column::ConfirmHash.eq(confirm.as_slice()));
    let Some(contact) = asked.one(connection).await? else { return Ok(None) };
    let Some(lang) = lang(connection, contact.item_id).await? else { return Ok(None) };
    Ok(Some(AskedAddress { email: contact.email, lang, confirmed_at: contact.confirmed_at }))
}

async fn lang(connection: &impl ConnectionTrait, item: Uuid) -> Result<Option<Lang>, StoreError> {
    let word = match comment::Entity::find_by_id(item).one(connection).await? {
        Some(row) => Some(row.lang),
        None => report::Entity::find_by_id(item).one(connection).await?.map(|row| row.lang),
    };
    word.map(|word| word.parse().map_err(corrupt)).transpose()
}

/// Its reader says that the address is theirs. `false` where nobody was asked with that secret.
pub(crate) async fn confirm(
    transaction: &Aside,
    confirm: &Hash,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let confirmed = Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::col(Column::ConfirmedAt).if_null(kept(now)))
        .filter(Column::ConfirmHash.eq(confirm.as_slice()))
        .exec(transaction)
        .await?;
    Ok(confirmed.rows_affected == 1)
}

/// Forgets the address that came with a comment or a report, and what was to be sent there.
pub(super) async fn forget(transaction: &Aside, item: Uuid) -> Result<(), StoreError> {
    Entity::delete_by_id(item).exec(transaction).await?;
    outbox::Entity::delete_many()
        .filter(outbox::Column::ItemId.eq(item))
        .filter(outbox::Column::SentAt.is_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Its reader says that it is not: it is forgotten, with what was to be sent there. `false` as above.
pub(crate) async fn refuse(transaction: &Aside, confirm: &Hash) -> Result<bool, StoreError> {
    let asked = Entity::find().filter(Column::ConfirmHash.eq(confirm.as_slice())).one(transaction).await?;
    let Some(contact) = asked else { return Ok(false) };
    forget(transaction, contact.item_id).await?;
    Ok(true)
}
