//! What is being written for senders, until it is sent: it outlives the form, whatever closes it, and the program,
//! which another page may take the place of.

use std::collections::HashMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::Storage;
use weerklank_domain::desk::{Ground, Verdict};

/// A decision that is being written.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Statement {
    pub ground: Option<Ground>,
    pub text: String,
    pub automated: bool,
}

/// Who writes it, on which item, for which verdict: at a computer that several use, nobody meets the words of another.
pub(super) type StatementOf = (String, String, Verdict);

/// Kept here, and by the browser as long as its window is open. What is read and written goes by both, so that a
/// browser that keeps nothing costs no more than a page load does.
#[derive(Clone, Copy)]
pub(super) struct Statements(StoredValue<HashMap<StatementOf, Statement>>);

impl Statements {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(HashMap::new()))
    }

    pub(super) fn get(self, of: &StatementOf) -> Option<Statement> {
        self.0.with_value(|kept| kept.get(of).cloned()).or_else(|| {
            let text = storage()?.get_item(&key(of)).ok()??;
            serde_json::from_str(&text).ok()
        })
    }

    pub(super) fn keep(self, of: &StatementOf, statement: Statement) {
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&statement)) {
            let _kept = storage.set_item(&key(of), &text);
        }
        self.0.update_value(|kept| {
            kept.insert(of.clone(), statement);
        });
    }

    pub(super) fn forget(self, of: &StatementOf) {
        if let Some(storage) = storage() {
            let _gone = storage.remove_item(&key(of));
        }
        self.0.update_value(|kept| {
            kept.remove(of);
        });
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn key((editor, item, verdict): &StatementOf) -> String {
    format!("weerklank.desk.statement.{editor}.{item}.{verdict}")
}
