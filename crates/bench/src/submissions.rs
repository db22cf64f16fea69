//! What readers send in, acknowledged a second, by our server and by Isso: one client for both, in
//! turns of one run, so that a busy machine or disk slows both.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::ensure;
use serde_json::json;

use crate::{
    compare::median,
    http::{Client, post},
};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Our server, which takes experiences and refuses none
    subject: SocketAddr,
    /// Isso, without its guard and without moderation
    isso: SocketAddr,
    /// Rounds that count; one more goes before them
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Of each server in each round
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    #[arg(long, default_value_t = 16)]
    clients: usize,
}

/// Whom it is sent to.
#[derive(Debug, Clone, Copy)]
enum Taker {
    Weerklank,
    Isso,
}

/// Numbers of the texts, none of which is sent twice.
type Numbers = Arc<AtomicU64>;

pub async fn run(args: Args) -> anyhow::Result<()> {
    let numbers = Numbers::default();
    let both = [(Taker::Weerklank, args.subject), (Taker::Isso, args.isso)];
    for (taker, address) in both {
        // Isso makes the thread with its first comment, and two at once would both make it.
        send(&mut Client::connect(address).await?, taker, address, &numbers).await?;
    }
    let mut rates = [Vec::new(), Vec::new()];
    // The first round warms both up and is not counted.
    for round in 0..=args.rounds {
        for ((taker, address), rates) in both.into_iter().zip(&mut rates) {
            let rate = rate(&args, taker, address, &numbers).await?;
            if round > 0 {
                rates.push(rate);
            }
        }
    }
    let [ours, isso] = rates;
    println!("{}", found(&args, &ours, &isso));
    Ok(())
}

/// Submissions a second that were acknowledged.
async fn rate(args: &Args, taker: Taker, address: SocketAddr, numbers: &Numbers) -> anyhow::Result<f64> {
    let started = Instant::now();
    let until = started + Duration::from_secs(args.seconds);
    let clients = (0..args.clients).map(|_| {
        let numbers = Arc::clone(numbers);
        tokio::spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut acknowledged = 0_u32;
            while Instant::now() < until {
                send(&mut client, taker, address, &numbers).await?;
                acknowledged += 1;
            }
            Ok::<_, anyhow::Error>(acknowledged)
        })
    });
    let mut acknowledged = 0.0;
    for client in clients.collect::<Vec<_>>() {
        acknowledged += f64::from(client.await??);
    }
    Ok(acknowledged / started.elapsed().as_secs_f64())
}

async fn send(
    client: &mut Client,
    taker: Taker,
    address: SocketAddr,
    numbers: &Numbers,
) -> anyhow::Result<()> {
    let answer = client.ask(&request(taker, address, numbers.fetch_add(1, Ordering::Relaxed)), true).await?;
    ensure!(
        answer.status == 201,
        "{taker:?} answered {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    Ok(())
}

/// The same words for both, nobody's address, nothing that one has and the other has not.
fn request(taker: Taker, address: SocketAddr, number: u64) -> Vec<u8> {
    let story = format!(
        "Verhaal {number}. De kast kwam een week later dan beloofd, en er ontbrak een plank. Aan de telefoon werd \
         meteen een nieuwe toegezegd, die twee dagen daarna in de bus lag. Over de late levering is niets meer gezegd."
    );
    match taker {
        Taker::Weerklank => {
            let draft = json!({"negative": {"story": story}, "lang": "nl"});
            post(address, "/api/v1/experiences", None, &draft)
        }
        Taker::Isso => {
            // With a title, Isso does not ask the page for it.
            post(address, "/new?uri=%2Fverhalen%2F", None, &json!({"text": story, "title": "Verhalen"}))
        }
    }
}

/// Rates of the rounds, as `xtask` reads them.
fn found(args: &Args, ours: &[f64], isso: &[f64]) -> serde_json::Value {
    let spread = |rates: &[f64]| {
        let least = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let most = rates.iter().copied().fold(0.0, f64::max);
        [median(rates.to_vec()), least, most]
    };
    let (ours, isso) = (spread(ours), spread(isso));
    json!({
        "ratio": ours[0] / isso[0], "subject_per_second": ours, "isso_per_second": isso,
        "rounds": args.rounds, "seconds": args.seconds, "clients": args.clients,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 80);

    #[test]
    fn both_get_the_same_words_and_each_request_new_ones() {
        let story = |taker, number| {
            let request = String::from_utf8(request(taker, ADDRESS, number)).unwrap();
            let body: serde_json::Value =
                serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
            match taker {
                Taker::Weerklank => body["negative"]["story"].clone(),
                Taker::Isso => body["text"].clone(),
            }
        };
        assert_eq!(story(Taker::Weerklank, 1), story(Taker::Isso, 1));
        assert_ne!(story(Taker::Isso, 1), story(Taker::Isso, 2));
        assert!(story(Taker::Isso, 1).is_string());
    }

    #[test]
    fn medians_are_compared_not_single_rounds() {
        let args = Args { subject: ADDRESS, isso: ADDRESS, rounds: 3, seconds: 1, clients: 16 };
        let found = found(&args, &[900.0, 100.0, 600.0], &[20.0, 30.0, 1.0]);
        assert_eq!(found["ratio"], 30.0);
        assert_eq!(found["subject_per_second"], json!([600.0, 100.0, 900.0]));
        assert_eq!(found["isso_per_second"], json!([20.0, 1.0, 30.0]));
    }
}
