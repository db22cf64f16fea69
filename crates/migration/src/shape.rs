//! How tables are built, the same for every step. What stands here must not change once a step that
//! uses it is released.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// A text that is compared byte by byte, so that both databases sort it alike: PostgreSQL would
/// otherwise sort by the cluster's language, in which hyphens do not count.
pub(crate) fn word(backend: DbBackend, name: &'static str) -> ColumnDef {
    let mut word = ColumnDef::new(name);
    word.text().not_null();
    if backend == DbBackend::Postgres {
        word.extra(r#"COLLATE "C""#);
    }
    word
}

/// Rows that lie in the order of their key and hold little else.
pub(crate) fn clustered(backend: DbBackend, table: &mut TableCreateStatement) -> TableCreateStatement {
    if backend == DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
    table.take()
}

pub(crate) fn index(name: &str, table: &'static str) -> IndexCreateStatement {
    Index::create().name(name).table(table).take()
}
