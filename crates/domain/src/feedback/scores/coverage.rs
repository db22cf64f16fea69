//! How often the intervals hold what is true, worked out exactly: every outcome of so many answers with its
//! probability. This is what makes them worth their name, whatever a paper says, and it is what `docs/scores.md` tells.

use super::{Figure, Interval, Nps, Share};

/// ln(n!) of 0 to `n`.
fn ln_factorials(n: u32) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums = vec![0.0];
    for factor in 1..=n {
        sum += f64::from(factor).ln();
        sums.push(sum);
    }
    sums
}

/// The probability of so many of each, where each answer is one of them with such a chance. All chances are above 0.
fn probability(ln_factorials: &[f64], counts: &[usize], chances: &[f64]) -> f64 {
    let n: usize = counts.iter().sum();
    let one = |(count, chance): (&usize, &f64)| {
        f64::from(u32::try_from(*count).unwrap()) * chance.ln() - ln_factorials[*count]
    };
    (ln_factorials[n] + counts.iter().zip(chances).map(one).sum::<f64>()).exp()
}

/// The mean and the least of what holds, over true shares of 1% to 99%.
fn of_shares(n: u32) -> (f64, f64) {
    let factorials = ln_factorials(n);
    let holds = |truth: f64| -> f64 {
        let outcomes =
            (0..=n).filter(|hits| Share::new((*hits).into(), n.into()).unwrap().interval().contains(truth));
        outcomes
            .map(|hits| {
                probability(&factorials, &[hits as usize, (n - hits) as usize], &[truth, 1.0 - truth])
            })
            .sum()
    };
    mean_and_least((1..100).map(|percent| holds(f64::from(percent) / 100.0)))
}

/// The same over true shares of promoters and of detractors of 5%, 15% and so on, with passives of 10% or more.
fn of_nps(n: u32, interval: impl Fn(Nps) -> Interval) -> (f64, f64) {
    let factorials = ln_factorials(n);
    let holds = |up: f64, down: f64| -> f64 {
        let outcomes =
            (0..=n).flat_map(|promoters| (0..=n - promoters).map(move |detractors| (promoters, detractors)));
        outcomes
            .filter_map(|(promoters, detractors)| {
                let passives = n - promoters - detractors;
                let nps = Nps::new(promoters.into(), passives.into(), detractors.into())?;
                let counts = [promoters, passives, detractors].map(|count| count as usize);
                let chances = [up, 1.0 - up - down, down];
                interval(nps)
                    .contains(100.0 * (up - down))
                    .then(|| probability(&factorials, &counts, &chances))
            })
            .sum()
    };
    let tens = || (0..10).map(|ten| f64::from(10 * ten + 5) / 100.0);
    let pairs = tens().flat_map(|up| tens().filter(move |down| up + down < 0.95).map(move |down| (up, down)));
    mean_and_least(pairs.map(|(up, down)| holds(up, down)))
}

fn mean_and_least(held: impl Iterator<Item = f64>) -> (f64, f64) {
    let (count, sum, least) = held.fold((0.0, 0.0, f64::INFINITY), |(count, sum, least), held| {
        (count + 1.0, sum + held, least.min(held))
    });
    (sum / count, least)
}

fn close((mean, least): (f64, f64), expected: (f64, f64)) {
    assert!(
        (mean - expected.0).abs() < 0.0005 && (least - expected.1).abs() < 0.0005,
        "{mean:.4} {least:.4}"
    );
}

#[test]
fn the_interval_of_a_share_holds_19_times_of_20() {
    close(of_shares(10), (0.9553, 0.9044));
    close(of_shares(30), (0.9524, 0.9298));
    close(of_shares(100), (0.9492, 0.9206));
}

#[test]
fn the_interval_of_the_nps_holds_19_times_of_20() {
    close(of_nps(10, Nps::interval), (0.9522, 0.9304));
    close(of_nps(30, Nps::interval), (0.9504, 0.9413));
}

/// What is in common use, and why it is not here.
#[test]
fn without_the_adjustment_it_does_not() {
    let plain = |nps: Nps| {
        let (estimate, n) = (nps.estimate() / 100.0, super::interval::real(nps.n()));
        let either = super::interval::real(nps.promoters() + nps.detractors()) / n;
        let reach = super::interval::Z * ((either - estimate * estimate) / n).sqrt();
        Interval { low: 100.0 * (estimate - reach), high: 100.0 * (estimate + reach) }
    };
    close(of_nps(10, plain), (0.8811, 0.7776));
}
