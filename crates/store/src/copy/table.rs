//! Copies tables row by row, and proves that what arrived is what left.

use futures_util::TryStreamExt;
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Iterable, ModelTrait, Value,
    sea_query::Expr,
};
use sha2::{Digest, Sha256};
use weerklank_migration::append_only;

use crate::StoreError;
use crate::entity::{
    api_key, appeal, audit, author, change_sequence, column, column_author, column_moment, column_shop,
    column_tag, column_turn, comment, decision, draft, draft_experience, draft_revision, editor, experience,
    experience_answer, experience_band, experience_contact, experience_gesture, experience_half,
    experience_mark, experience_rating, experience_sender, experience_sketch, feedback, feedback_answer,
    feedback_change, feedback_comment, feedback_rating, feedback_receipt, feedback_tag, outbox, passkey,
    picture, picture_file, queue_item, queue_view, reaction, receipt, reply, reply_outcome, reply_request,
    report, series, server_key, session, set_up_link, shop, signing_key, site, template, voice_contact,
    voice_due,
};
use crate::store::change_row;

/// How many values one statement takes; SQLite's bound is 32,766.
const VALUES: usize = 10_000;
/// How many bytes of files one statement takes: pictures are large.
const BYTES: usize = 4 << 20;

/// Calls `$each::<Entity>(…)` for every table, those that others refer to first. A table that is not
/// here is in no backup: `tests/stories/copying.rs` compares what arrives with the schema. The change
/// sequence is not here: its one row is what writers wait for, and must not go while they do. Nor is what
/// [`super::backup`] leaves out on purpose.
macro_rules! for_every_table {
    ($each:ident($($argument:expr),*)) => {
        $each::<author::Entity>($($argument),*).await?;
        $each::<shop::Entity>($($argument),*).await?;
        $each::<series::Entity>($($argument),*).await?;
        $each::<site::Entity>($($argument),*).await?;
        $each::<api_key::Entity>($($argument),*).await?;
        $each::<signing_key::Entity>($($argument),*).await?;
        $each::<feedback::Entity>($($argument),*).await?;
        $each::<feedback_comment::Entity>($($argument),*).await?;
        $each::<feedback_rating::Entity>($($argument),*).await?;
        $each::<feedback_answer::Entity>($($argument),*).await?;
        $each::<feedback_tag::Entity>($($argument),*).await?;
        $each::<feedback_change::Entity>($($argument),*).await?;
        $each::<feedback_receipt::Entity>($($argument),*).await?;
        $each::<column::Entity>($($argument),*).await?;
        $each::<column_author::Entity>($($argument),*).await?;
        $each::<column_shop::Entity>($($argument),*).await?;
        $each::<column_moment::Entity>($($argument),*).await?;
        $each::<column_tag::Entity>($($argument),*).await?;
        $each::<comment::Entity>($($argument),*).await?;
        $each::<reaction::Entity>($($argument),*).await?;
        $each::<voice_due::Entity>($($argument),*).await?;
        $each::<experience::Entity>($($argument),*).await?;
        $each::<experience_half::Entity>($($argument),*).await?;
        $each::<experience_rating::Entity>($($argument),*).await?;
        $each::<experience_gesture::Entity>($($argument),*).await?;
        $each::<experience_contact::Entity>($($argument),*).await?;
        $each::<experience_mark::Entity>($($argument),*).await?;
        $each::<experience_sender::Entity>($($argument),*).await?;
        $each::<experience_sketch::Entity>($($argument),*).await?;
        $each::<experience_band::Entity>($($argument),*).await?;
        $each::<receipt::Entity>($($argument),*).await?;
        $each::<server_key::Entity>($($argument),*).await?;
        $each::<editor::Entity>($($argument),*).await?;
        $each::<set_up_link::Entity>($($argument),*).await?;
        $each::<session::Entity>($($argument),*).await?;
        $each::<passkey::Entity>($($argument),*).await?;
        $each::<queue_view::Entity>($($argument),*).await?;
        $each::<draft::Entity>($($argument),*).await?;
        $each::<draft_revision::Entity>($($argument),*).await?;
        $each::<draft_experience::Entity>($($argument),*).await?;
        $each::<reply_request::Entity>($($argument),*).await?;
        $each::<reply::Entity>($($argument),*).await?;
        $each::<reply_outcome::Entity>($($argument),*).await?;
        $each::<report::Entity>($($argument),*).await?;
        $each::<column_turn::Entity>($($argument),*).await?;
        $each::<appeal::Entity>($($argument),*).await?;
        $each::<queue_item::Entity>($($argument),*).await?;
        $each::<voice_contact::Entity>($($argument),*).await?;
        $each::<outbox::Entity>($($argument),*).await?;
        $each::<decision::Entity>($($argument),*).await?;
        $each::<experience_answer::Entity>($($argument),*).await?;
        $each::<audit::Entity>($($argument),*).await?;
        $each::<template::Entity>($($argument),*).await?;
        $each::<picture::Entity>($($argument),*).await?;
        $each::<picture_file::Entity>($($argument),*).await?;
    };
}

/// Replaces everything in `to` by what is in `from`.
pub(super) async fn copy_all(from: &DatabaseTransaction, to: &DatabaseTransaction) -> Result<(), StoreError> {
    append_only::release(to).await?;
    // Shops, authors and series cannot go while a column or a site refers to them, nor editors while something
    // that they did does.
    clear::<draft::Entity>(to).await?;
    clear::<column::Entity>(to).await?;
    clear::<decision::Entity>(to).await?;
    clear::<audit::Entity>(to).await?;
    clear::<template::Entity>(to).await?;
    clear::<picture::Entity>(to).await?;
    clear::<feedback::Entity>(to).await?;
    clear::<site::Entity>(to).await?;
    for_every_table!(clear(to));
    append_only::protect(to).await?;
    for_every_table!(copy(from, to));
    let sequence = change_row(from).await?;
    change_sequence::Entity::update_many()
        .col_expr(change_sequence::Column::Value, Expr::val(sequence.value))
        .col_expr(change_sequence::Column::Epoch, Expr::val(sequence.epoch))
        .exec(to)
        .await?;
    Ok(())
}

async fn clear<E: EntityTrait>(to: &DatabaseTransaction) -> Result<(), StoreError> {
    E::delete_many().exec(to).await?;
    Ok(())
}

async fn copy<E>(from: &DatabaseTransaction, to: &DatabaseTransaction) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel> + Send + Sync,
    E::ActiveModel: Send,
{
    let together = VALUES / E::Column::iter().count();
    let mut left = Digests::default();
    let (mut rows, mut bytes) = (Vec::with_capacity(together), 0);
    let mut stream = E::find().stream(from).await?;
    loop {
        let row = stream.try_next().await?;
        let last = row.is_none();
        if let Some(row) = row {
            left.add(&row);
            bytes += weight(&row);
            rows.push(row.into_active_model().reset_all());
        }
        if rows.len() == together || bytes >= BYTES || (last && !rows.is_empty()) {
            E::insert_many(std::mem::take(&mut rows)).exec_without_returning(to).await?;
            bytes = 0;
        }
        if last {
            break;
        }
    }
    drop(stream);
    let mut arrived = Digests::default();
    let mut stream = E::find().stream(to).await?;
    while let Some(row) = stream.try_next().await? {
        arrived.add(&row);
    }
    if left == arrived {
        return Ok(());
    }
    Err(StoreError::Corrupt(format!(
        "the table `{}` arrived other than it left: {} of {} rows, or with other values",
        E::default().table_name(),
        arrived.rows,
        left.rows,
    )))
}

/// Bytes of the files in a row.
fn weight<M: ModelTrait>(row: &M) -> usize {
    let files = <M::Entity as EntityTrait>::Column::iter().map(|column| match row.get(column) {
        Value::Bytes(Some(file)) => file.len(),
        _ => 0,
    });
    files.sum()
}

/// A digest of rows in any order: the databases sort differently. Each row is hashed, the hashes are
/// added up.
#[derive(Debug, Default, PartialEq, Eq)]
struct Digests {
    rows: u64,
    sums: [u64; 4],
}

impl Digests {
    fn add<M: ModelTrait>(&mut self, row: &M) {
        let mut hash = Sha256::new();
        for column in <M::Entity as EntityTrait>::Column::iter() {
            match row.get(column) {
                // Written out, a file would be four times as large.
                Value::Bytes(Some(file)) => {
                    hash.update(file.len().to_be_bytes());
                    hash.update(&*file);
                }
                value => hash.update(canonical(&value)),
            }
            hash.update([0]);
        }
        for (sum, part) in self.sums.iter_mut().zip(hash.finalize().chunks_exact(8)) {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(part);
            *sum = sum.wrapping_add(u64::from_be_bytes(bytes));
        }
        self.rows += 1;
    }
}

/// A value as text, the same for the same value: quoted, so that no two run together. A moment in
/// time is one whatever its offset.
fn canonical(value: &Value) -> String {
    match value {
        Value::TimeDateTimeWithTimeZone(Some(time)) => time.unix_timestamp_nanos().to_string(),
        value => format!("{value:?}"),
    }
}
