//! The audit log takes new rows and nothing else: the database itself refuses to change or delete one.
//!
//! Only replacing all content by that of a backup lifts this, inside the one transaction that does.

use sea_orm_migration::prelude::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

const SQLITE: [(&str, &str); 2] = [("audit_keeps", "UPDATE"), ("audit_stays", "DELETE")];

/// From now on rows stay as they are.
pub async fn protect(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        for statement in [
            "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$",
            "CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON audit \
             FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        ] {
            connection.execute_unprepared(statement).await?;
        }
        return Ok(());
    }
    for (name, event) in SQLITE {
        let statement = format!(
            "CREATE TRIGGER {name} BEFORE {event} ON audit BEGIN \
             SELECT RAISE(ABORT, 'the audit log only grows'); END"
        );
        connection.execute_unprepared(&statement).await?;
    }
    refuse_replacing(connection).await
}

/// SQLite deletes what `INSERT OR REPLACE` replaces without asking the trigger for deletions. PostgreSQL replaces by
/// updating, which is refused already.
pub async fn refuse_replacing(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Sqlite {
        let statement = "CREATE TRIGGER IF NOT EXISTS audit_once BEFORE INSERT ON audit \
             WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR rowid = NEW.rowid) BEGIN \
             SELECT RAISE(ABORT, 'the audit log only grows'); END";
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// As before [`refuse_replacing`].
pub async fn allow_replacing(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Sqlite {
        connection.execute_unprepared("DROP TRIGGER IF EXISTS audit_once").await?;
    }
    Ok(())
}

/// Rows can be changed and deleted until [`protect`].
pub async fn release(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared("DROP TRIGGER audit_keeps ON audit").await?;
        connection.execute_unprepared("DROP FUNCTION audit_refuse()").await?;
        return Ok(());
    }
    for (name, _) in SQLITE {
        connection.execute_unprepared(&format!("DROP TRIGGER {name}")).await?;
    }
    allow_replacing(connection).await
}
