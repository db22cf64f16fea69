//! Pictures that columns show, in the database itself: one file is still all there is to back up.

use std::collections::HashSet;

use futures_util::TryStreamExt;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use weerklank_domain::Picture;

use crate::aside::Aside;
use crate::columns::corrupt;
use crate::entity::{column, draft_revision, picture, picture_file};
use crate::store::kept;
use crate::{Store, StoreError};

/// How long a picture stays that nothing names: editors bring one before they write about it.
const UNUSED: Duration = Duration::days(7);

impl Store {
    /// Keeps a picture in all its sizes, each with its file; the last is the largest, and names it. `false`
    /// where it is there already: it stays as it is, so that no address ever means other bytes.
    pub async fn keep_picture(
        &self,
        files: &[(Picture, Vec<u8>)],
        by: Uuid,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let Some((largest, _)) = files.last() else { return Ok(false) };
        let row = picture::ActiveModel {
            hash: Set(largest.hash.to_vec()),
            width: Set(pixels(largest.width)),
            height: Set(pixels(largest.height)),
            brought_at: Set(kept(now)),
            made_by: Set(by),
        };
        let unless_there = OnConflict::column(picture::Column::Hash).do_nothing().to_owned();
        let transaction = self.write_aside().await?;
        let made = picture::Entity::insert(row)
            .on_conflict(unless_there)
            .exec_without_returning(&transaction)
            .await?;
        if made == 0 {
            // It is wanted again, so it stays for as long as a new one.
            picture::Entity::update_many()
                .col_expr(picture::Column::BroughtAt, kept(now).into())
                .filter(picture::Column::Hash.eq(largest.hash.as_slice()))
                .exec(&transaction)
                .await?;
            transaction.commit().await?;
            return Ok(false);
        }
        for (size, file) in files {
            let row = picture_file::ActiveModel {
                picture_hash: Set(largest.hash.to_vec()),
                width: Set(pixels(size.width)),
                height: Set(pixels(size.height)),
                file: Set(file.clone()),
            };
            picture_file::Entity::insert(row).exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// The file of a picture in exactly this size.
    pub async fn picture(&self, picture: Picture) -> Result<Option<Vec<u8>>, StoreError> {
        let file = picture_file::Entity::find()
            .select_only()
            .column(picture_file::Column::File)
            .filter(picture_file::Column::PictureHash.eq(picture.hash.as_slice()))
            .filter(picture_file::Column::Width.eq(picture.width))
            .filter(picture_file::Column::Height.eq(picture.height))
            .into_tuple::<Vec<u8>>();
        Ok(file.one(&self.reader).await?)
    }

    /// Deletes the pictures that no column, draft or revision names, a week after somebody brought them last. Gives
    /// how many.
    pub async fn forget_pictures(&self, now: OffsetDateTime) -> Result<u64, StoreError> {
        let before = kept(now - UNUSED);
        let old = picture::Entity::find()
            .select_only()
            .column(picture::Column::Hash)
            .filter(picture::Column::BroughtAt.lt(before))
            .into_tuple::<Vec<u8>>()
            .all(&self.reader)
            .await?;
        if old.is_empty() {
            return Ok(0);
        }
        let named = self.named_pictures().await?;
        let mut gone = 0;
        for hash in old.into_iter().filter(|hash| !named.contains(hash.as_slice())) {
            let transaction = self.write_aside().await?;
            // Somebody may have named it since, or brought it again.
            if is_named(&transaction, &hash).await? {
                transaction.rollback().await?;
                continue;
            }
            let delete = picture::Entity::delete_many()
                .filter(picture::Column::Hash.eq(hash))
                .filter(picture::Column::BroughtAt.lt(before));
            gone += delete.exec(&transaction).await?.rows_affected;
            transaction.commit().await?;
        }
        Ok(gone)
    }

    /// The hashes of all pictures that any text names.
    async fn named_pictures(&self) -> Result<HashSet<[u8; 16]>, StoreError> {
        let mut named = HashSet::new();
        let mut note = |texts: [Option<String>; 2]| {
            for text in texts.iter().flatten() {
                named.extend(Picture::in_text(text).map(|picture| picture.hash));
            }
        };
        let columns = column::Entity::find()
            .select_only()
            .columns([column::Column::Body, column::Column::ImageSrc])
            .into_tuple::<(String, Option<String>)>();
        let mut stream = columns.stream(&self.reader).await?;
        while let Some((body, image)) = stream.try_next().await? {
            note([Some(body), image]);
        }
        drop(stream);
        let revisions = draft_revision::Entity::find()
            .select_only()
            .columns([draft_revision::Column::Body, draft_revision::Column::Front])
            .into_tuple::<(String, String)>();
        let mut stream = revisions.stream(&self.reader).await?;
        while let Some((body, front)) = stream.try_next().await? {
            note([Some(body), Some(front)]);
        }
        Ok(named)
    }

    /// Every picture that is kept, in its largest size.
    pub async fn pictures(&self) -> Result<Vec<Picture>, StoreError> {
        let rows = picture::Entity::find().order_by_asc(picture::Column::Hash).all(&self.reader).await?;
        rows.iter().map(of).collect()
    }
}

/// Whether any text names the picture with that hash.
async fn is_named(transaction: &Aside, hash: &[u8]) -> Result<bool, StoreError> {
    let named = hash.try_into().map(|hash| Picture { hash, width: 1, height: 1 }.to_string());
    let Some(name) = named.ok().and_then(|name| Some(name.split_once('-')?.0.to_owned())) else {
        return Ok(false);
    };
    let columns = column::Entity::find()
        .filter(column::Column::Body.contains(&name).or(column::Column::ImageSrc.contains(&name)));
    let revisions = draft_revision::Entity::find().filter(
        draft_revision::Column::Body.contains(&name).or(draft_revision::Column::Front.contains(&name)),
    );
    Ok(columns.count(transaction).await? > 0 || revisions.count(transaction).await? > 0)
}

fn of(row: &picture::Model) -> Result<Picture, StoreError> {
    let hash = row.hash.as_slice().try_into().map_err(|_| corrupt("a picture is named by 16 bytes"))?;
    Ok(Picture { hash, width: row.width.unsigned_abs(), height: row.height.unsigned_abs() })
}

/// No picture is so large that its size would not fit.
fn pixels(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}
