//! Answers to an invented shop, for a board to look at: the same ones each time, of the last eight weeks.

use anyhow::Context as _;
use time::{Duration, OffsetDateTime};
use weerklank_domain::feedback::{
    FirstDraft, FormLang, OptionDraft, OwnDraft, Question, RestDraft,
    site::{SiteDraft, SiteKey},
    token::Round,
};
use weerklank_store::{Gave, NewFeedback, NewSigningKey, Store, StoredSite};

use crate::{clock::day_in_amsterdam, invitations::new_signing_key, secrets};

/// How many answers there are.
pub const COUNT: u32 = 72;

/// Among the sample columns there are some about it.
const SHOP: &str = "Lampenloods Lumeta";
/// A site's key is public; this one is the same on every board with samples, so that a page of an example finds it.
const KEY: [u8; 10] = *b"lampenlood";
/// Where `cargo xtask run` serves its shop.
const ORIGINS: [&str; 2] = ["http://127.0.0.1:8081", "http://localhost:8081"];

const SCORES: [&str; 12] = ["5", "4", "5", "2", "4", "5", "3", "5", "1", "4", "5", "4"];
const MOMENTS: [&str; 5] = ["contact", "delivery", "return", "contact", "warranty"];
const PEOPLE: [(&str, &str); 3] =
    [("Noor (voorbeeld)", "Telefoon"), ("Bas (voorbeeld)", "Mail"), ("Ilse (voorbeeld)", "Mail")];
const TAGS: [&str; 4] = ["spoed", "", "tweede keer, spoed", ""];
const LANGS: [&str; 5] = ["nl", "nl", "en", "nl", "de"];
/// By score; what is between says nothing.
const LOW: [&str; 3] = [
    "Drie keer hetzelfde verteld, en de lamp is er nog niet.",
    "Ik zou worden teruggebeld. Dat was maandag.",
    "The shade arrived in two colours. Neither was mine.",
];
const HIGH: [&str; 4] = [
    "Binnen vijf minuten geregeld, en nog een tip over de lamp ook.",
    "Eindelijk iemand die doorvroeg.",
    "They rang before I did. Lovely.",
    "",
];

/// Makes the shop, its site and its answers where they are not there yet; a run that was broken off is taken further.
pub async fn fill(store: &Store, now: OffsetDateTime) -> anyhow::Result<StoredSite> {
    let site = site(store, now).await?;
    for number in 0..COUNT {
        answer(store, &site, number, now).await?;
    }
    Ok(site)
}

async fn site(store: &Store, now: OffsetDateTime) -> anyhow::Result<StoredSite> {
    let key = SiteKey::new(KEY);
    if let Some(site) = store.site_by_key(&key).await? {
        return Ok(site);
    }
    let (shop, _) = store.add_shop(SHOP, now).await?;
    // What opens or signs something is never the same on two boards.
    let (id, secret) = new_signing_key();
    let signing = NewSigningKey { id: &id, secret: secret.as_bytes() };
    let site = draft().check().map_err(|faults| anyhow::anyhow!("the sample site: {faults:?}"))?;
    store.add_site(shop.id, (&key, "Klantenservice", &site), &signing, now).await?;
    store.site_by_key(&key).await?.context("the sample site went")
}

fn draft() -> SiteDraft {
    let words = |nl: &str, en: &str| [("nl", nl), ("en", en)].map(|(lang, text)| (lang.into(), text.into()));
    let option = |name: &str, nl, en| OptionDraft { name: name.to_owned(), words: words(nl, en).into() };
    SiteDraft {
        origins: ORIGINS.map(str::to_owned).into(),
        question: Question::Csat.to_string(),
        lang: FormLang::Nl.to_string(),
        own: vec![OwnDraft {
            name: "opgelost".to_owned(),
            shape: "choice".to_owned(),
            words: words("Is het opgelost?", "Was it solved?").into(),
            options: vec![option("ja", "Ja", "Yes"), option("nog-niet", "Nog niet", "Not yet")],
            ..OwnDraft::default()
        }],
        ..SiteDraft::default()
    }
}

async fn answer(store: &Store, site: &StoredSite, number: u32, now: OffsetDateTime) -> anyhow::Result<()> {
    let of = |every: u32| (number / every) as usize;
    let pick = |words: &[&str], every: u32| words[of(every) % words.len()].to_owned();
    let value = pick(&SCORES, 1);
    let (agent, team) = PEOPLE[of(1) % PEOPLE.len()];
    let comment = match value.as_str() {
        "1" | "2" => pick(&LOW, 4),
        "5" => pick(&HIGH, 3),
        _ => String::new(),
    };
    let first = FirstDraft {
        lang: pick(&LANGS, 2),
        ticket: format!("VOORBEELD-{}", 1_001 + number),
        moment: pick(&MOMENTS, 1),
        agent: agent.to_owned(),
        team: team.to_owned(),
        tags: FirstDraft::split_tags(&pick(&TAGS, 1)),
        score: value.clone(),
    };
    let rest = RestDraft {
        ratings: [(first.moment.clone(), value.clone())].into(),
        answers: [("opgelost".to_owned(), if value.as_str() > "2" { "ja" } else { "nog-niet" }.to_owned())]
            .into(),
        comment: Some(comment),
        story: Some(number.is_multiple_of(9)),
        ..RestDraft::default()
    };
    let question = site.site.question;
    let first = first.check(question, site.site.lang).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let rest = rest.check(question, &site.site.own).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    // The newest an hour ago, the oldest eight weeks.
    let at = now - Duration::hours(1) - Duration::minutes(i64::from(COUNT - 1 - number) * 1_120);
    let new = NewFeedback {
        site,
        first: &first,
        rest: &rest,
        round: Round::FIRST,
        verified: number.is_multiple_of(3),
        // Nobody has the token.
        edit: secrets::random(),
        key: secrets::hash(&format!("sample-{number}")),
        request: secrets::hash("sample"),
        day: day_in_amsterdam(at),
        sender: None,
    };
    match store.give_feedback(&new, at).await? {
        Gave::New(_) | Gave::Again(_) => Ok(()),
        other => anyhow::bail!("a sample answer was not taken: {other:?}"),
    }
}
