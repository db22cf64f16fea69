//! What an editor decides on what waits, and why.

use serde::{Deserialize, Serialize};

use super::limits;
use crate::UnknownWord;
use crate::experience::State;

vocabulary! {
    /// What is decided.
    Verdict {
        /// It may become a column.
        Accept = "accept",
        /// Its sender is asked something first.
        Ask = "ask",
        /// Its sender is asked to mend something.
        Return = "return",
        /// It does not become a column.
        Reject = "reject",
    }
}

vocabulary! {
    /// Why something is rejected: the rules of `/about/moderation`, in their order.
    Ground {
        /// Personal data of anyone.
        Privacy = "privacy",
        /// Made up, paid for, or about a competitor.
        Invented = "invented",
        /// Hatred, threats, discrimination.
        Hatred = "hatred",
        /// An accusation of a crime without facts.
        Accusation = "accusation",
        /// Advertising, or somebody else's text.
        Advertising = "advertising",
        /// What the law forbids.
        Law = "law",
        /// No experience: a trial, a repetition, nothing that can be read.
        Unusable = "unusable",
    }
}

/// A decision as an editor makes it. [`Decision::check`] is the one place where it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub verdict: Verdict,
    /// For a rejection.
    #[serde(default)]
    pub ground: Option<Ground>,
    /// Markdown, for who sent it: the question, what is to be mended, the facts that led to a
    /// rejection. May be empty where it is accepted.
    #[serde(default)]
    pub statement: String,
    /// Whether something that is no human helped to find or decide it (Regulation (EU) 2022/2065,
    /// article 17(3)(c)).
    #[serde(default)]
    pub automated: bool,
}

/// A decision that can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub verdict: Verdict,
    /// For a rejection, always; else never.
    pub ground: Option<Ground>,
    /// 1 to [`limits::STATEMENT`] characters; `None` only where it is accepted.
    pub statement: Option<String>,
    pub automated: bool,
}

/// What a decision lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionFault {
    #[error("a rejection names the rule or law that it rests on")]
    NoGround,
    #[error("this decision needs words for who sent it")]
    NoStatement,
    #[error("the statement is longer than {} characters", limits::STATEMENT)]
    TooLong,
}

impl Decision {
    /// Every decision but an acceptance is explained (Regulation (EU) 2022/2065, article 17; rule 6 of
    /// the house).
    pub fn check(self) -> Result<Decided, DecisionFault> {
        let statement = self.statement.trim();
        if statement.chars().count() > limits::STATEMENT {
            return Err(DecisionFault::TooLong);
        }
        let ground = if self.verdict == Verdict::Reject {
            Some(self.ground.ok_or(DecisionFault::NoGround)?)
        } else {
            None
        };
        let statement = (!statement.is_empty()).then(|| statement.to_owned());
        if statement.is_none() && self.verdict != Verdict::Accept {
            return Err(DecisionFault::NoStatement);
        }
        Ok(Decided { verdict: self.verdict, ground, statement, automated: self.automated })
    }
}

impl Verdict {
    /// What an experience is after it.
    pub const fn leads_to(self) -> State {
        match self {
            Self::Accept => State::Accepted,
            Self::Ask => State::Asked,
            Self::Return => State::Returned,
            Self::Reject => State::Rejected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(verdict: Verdict) -> Decision {
        Decision { verdict, ground: None, statement: " Er staat een adres in. ".to_owned(), automated: false }
    }

    #[test]
    fn whatever_is_not_accepted_is_explained() {
        for verdict in Verdict::ALL {
            let silent =
                Decision { statement: " \n".to_owned(), ground: Some(Ground::Privacy), ..decision(*verdict) };
            let wanted = if *verdict == Verdict::Accept { Ok(()) } else { Err(DecisionFault::NoStatement) };
            assert_eq!(silent.check().map(|_| ()), wanted, "{verdict}");
        }
    }

    #[test]
    fn a_rejection_and_nothing_else_has_a_ground() {
        assert_eq!(decision(Verdict::Reject).check(), Err(DecisionFault::NoGround));
        for verdict in Verdict::ALL {
            let decided = Decision { ground: Some(Ground::Law), ..decision(*verdict) }.check().unwrap();
            assert_eq!(decided.ground.is_some(), *verdict == Verdict::Reject);
            assert_eq!(decided.statement.as_deref(), Some("Er staat een adres in."));
        }
    }

    #[test]
    fn a_statement_has_an_end() {
        let long = Decision { statement: "é".repeat(limits::STATEMENT + 1), ..decision(Verdict::Ask) };
        assert_eq!(long.check(), Err(DecisionFault::TooLong));
        let most = Decision { statement: "é".repeat(limits::STATEMENT), ..decision(Verdict::Ask) };
        assert!(most.check().is_ok());
    }
}
