//! Proofs of work, by the ALTCHA protocol (version 2).
//!
//! A browser solves a challenge while somebody types, so that sending a thousand costs a thousand times
//! a second of computing. The server keeps no challenge: it signs each, and notes only which was used.

use altcha::{
    Challenge, ChallengeParameters, CreateChallengeOptions, HmacAlgorithm, Payload, VerifySolutionOptions,
    create_challenge, sign_challenge, verify_solution,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use time::{Duration, OffsetDateTime};
use weerklank_store::{Hash, Proof};

use crate::secrets;

/// Long enough for a story that is written in the evening and sent in the morning.
const VALID: Duration = Duration::seconds(weerklank_api::challenge::VALID_SECONDS as i64);

/// How much work a challenge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Rounds of PBKDF2 that a try costs. Checking costs one try.
    pub rounds: u32,
    /// What the derived key has to begin with, in hexadecimal digits: with three of them, 4,096 tries on
    /// average.
    pub prefix: &'static str,
}

impl Work {
    /// Some eight million rounds of SHA-256: a second or so of a laptop, a few of a cheap telephone.
    pub const USUAL: Self = Self { rounds: 1_000, prefix: "000" };
}

/// Makes challenges and checks what came of them.
pub struct Proofs {
    key: String,
    work: Work,
}

impl std::fmt::Debug for Proofs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proofs")
    }
}

impl Proofs {
    pub fn new(key: &Hash, work: Work) -> Self {
        Self { key: STANDARD.encode(key), work }
    }

    /// A fresh challenge.
    pub fn challenge(&self, now: OffsetDateTime) -> Result<Challenge, altcha::Error> {
        create_challenge(CreateChallengeOptions {
            cost: self.work.rounds,
            key_prefix: self.work.prefix.to_owned(),
            expires_at: Some((now + VALID).unix_timestamp()),
            hmac_signature_secret: Some(self.key.clone()),
            ..CreateChallengeOptions::default()
        })
    }

    /// What a solution proves: `None` for one that is wrong, of another's challenge, or too late.
    /// `payload` is what ALTCHA's clients send: JSON in base64.
    pub fn check(&self, payload: &str, now: OffsetDateTime) -> Option<Proof> {
        let payload: Payload = serde_json::from_slice(&STANDARD.decode(payload).ok()?).ok()?;
        let Challenge { parameters, signature } = payload.challenge;
        // Before anything is computed by what somebody says it costs. Hashes of the two are compared: how
        // long that takes says nothing about the one that is right.
        let right = self.sign(parameters.clone())?.signature?;
        if secrets::hash(&right) != secrets::hash(&signature?) {
            return None;
        }
        let expires_at = OffsetDateTime::from_unix_timestamp(parameters.expires_at?).ok()?;
        if expires_at <= now {
            return None;
        }
        // The crate would ask the system for the time, which here is an argument.
        let ageless = self.sign(ChallengeParameters { expires_at: None, ..parameters })?;
        let options = VerifySolutionOptions::new(&ageless, &payload.solution, self.key.clone());
        let is_solved = verify_solution(options).is_ok_and(|result| result.verified);
        is_solved.then(|| Proof { challenge: secrets::hash(&right), expires_at })
    }

    fn sign(&self, mut parameters: ChallengeParameters) -> Option<Challenge> {
        sign_challenge(&HmacAlgorithm::Sha256, &mut parameters, None, &self.key, None).ok()
    }
}

#[cfg(test)]
mod tests {
    use altcha::{SolveChallengeOptions, solve_challenge};

    use super::*;

    fn now() -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::days(20_000)
    }

    fn sent(challenge: &Challenge, solution: altcha::Solution) -> String {
        let payload = Payload { challenge: challenge.clone(), solution };
        STANDARD.encode(serde_json::to_vec(&payload).unwrap())
    }

    #[test]
    fn a_solution_proves_work_until_it_expires() {
        let easy = Work { rounds: 1, prefix: "00" };
        let proofs = Proofs::new(&[7; 32], easy);
        let challenge = proofs.challenge(now()).unwrap();
        let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
        let payload = sent(&challenge, solution.clone());
        let proof = proofs.check(&payload, now()).unwrap();
        assert_eq!(proof.expires_at, now() + VALID);
        assert_eq!(proofs.check(&payload, now() + VALID - Duration::SECOND), Some(proof));
        assert_eq!(proofs.check(&payload, now() + VALID), None, "too late");
        assert_eq!(Proofs::new(&[8; 32], easy).check(&payload, now()), None, "of another board");

        // Not without the work.
        let lazy = altcha::Solution { counter: solution.counter.wrapping_add(1), ..solution.clone() };
        assert_eq!(proofs.check(&sent(&challenge, lazy), now()), None);
        let made_up = altcha::Solution { derived_key: "000".repeat(20), ..solution.clone() };
        assert_eq!(proofs.check(&sent(&challenge, made_up), now()), None);
        // Nor for a challenge that somebody eased, prolonged, or made.
        let eased = |change: &dyn Fn(&mut ChallengeParameters)| {
            let mut challenge = challenge.clone();
            change(&mut challenge.parameters);
            proofs.check(&sent(&challenge, solution.clone()), now())
        };
        assert_eq!(eased(&|_| {}), Some(proof));
        assert_eq!(eased(&|parameters| parameters.key_prefix = String::new()), None);
        assert_eq!(eased(&|parameters| parameters.expires_at = Some(i64::MAX)), None);
        assert_eq!(eased(&|parameters| parameters.expires_at = None), None);
        assert_eq!(eased(&|parameters| parameters.cost = u32::MAX), None);
        let unsigned = Challenge { signature: None, ..challenge.clone() };
        assert_eq!(proofs.check(&sent(&unsigned, solution.clone()), now()), None);
        for odd in ["", "x", "e30=", &STANDARD.encode("[".repeat(20_000)), &payload[1..]] {
            assert_eq!(proofs.check(odd, now()), None, "{odd}");
        }
    }
}
