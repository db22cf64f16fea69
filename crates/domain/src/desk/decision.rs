//! What an editor decides on what waits, and why.

use serde::{Deserialize, Serialize};

use super::{Kind, limits};
use crate::UnknownWord;
use crate::experience::State;

vocabulary! {
    /// What is decided. Which of them a kind of item knows, [`Kind::verdicts`] says.
    Verdict {
        /// An experience may become a column; a comment or a reply is published.
        Accept = "accept",
        /// Its sender is asked something first.
        Ask = "ask",
        /// Its sender is asked to mend something.
        Return = "return",
        /// It does not become a column, nor is it published.
        Reject = "reject",
        /// What was reported stays.
        Keep = "keep",
        /// What was reported goes.
        Remove = "remove",
        /// What somebody appealed against stays decided.
        Uphold = "uphold",
        /// What somebody appealed against is decided the other way round.
        Overturn = "overturn",
    }
}

vocabulary! {
    /// Why something is rejected or removed: the rules of `/about/moderation`, in their order.
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
    /// For a rejection or a removal.
    #[serde(default)]
    pub ground: Option<Ground>,
    /// Markdown, for who sent it: the question, what is to be mended, the facts that led to it. May be
    /// empty where it is accepted.
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
    /// For a rejection or a removal, always; else never.
    pub ground: Option<Ground>,
    /// 1 to [`limits::STATEMENT`] characters; `None` only where it is accepted.
    pub statement: Option<String>,
    pub automated: bool,
}

/// What a decision lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionFault {
    #[error("nothing of that kind is decided like that")]
    NotOfThatKind,
    #[error("a rejection or removal names the rule or law that it rests on")]
    NoGround,
    #[error("this decision needs words for who sent it")]
    NoStatement,
    #[error("the statement is longer than {} characters", limits::STATEMENT)]
    TooLong,
}

impl Decision {
    /// Every decision but an acceptance is explained (Regulation (EU) 2022/2065, articles 16(5), 17 and
    /// 20(5); rule 6 of the house).
    pub fn check(self, kind: Kind) -> Result<Decided, DecisionFault> {
        if !kind.verdicts().contains(&self.verdict) {
            return Err(DecisionFault::NotOfThatKind);
        }
        let statement = self.statement.trim();
        if statement.chars().count() > limits::STATEMENT {
            return Err(DecisionFault::TooLong);
        }
        let ground = if self.verdict.needs_ground() {
            Some(self.ground.ok_or(DecisionFault::NoGround)?)
        } else {
            None
        };
        let statement = (!statement.is_empty()).then(|| statement.to_owned());
        if statement.is_none() && self.verdict.needs_words() {
            return Err(DecisionFault::NoStatement);
        }
        Ok(Decided { verdict: self.verdict, ground, statement, automated: self.automated })
    }
}

impl Verdict {
    /// What becomes of what was sent in: the story or comment, the report, the appeal. That a report is
    /// accepted means that what it is about goes; an appeal, that the decision is turned round.
    pub const fn leads_to(self) -> State {
        match self {
            Self::Accept | Self::Remove | Self::Overturn => State::Accepted,
            Self::Ask => State::Asked,
            Self::Return => State::Returned,
            Self::Reject | Self::Keep | Self::Uphold => State::Rejected,
        }
    }

    /// Whether it names the rule or law that it rests on.
    pub const fn needs_ground(self) -> bool {
        matches!(self, Self::Reject | Self::Remove)
    }

    /// Whether it is explained to who sent it.
    pub const fn needs_words(self) -> bool {
        !matches!(self, Self::Accept)
    }
}

impl Kind {
    /// What can be decided on it, in the order in which editors are shown it.
    pub const fn verdicts(self) -> &'static [Verdict] {
        match self {
            Self::Experience => &[Verdict::Accept, Verdict::Ask, Verdict::Return, Verdict::Reject],
            Self::Comment => &[Verdict::Accept, Verdict::Reject],
            Self::Report => &[Verdict::Keep, Verdict::Remove],
            Self::Appeal => &[Verdict::Uphold, Verdict::Overturn],
            Self::Reply => &[Verdict::Accept, Verdict::Return, Verdict::Reject],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(verdict: Verdict) -> Decision {
        Decision { verdict, ground: None, statement: " Er staat een adres in. ".to_owned(), automated: false }
    }

    /// A kind on which that can be decided.
    fn kind(verdict: Verdict) -> Kind {
        *Kind::ALL.iter().find(|kind| kind.verdicts().contains(&verdict)).unwrap()
    }

    #[test]
    fn whatever_is_not_accepted_is_explained() {
        for verdict in Verdict::ALL {
            let silent =
                Decision { statement: " \n".to_owned(), ground: Some(Ground::Privacy), ..decision(*verdict) };
            let wanted = if *verdict == Verdict::Accept { Ok(()) } else { Err(DecisionFault::NoStatement) };
            assert_eq!(silent.check(kind(*verdict)).map(|_| ()), wanted, "{verdict}");
        }
    }

    #[test]
    fn what_takes_words_away_and_nothing_else_has_a_ground() {
        for verdict in Verdict::ALL {
            let takes_away = matches!(verdict, Verdict::Reject | Verdict::Remove);
            let without = decision(*verdict).check(kind(*verdict));
            assert_eq!(without.err(), takes_away.then_some(DecisionFault::NoGround), "{verdict}");
            let with = Decision { ground: Some(Ground::Law), ..decision(*verdict) };
            let decided = with.check(kind(*verdict)).unwrap();
            assert_eq!(decided.ground.is_some(), takes_away);
            assert_eq!(decided.statement.as_deref(), Some("Er staat een adres in."));
        }
    }

    #[test]
    fn each_kind_is_decided_on_in_its_own_way() {
        for kind in Kind::ALL {
            for verdict in Verdict::ALL {
                let made = Decision { ground: Some(Ground::Law), ..decision(*verdict) }.check(*kind);
                let is_known = kind.verdicts().contains(verdict);
                assert_eq!(
                    made.err(),
                    (!is_known).then_some(DecisionFault::NotOfThatKind),
                    "{kind} {verdict}"
                );
            }
            // It ends: one way or the other.
            let ends = |state| kind.verdicts().iter().any(|verdict| verdict.leads_to() == state);
            assert!(ends(State::Accepted) && ends(State::Rejected), "{kind}");
        }
    }

    #[test]
    fn a_statement_has_an_end() {
        let long = Decision { statement: "é".repeat(limits::STATEMENT + 1), ..decision(Verdict::Ask) };
        assert_eq!(long.check(Kind::Experience), Err(DecisionFault::TooLong));
        let most = Decision { statement: "é".repeat(limits::STATEMENT), ..decision(Verdict::Ask) };
        assert!(most.check(Kind::Experience).is_ok());
    }
}
