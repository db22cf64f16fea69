//! What a board tells each year of how it decides (in the spirit of Regulation (EU) 2022/2065, articles 15 and 24).
//!
//! All of it follows from lines of the audit log, so whoever has the log can work it out again.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Ground, Kind, Verdict};
use crate::UnknownWord;

vocabulary! {
    /// What is counted.
    Measure {
        /// Reports and appeals that came in, by kind.
        Received = "received",
        /// Decisions, by kind and verdict.
        Decisions = "decisions",
        /// Of those that name a ground: by kind, verdict and ground.
        Grounds = "grounds",
        /// Of all of a kind: those that something helped with that is no human.
        Automated = "automated",
        /// Minutes from when something waited until it was decided on, by kind: half took at most as long.
        MedianMinutes = "median-minutes",
    }
}

/// A decision, or its undoing, as the audit log has it. `S` names what it was made on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made<S> {
    /// In which it was made, in Amsterdam.
    pub year: i32,
    pub at: OffsetDateTime,
    pub kind: Kind,
    pub subject: S,
    pub verdict: Verdict,
    pub ground: Option<Ground>,
    pub automated: bool,
    /// Since when the subject had waited.
    pub since: Option<OffsetDateTime>,
}

/// A number, and what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    pub year: i32,
    pub measure: Measure,
    pub kind: Kind,
    pub verdict: Option<Verdict>,
    pub ground: Option<Ground>,
    pub value: u64,
}

/// All figures of all years in which something came in or was decided, the last year first; in a year by measure, kind,
/// verdict and ground. `received` says of each report and each appeal in which year it came. What was undone counts nowhere. What is nought is not there.
pub fn figures<S: Eq + Hash>(
    received: &[(i32, Kind)],
    decided: Vec<Made<S>>,
    undone: Vec<Made<S>>,
) -> Vec<Figure> {
    let mut years: BTreeMap<i32, (Vec<Kind>, Vec<Made<S>>)> = BTreeMap::new();
    for (year, kind) in received {
        years.entry(*year).or_default().0.push(*kind);
    }
    for made in standing(decided, undone) {
        years.entry(made.year).or_default().1.push(made);
    }
    years.into_iter().rev().flat_map(|(year, (received, made))| of_year(year, &received, &made)).collect()
}

/// Those that were not undone. An undoing repeats what it undoes: of what is the same, it undoes the last before it.
fn standing<S: Eq + Hash>(mut decided: Vec<Made<S>>, undone: Vec<Made<S>>) -> Vec<Made<S>> {
    decided.sort_by_key(|made| made.at);
    let mut taken_back: HashMap<_, Vec<OffsetDateTime>> = HashMap::new();
    for Made { at, kind, subject, verdict, ground, since, .. } in undone {
        taken_back.entry((kind, subject, verdict, ground, since)).or_default().push(at);
    }
    let mut standing = Vec::with_capacity(decided.len());
    // From the last: each undoing meets the last decision that it can be of.
    for made in decided.into_iter().rev() {
        let key = (made.kind, made.subject, made.verdict, made.ground, made.since);
        let undoings = taken_back.get_mut(&key);
        let undoing = undoings.and_then(|all| {
            let at = all.iter().position(|undone| *undone >= made.at)?;
            Some(all.swap_remove(at))
        });
        if undoing.is_none() {
            let (kind, subject, verdict, ground, since) = key;
            standing.push(Made { kind, subject, verdict, ground, since, ..made });
        }
    }
    standing
}

fn of_year<S>(year: i32, received: &[Kind], made: &[Made<S>]) -> Vec<Figure> {
    let count = |is_one: &dyn Fn(&Made<S>) -> bool| made.iter().filter(|made| is_one(made)).count() as u64;
    let mut figures = Vec::new();
    let mut tell = |measure, kind, verdict, ground, value| {
        if value > 0 {
            figures.push(Figure { year, measure, kind, verdict, ground, value });
        }
    };
    for kind in Kind::ALL {
        let number = received.iter().filter(|received| *received == kind).count() as u64;
        tell(Measure::Received, *kind, None, None, number);
    }
    for kind in Kind::ALL {
        for verdict in Verdict::ALL {
            let number = count(&|made| (made.kind, made.verdict) == (*kind, *verdict));
            tell(Measure::Decisions, *kind, Some(*verdict), None, number);
        }
    }
    for kind in Kind::ALL {
        for (verdict, ground) in Verdict::ALL.iter().flat_map(|v| Ground::ALL.iter().map(move |g| (*v, *g))) {
            let number =
                count(&|made| (made.kind, made.verdict, made.ground) == (*kind, verdict, Some(ground)));
            tell(Measure::Grounds, *kind, Some(verdict), Some(ground), number);
        }
    }
    for kind in Kind::ALL {
        tell(Measure::Automated, *kind, None, None, count(&|made| made.kind == *kind && made.automated));
    }
    for kind in Kind::ALL {
        let of_kind = made.iter().filter(|made| made.kind == *kind);
        let mut minutes: Vec<u64> = of_kind
            .filter_map(|made| Some((made.at - made.since?).whole_minutes().max(0).unsigned_abs()))
            .collect();
        tell(Measure::MedianMinutes, *kind, None, None, median(&mut minutes));
    }
    figures
}

/// Of two in the middle, what lies between them, rounded down; nought where there is nothing.
fn median(numbers: &mut [u64]) -> u64 {
    numbers.sort_unstable();
    match numbers {
        [] => 0,
        _ if numbers.len() % 2 == 1 => numbers[numbers.len() / 2],
        _ => u64::midpoint(numbers[numbers.len() / 2 - 1], numbers[numbers.len() / 2]),
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    /// Minutes after it waited.
    fn made(year: i32, subject: u32, minutes: i64, verdict: Verdict) -> Made<u32> {
        let since = OffsetDateTime::UNIX_EPOCH;
        Made {
            year,
            at: since + Duration::minutes(minutes),
            kind: Kind::Experience,
            subject,
            verdict,
            ground: (verdict == Verdict::Reject).then_some(Ground::Law),
            automated: subject == 9,
            since: Some(since),
        }
    }

    fn told(figures: &[Figure]) -> Vec<(i32, &str, &str, u64)> {
        let word = |figure: &Figure| figure.verdict.map_or("", Verdict::as_str);
        figures
            .iter()
            .map(|figure| (figure.year, figure.measure.as_str(), word(figure), figure.value))
            .collect()
    }

    #[test]
    fn each_year_is_told_by_itself() {
        let decided = vec![
            made(2025, 1, 10, Verdict::Accept),
            made(2026, 2, 5, Verdict::Accept),
            made(2026, 9, 100, Verdict::Reject),
            made(2026, 3, 8, Verdict::Accept),
            made(2026, 4, 9, Verdict::Ask),
        ];
        let figures =
            figures(&[(2025, Kind::Report), (2025, Kind::Report), (2024, Kind::Appeal)], decided, Vec::new());
        assert_eq!(
            told(&figures),
            [
                (2026, "decisions", "accept", 2),
                (2026, "decisions", "ask", 1),
                (2026, "decisions", "reject", 1),
                (2026, "grounds", "reject", 1),
                (2026, "automated", "", 1),
                (2026, "median-minutes", "", 8),
                (2025, "received", "", 2),
                (2025, "decisions", "accept", 1),
                (2025, "median-minutes", "", 10),
                (2024, "received", "", 1),
            ]
        );
        assert_eq!(figures[3].ground, Some(Ground::Law));
        assert!(super::figures(&[], Vec::<Made<u32>>::new(), Vec::new()).is_empty());
    }

    #[test]
    fn what_was_undone_counts_nowhere_and_what_was_decided_again_counts_once() {
        let again = |minutes| made(2026, 1, minutes, Verdict::Accept);
        // Twice decided and once undone at one moment: which of the two it was makes no difference.
        let decided = vec![again(5), again(5), made(2026, 2, 5, Verdict::Accept)];
        assert_eq!(told(&figures(&[], decided, vec![again(5)]))[0].3, 2);
        let decided = vec![again(5), again(7)];
        let left = figures(&[], decided.clone(), vec![again(6)]);
        assert_eq!(told(&left), [(2026, "decisions", "accept", 1), (2026, "median-minutes", "", 7)]);
        assert!(figures(&[], decided.clone(), vec![again(6), again(8)]).is_empty());
        // Another verdict, or one that was made later, is not what was undone.
        let others = vec![made(2026, 1, 6, Verdict::Ask), again(4)];
        assert_eq!(told(&figures(&[], decided, others))[0].3, 2);
    }
}
