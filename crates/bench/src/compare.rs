//! Requests a second of two servers, in turns of one run, so that a busy machine slows both.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::ensure;

use crate::http::{Client, get};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The server that is measured
    subject: SocketAddr,
    /// The server that it is compared with
    control: SocketAddr,
    /// The page to ask for
    path: String,
    #[arg(long, default_value_t = 9)]
    rounds: u32,
    /// Of each server in each round
    #[arg(long, default_value_t = 2)]
    seconds: u64,
    #[arg(long, default_value_t = 32)]
    connections: usize,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let mut bodies = Vec::new();
    for address in [args.subject, args.control] {
        let answer = Client::connect(address).await?.ask(&get(address, &args.path), true).await?;
        ensure!(answer.status == 200, "{address} answered {}", answer.status);
        bodies.push(answer.body);
    }
    ensure!(bodies[0] == bodies[1], "the two servers do not send the same bytes");
    let (mut subject, mut control) = (Vec::new(), Vec::new());
    // The first round warms both up and is not counted.
    for round in 0..=args.rounds {
        let ours = rate(&args, args.subject).await?;
        let theirs = rate(&args, args.control).await?;
        if round > 0 {
            subject.push(ours);
            control.push(theirs);
        }
    }
    let mut ratios: Vec<f64> = subject.iter().zip(&control).map(|(ours, theirs)| ours / theirs).collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "{}",
        serde_json::json!({
            "ratio": ratios[ratios.len() / 2], "lowest": ratios[0], "highest": ratios[ratios.len() - 1],
            "rounds": args.rounds, "connections": args.connections, "bytes": bodies[0].len(),
            "subject_per_second": median(subject), "control_per_second": median(control),
        })
    );
    Ok(())
}

/// Requests a second that `address` answers.
async fn rate(args: &Args, address: SocketAddr) -> anyhow::Result<f64> {
    let request = get(address, &args.path);
    let started = Instant::now();
    let until = started + Duration::from_secs(args.seconds);
    let clients = (0..args.connections).map(|_| {
        let request = request.clone();
        tokio::spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut answered = 0_u32;
            while Instant::now() < until {
                let answer = client.ask(&request, false).await?;
                ensure!(answer.status == 200, "{address} answered {}", answer.status);
                answered += 1;
            }
            Ok::<_, anyhow::Error>(answered)
        })
    });
    let mut answered = 0.0;
    for client in clients.collect::<Vec<_>>() {
        answered += f64::from(client.await??);
    }
    Ok(answered / started.elapsed().as_secs_f64())
}

/// The middle one; of an even number, the upper of the two.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
