//! The byte budgets, which `cargo xtask size` tests.

use anyhow::Result;

use super::Subject;
use super::report::Row;
use crate::commands::size;
use crate::report::thousands;

pub fn measure(subject: &Subject) -> Result<Vec<Row>> {
    let weights = size::weigh(subject.project, &subject.server)?;
    Ok(weights
        .into_iter()
        .map(|weight| Row {
            what: weight.what.to_owned(),
            budget: format!("≤ {} bytes", thousands(weight.budget)),
            measured: thousands(weight.measured),
            is_met: weight.is_met(),
            note: weight.parts,
        })
        .collect())
}
