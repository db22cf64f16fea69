//! Pictures that columns show, in the database itself: one file is still all there is to back up.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use time::OffsetDateTime;
use uuid::Uuid;
use weerklank_domain::Picture;

use crate::columns::corrupt;
use crate::entity::{picture, picture_file};
use crate::store::kept;
use crate::{Store, StoreError};

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
            made_at: Set(kept(now)),
            made_by: Set(by),
        };
        let unless_there = OnConflict::column(picture::Column::Hash).do_nothing().to_owned();
        let transaction = self.write_aside().await?;
        let made = picture::Entity::insert(row)
            .on_conflict(unless_there)
            .exec_without_returning(&transaction)
            .await?;
        if made == 0 {
            transaction.rollback().await?;
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

    /// Every picture that is kept, in its largest size.
    pub async fn pictures(&self) -> Result<Vec<Picture>, StoreError> {
        let rows = picture::Entity::find().order_by_asc(picture::Column::Hash).all(&self.reader).await?;
        rows.iter().map(of).collect()
    }
}

fn of(row: &picture::Model) -> Result<Picture, StoreError> {
    let hash = row.hash.as_slice().try_into().map_err(|_| corrupt("a picture is named by 16 bytes"))?;
    Ok(Picture { hash, width: row.width.unsigned_abs(), height: row.height.unsigned_abs() })
}

/// No picture is so large that its size would not fit.
fn pixels(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}
