//! What keeps programs from flooding the desk without asking people to solve puzzles (ADR 18).
//!
//! Nothing here refuses what looks wrong: it is stored with a mark, and an editor decides. Refused is only
//! what comes too often from one address.

mod proofs;
mod senders;
mod stamps;

use axum::http::HeaderMap;
use time::OffsetDateTime;
use weerklank_domain::experience::Mark;
use weerklank_store::{Arrival, Counted, Hash, Limit, Proof, Store, StoreError};

pub use proofs::{Proofs, Work};
pub use senders::Senders;
pub use stamps::Stamps;

use crate::{
    config::SendingConfig,
    http::client::{Peer, client_address},
    secrets::random,
};

/// Everything that looks at how something comes in.
#[derive(Debug)]
pub struct Guard {
    pub config: SendingConfig,
    pub senders: Senders,
    pub stamps: Stamps,
    pub proofs: Proofs,
}

impl Guard {
    /// With the keys of the board, made where they are not there yet. Where nothing can be written, they
    /// are of this process alone and open nothing.
    pub async fn load(store: &Store, config: SendingConfig) -> Result<Self, StoreError> {
        let key = async |purpose| match store.server_key(purpose, random()).await {
            Err(StoreError::ReadOnly(_)) => Ok(random()),
            key => key,
        };
        let (stamps, proofs) = (key("stamps").await?, key("proofs").await?);
        Ok(Self {
            senders: Senders::default(),
            stamps: Stamps::new(stamps),
            proofs: Proofs::new(&proofs, config.work),
            config,
        })
    }

    /// Counts a change of what was sent in, as often as sending in counts with a proof of work; when it may be made again,
    /// where that was too often.
    pub async fn count_change(
        &self,
        store: &Store,
        (peer, headers): (Peer, &HeaderMap),
        now: OffsetDateTime,
    ) -> Result<Option<OffsetDateTime>, StoreError> {
        let address = client_address(peer, headers, self.config.proxy.as_ref());
        let sender: Hash = self.senders.hash(store, address, now).await?;
        let limit = Limit { what: "change", soft: None, ..self.config.limit };
        Ok(match store.count_act(&limit, &sender, 1, now).await? {
            Counted::TooOften { again_at } => Some(again_at),
            Counted::Within | Counted::Often => None,
        })
    }

    /// How something came in: from whom, with which marks, and with what proof. `proof` is as the
    /// ALTCHA protocol spells it; one that is wrong, stale or missing is none.
    pub async fn arrival<'a>(
        &self,
        store: &Store,
        (peer, headers): (Peer, &HeaderMap),
        marks: &'a [Mark],
        proof: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<Arrival<'a>, StoreError> {
        let address = client_address(peer, headers, self.config.proxy.as_ref());
        let sender: Hash = self.senders.hash(store, address, now).await?;
        let proof: Option<Proof> = proof.and_then(|proof| self.proofs.check(proof, now));
        Ok(Arrival { sender, limit: self.config.limit, marks, proof })
    }
}

/// Whole seconds, at least one: for `Retry-After`.
pub fn seconds_until(then: OffsetDateTime, now: OffsetDateTime) -> u32 {
    let wait = then - now;
    let begun = i64::from(wait.subsec_nanoseconds() > 0);
    u32::try_from(wait.whole_seconds() + begun).unwrap_or(0).max(1)
}
