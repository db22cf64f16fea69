//! Statements of which none waits for what another answers.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryTrait, Statement, Value};

use crate::aside::Aside;

/// Statements that are told to the database in one go.
///
/// With SQLite, waiting for a statement means two changes of threads, which take longer than the statement
/// itself does. So they are put behind each other, as one text with the values of all. PostgreSQL prepares one
/// statement at a time and gets them one by one.
///
/// One that fails ends the batch; whoever runs it undoes the write that it belongs to.
#[derive(Debug)]
pub(crate) struct Batch {
    backend: DbBackend,
    statements: Vec<Statement>,
}

impl Batch {
    pub(crate) fn on(transaction: &Aside) -> Self {
        Self { backend: transaction.get_database_backend(), statements: Vec::new() }
    }

    pub(crate) fn add(&mut self, query: &impl QueryTrait) {
        self.statements.push(query.build(self.backend));
    }

    /// In the order in which they were added.
    pub(crate) async fn run(self, transaction: &Aside) -> Result<(), DbErr> {
        let statements = match self.backend {
            DbBackend::Sqlite => joined(self.statements),
            _ => self.statements,
        };
        for statement in statements {
            transaction.execute_raw(statement).await?;
        }
        Ok(())
    }
}

/// Each takes its values from where the one before it left off: placeholders of SQLite are question marks
/// without a number.
fn joined(statements: Vec<Statement>) -> Vec<Statement> {
    let mut text = String::new();
    let mut values: Vec<Value> = Vec::new();
    for statement in statements {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&statement.sql);
        values.extend(statement.values.into_iter().flatten());
    }
    // No statement for nothing.
    if text.is_empty() {
        return Vec::new();
    }
    vec![Statement::from_sql_and_values(DbBackend::Sqlite, text, values)]
}

#[cfg(test)]
mod tests {
    use sea_orm::Values;

    use super::*;

    fn statement(sql: &str, values: &[i32]) -> Statement {
        let values = values.iter().copied().map(Value::from);
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, values.collect::<Vec<_>>())
    }

    #[test]
    fn values_follow_their_statements() {
        let joined =
            joined(vec![statement("A (?, ?)", &[1, 2]), statement("B", &[]), statement("C (?)", &[3])]);
        let [one] = joined.as_slice() else { panic!("{joined:?}") };
        assert_eq!(one.sql, "A (?, ?); B; C (?)");
        assert_eq!(one.values, Some(Values([1, 2, 3].map(Value::from).to_vec())));
    }

    #[test]
    fn nothing_is_no_statement() {
        assert!(joined(Vec::new()).is_empty());
    }
}
