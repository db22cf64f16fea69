//! The privacy shield: finds in a story what could lead to a person, so that its sender can mask it
//! before it is sent and the desk sees what was left.
//!
//! It marks, and never changes by itself. A miss is worse than a needless mark, but a shield that
//! cries at every number is soon ignored: each rule therefore asks for a checksum, a shape that
//! nothing else has, or a word beside it that says what the number is. What it finds and what it
//! wrongly marks is measured on the sentences in `tests/shield`.
//!
//! The text is cut into tokens once; every rule walks them once and looks a bounded number of tokens
//! ahead and behind, so the time is linear in the length of the text.

mod address;
mod contact;
mod context;
mod link;
mod money;
mod names;
mod numbers;
mod people;
mod places;
mod plate;
mod reference;
mod scan;
mod uncalled;

use std::ops::Range;

pub use context::context;
use scan::Scan;
use serde::{Deserialize, Serialize};

use crate::UnknownWord;

vocabulary! {
    /// What could lead to a person.
    PersonalData {
        Email = "email",
        Phone = "phone",
        /// An address that carries a secret or names a person's own page.
        Link = "link",
        /// International bank account number (ISO 13616).
        Iban = "iban",
        /// Number of a payment card (ISO/IEC 7812).
        Card = "card",
        /// Dutch citizen service number.
        Bsn = "bsn",
        /// Street or postcode with a house number.
        Address = "address",
        LicencePlate = "licence-plate",
        /// Number of an order, a customer, an invoice, a parcel.
        Reference = "reference",
        /// Likely the name of somebody who works there.
        StaffName = "staff-name",
    }
}

/// A place in a text that could lead to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: PersonalData,
    /// Bytes of the text; begins and ends between characters.
    pub range: Range<usize>,
}

/// What in a text could lead to a person, in the order of the text, without overlap.
pub fn find(text: &str) -> Vec<Finding> {
    let mut scan = Scan::new(text);
    // What has a shape of its own comes first: what it takes, later rules do not look at.
    link::find(&mut scan);
    contact::find(&mut scan);
    money::find(&mut scan);
    plate::find(&mut scan);
    address::find(&mut scan);
    numbers::find(&mut scan);
    reference::find(&mut scan);
    names::find(&mut scan);
    scan.finish()
}

/// The text with each finding replaced by what `label` calls it, in square brackets.
///
/// # Panics
/// When the findings are of another text.
pub fn mask<'l>(text: &str, findings: &[Finding], label: impl Fn(PersonalData) -> &'l str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for finding in findings {
        masked.push_str(&text[done..finding.range.start]);
        masked.push('[');
        masked.push_str(label(finding.kind));
        masked.push(']');
        done = finding.range.end;
    }
    masked.push_str(&text[done..]);
    masked
}
