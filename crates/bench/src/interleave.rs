//! Two editors at one item: both claim, take over, let go, decide and undo in any order, and nothing may be
//! decided twice.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use serde_json::json;
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::{sync::Semaphore, task::JoinSet};
use uuid::Uuid;
use weerklank_domain::{
    Date, Lang,
    desk::{Decided, Role, Verdict, limits},
    experience::{Draft, DraftHalf, Experience},
};
use weerklank_store::{
    Arrival, Carried, Hash, Invitation, Invited, Limit, NewExperience, Received, Store, Undone,
};
use weerklank_test_support::database::TestDatabase;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// `sqlite` or `postgres`
    #[arg(value_parser = ["sqlite", "postgres"])]
    database: String,
    /// Items, each with an order of its own
    #[arg(long, default_value_t = 10_000)]
    rounds: u64,
    /// The same orders again
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Items at a time; what happens to one waits for what happens to others, as at a desk.
const TOGETHER: usize = 32;
/// What each of the two does.
const STEPS: u64 = 5;
const NOON: OffsetDateTime = datetime!(2026-11-21 12:00 UTC);

/// What happened to one item.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    decided: u64,
    undone: u64,
    /// More than one decision that holds, or another number than was told.
    double: u64,
}

pub async fn run(args: Args) -> anyhow::Result<()> {
    let database = match args.database.as_str() {
        "postgres" => TestDatabase::postgres().await,
        _ => TestDatabase::sqlite().await,
    };
    let store = database.store.clone();
    let editors = [editor(&store, "anna").await?, editor(&store, "bram").await?];
    let room = Arc::new(Semaphore::new(TOGETHER));
    let mut rounds = JoinSet::new();
    for round in 0..args.rounds {
        let place = Arc::clone(&room).acquire_owned().await?;
        let (store, seed) = (store.clone(), args.seed);
        rounds.spawn(async move {
            let tally = Box::pin(one(&store, editors, round, seed)).await;
            drop(place);
            tally
        });
    }
    let mut all = Tally::default();
    while let Some(tally) = rounds.join_next().await {
        let tally = tally??;
        all.decided += tally.decided;
        all.undone += tally.undone;
        all.double += tally.double;
    }
    // Where hardly anything is decided, nothing is shown.
    ensure!(all.decided > args.rounds / 4, "{} decisions in {} rounds", all.decided, args.rounds);
    let Tally { decided, undone, double } = all;
    println!(
        "{}",
        json!({"database": args.database, "rounds": args.rounds, "seed": args.seed, "decided": decided,
            "undone": undone, "double": double})
    );
    Ok(())
}

async fn editor(store: &Store, name: &str) -> anyhow::Result<Uuid> {
    let email = format!("{name}@voorbeeld.example").parse().context("an address of our own")?;
    let link = name.bytes().cycle().take(32).collect::<Vec<_>>();
    let invitation = Invitation {
        email: &email,
        name,
        role: Role::Chief,
        lang: Lang::Nl,
        link: link.try_into().map_err(|_| anyhow::anyhow!("32 bytes"))?,
        until: NOON,
        by: None,
    };
    Ok(match store.invite(&invitation, NOON).await? {
        Invited::New(editor) | Invited::Known(editor) => editor.id,
    })
}

/// One item, from its coming in to what holds in the end.
async fn one(store: &Store, editors: [Uuid; 2], round: u64, seed: u64) -> anyhow::Result<Tally> {
    let item = send_in(store, round).await?;
    let mut both = JoinSet::new();
    for (number, editor) in (0..).zip(editors) {
        let (store, random) = (store.clone(), Random(seed ^ (round << 8) ^ (number << 4)));
        both.spawn(async move { Box::pin(work(&store, item, editor, random)).await });
    }
    let mut tally = Tally::default();
    while let Some(done) = both.join_next().await {
        let (decided, undone) = done??;
        tally.decided += decided;
        tally.undone += undone;
    }
    let whole = store.queue_item(item).await?.context("the item is there")?;
    let holds = whole.decisions.len() as u64;
    let told = tally.decided - tally.undone;
    tally.double = u64::from(holds > 1 || holds != told || (holds == 1) != whole.item.waits_since.is_none());
    Ok(tally)
}

/// What one of the two does, by chance.
async fn work(store: &Store, item: Uuid, editor: Uuid, mut random: Random) -> anyhow::Result<(u64, u64)> {
    let (mut decided, mut undone, mut last) = (0, 0, None);
    for _ in 0..STEPS {
        // Now, a little later, and so much later that a claim has run out.
        let later = [0, 5, 60 * limits::CLAIM_MINUTES][random.below(3)];
        let now = NOON + Duration::seconds(later);
        for _ in 0..random.below(4) {
            tokio::task::yield_now().await;
        }
        match random.below(8) {
            0 | 1 => drop(store.claim(item, editor, false, now).await?),
            2 => drop(store.claim(item, editor, true, now).await?),
            3 => drop(store.release(item, editor, now).await?),
            4 => {
                if let Some(decision) = last.take()
                    && store.undo(decision, editor, None, now).await? == Undone::Done
                {
                    undone += 1;
                }
            }
            _ => {
                let version = match random.below(2) {
                    0 => 1,
                    _ => store.queue_item(item).await?.map_or(1, |whole| whole.item.version),
                };
                let verdict = [Verdict::Accept, Verdict::Reject][random.below(2)];
                let accept = Decided { verdict, ground: None, statement: None, automated: false };
                let done = Box::pin(store.decide((item, version), editor, &accept, &[], now)).await?;
                if let Carried::Done { decision, .. } = done {
                    decided += 1;
                    last = Some(decision);
                }
            }
        }
    }
    Ok((decided, undone))
}

async fn send_in(store: &Store, round: u64) -> anyhow::Result<Uuid> {
    let key = |sort: u8| -> Hash {
        let mut key = [sort; 32];
        key[..8].copy_from_slice(&round.to_be_bytes());
        key
    };
    let experience = story(round)?;
    let limit = Limit { what: "share", within: Duration::HOUR, soft: None, hard: None };
    let new = NewExperience {
        experience: &experience,
        secret: key(1),
        key: key(2),
        request: key(3),
        confirm: None,
        arrival: Arrival { sender: key(4), limit, marks: &[], proof: None },
    };
    match Box::pin(store.receive_experience(&new, NOON)).await? {
        Received::New(id) => Ok(id),
        other => anyhow::bail!("{other:?}"),
    }
}

fn story(round: u64) -> anyhow::Result<Experience> {
    let negative = DraftHalf { story: format!("Verhaal {round}."), ..DraftHalf::default() };
    let today = Date::new(2026, 11, 21).context("a day of the calendar")?;
    let checked = Draft { negative, ..Draft::default() }.check(today);
    checked.map_err(|faults| anyhow::anyhow!("{faults:?}"))
}

/// SplitMix64 (Steele, Lea and Flood 2014): numbers that look random and come again with the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end).unwrap_or_default()
    }
}
