use std::collections::BTreeSet;

use time::Duration;
use uuid::Uuid;
use weerklank_domain::feedback::scores::Grouping;
use weerklank_domain::feedback::site::{KeyId, Site, SiteDraft, SiteKey};
use weerklank_domain::feedback::token::Round;
use weerklank_domain::feedback::{
    Answer, Change, First, FirstDraft, FormLang, OptionDraft, OwnDraft, Question, Rest, RestDraft, Score,
};
use weerklank_store::{
    Added, CHANGEABLE, FeedbackCursor, FeedbackFilter, Gave, Hash, Limit, NewFeedback, NewSigningKey, SentBy,
    StoredFeedback, StoredSite,
};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::{day, now};

on_every_database!(
    what_was_answered_comes_back,
    the_same_key_stores_one,
    a_hundred_answers_for_a_ticket_are_one,
    a_hundred_sendings_with_one_key_are_one,
    what_a_token_proved_and_what_a_page_says_are_two,
    what_changes_is_kept_and_leads_back,
    what_is_over_is_not_changed,
    who_only_names_a_ticket_reads_nothing,
    too_much_from_one_address_is_refused,
    another_shop_finds_nothing,
    a_list_goes_on_where_it_ended,
    tallies_are_those_of_the_list,
);

pub fn hash(number: u32) -> Hash {
    let mut hash = [7; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    hash
}

/// With a question of its own, words and looks.
pub fn site() -> Site {
    let words = |text: &str| [("nl".to_owned(), text.to_owned())].into();
    let option = |name: &str| OptionDraft { name: name.to_owned(), words: words(name) };
    let draft = SiteDraft {
        origins: vec!["https://winkel.example".to_owned(), "http://localhost:8081".to_owned()],
        question: "csat".to_owned(),
        lang: "nl".to_owned(),
        own: vec![
            OwnDraft {
                name: "kanaal".to_owned(),
                shape: "choice".to_owned(),
                words: words("Hoe?"),
                options: vec![option("bellen"), option("mailen")],
                ..OwnDraft::default()
            },
            OwnDraft {
                name: "wens".to_owned(),
                shape: "text".to_owned(),
                words: words("Wat nog?"),
                most: "200".to_owned(),
                ..OwnDraft::default()
            },
        ],
        words: [("nl".to_owned(), [("thanks".to_owned(), "Dank u wel!".to_owned())].into())].into(),
        ..SiteDraft::default()
    };
    draft.check().unwrap()
}

/// A site of a shop, both named by a number.
pub async fn a_site(db: &TestDatabase, number: u8) -> StoredSite {
    let (shop, _) = db.store.add_shop(&format!("Winkel {number}"), now(0)).await.unwrap();
    let (key, id) = (SiteKey::new([number; 10]), KeyId::new([number; 5]));
    let signing = NewSigningKey { id: &id, secret: b"een geheim" };
    db.store.add_site(shop.id, (&key, "Klantenservice", &site()), &signing, now(0)).await.unwrap();
    db.store.site_by_key(&key).await.unwrap().unwrap()
}

fn first(score: &str, ticket: &str) -> First {
    let draft = FirstDraft {
        score: score.to_owned(),
        ticket: ticket.to_owned(),
        moment: "contact".to_owned(),
        agent: "Noor".to_owned(),
        tags: vec!["spoed".to_owned(), "belde".to_owned()],
        ..FirstDraft::default()
    };
    draft.check(Question::Csat, FormLang::Nl).unwrap()
}

fn rest(draft: &RestDraft) -> Rest {
    draft.check(Question::Csat, &site().own).unwrap()
}

fn much() -> Rest {
    rest(&RestDraft {
        ratings: [("contact".to_owned(), "5".to_owned()), ("delivery".to_owned(), "2".to_owned())].into(),
        answers: [("kanaal".to_owned(), "bellen".to_owned()), ("wens".to_owned(), "Taart".to_owned())].into(),
        comment: Some("Fijn geholpen.".to_owned()),
        story: Some(true),
        ..RestDraft::default()
    })
}

/// Of the given number, which has its own key and token, from an address that may send as much as it likes.
fn new<'a>(number: u32, site: &'a StoredSite, first: &'a First, rest: &'a Rest) -> NewFeedback<'a> {
    NewFeedback {
        site,
        first,
        rest,
        round: Round::FIRST,
        verified: false,
        edit: hash(number + 10_000),
        key: hash(number),
        request: hash(number + 20_000),
        day: day("2026-11-21"),
        sender: None,
    }
}

async fn give(db: &TestDatabase, new: &NewFeedback<'_>) -> Gave {
    db.store.give_feedback(new, now(0)).await.unwrap()
}

pub async fn list(db: &TestDatabase, shop: Uuid) -> Vec<StoredFeedback> {
    db.store.feedback(shop, &FeedbackFilter::default(), None, 1_000).await.unwrap().items
}

/// A row in every table.
pub async fn answer_everything(db: &TestDatabase) {
    let site = a_site(db, 1).await;
    db.store.add_api_key(site.shop_id, &hash(1), now(0)).await.unwrap();
    give(db, &new(1, &site, &first("4", "T-1"), &much())).await;
    let other = rest(&RestDraft { score: Some("2".to_owned()), ..RestDraft::default() });
    assert_eq!(db.store.add_feedback(&hash(10_001), &other, now(1)).await.unwrap(), Added::Done);
}

async fn what_was_answered_comes_back(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (first, rest) = (first("4", "T-1001"), much());
    let Gave::New(id) = give(&db, &new(1, &site, &first, &rest)).await else { panic!("not new") };
    let (answer, _) = Answer::of(first.score).merge(&rest);
    let expected = StoredFeedback {
        id,
        site: site.key.clone(),
        ticket: first.ticket.clone(),
        round: Round::FIRST,
        verified: false,
        lang: FormLang::Nl,
        moment: first.moment,
        agent: first.agent.clone(),
        team: None,
        tags: first.tags.clone(),
        answer: answer.clone(),
        first_on: day("2026-11-21"),
        first_at: now(0),
        changed_at: now(0),
    };
    assert_eq!(list(&db, site.shop_id).await, [expected]);
    let own = db.store.own_feedback(&hash(10_001)).await.unwrap().unwrap();
    assert_eq!((own.answer, own.site), (answer, site.clone()));
    assert_eq!(own.changeable_until, now(0) + CHANGEABLE);
    assert_eq!(db.store.change_seq().await.unwrap(), 1, "no public page changes but the shop's");
    assert_eq!(db.store.own_feedback(&hash(1)).await.unwrap(), None);
}

async fn the_same_key_stores_one(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (first, none) = (first("4", ""), Rest::default());
    let new = new(1, &site, &first, &none);
    let Gave::New(id) = give(&db, &new).await else { panic!("not new") };
    assert_eq!(give(&db, &new).await, Gave::Again(id));
    assert_eq!(give(&db, &NewFeedback { request: hash(9), ..new }).await, Gave::KeyTaken);
    assert_eq!(list(&db, site.shop_id).await.len(), 1);
    let history = db.store.feedback_by_id(site.shop_id, id).await.unwrap().unwrap().history;
    assert_eq!(history, [], "a retry changes nothing");
    // Without a ticket each is another.
    let other = NewFeedback { key: hash(2), edit: hash(3), ..new };
    assert!(matches!(give(&db, &other).await, Gave::New(_)));
}

/// So many at once, each in its own way.
async fn at_once(db: &TestDatabase, site: &StoredSite, make: impl Fn(u32) -> (u32, First)) -> Vec<Gave> {
    let giving: Vec<_> = (0..100)
        .map(|number| {
            let ((key, first), site, store) = (make(number), site.clone(), db.store.clone());
            tokio::spawn(async move {
                store.give_feedback(&new(key, &site, &first, &Rest::default()), now(0)).await.unwrap()
            })
        })
        .collect();
    let mut gave = Vec::new();
    for one in giving {
        gave.push(one.await.unwrap());
    }
    gave
}

async fn a_hundred_answers_for_a_ticket_are_one(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let gave = at_once(&db, &site, |number| (number, first(&(number % 5 + 1).to_string(), "T-1001"))).await;
    let ids: BTreeSet<Uuid> = gave
        .iter()
        .map(|gave| match gave {
            Gave::New(id) | Gave::Joined(id) => *id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(gave.iter().filter(|gave| matches!(gave, Gave::New(_))).count(), 1);
    let all = list(&db, site.shop_id).await;
    assert_eq!(all.iter().map(|one| one.id).collect::<BTreeSet<_>>(), ids);
    assert_eq!(all.len(), 1);
    // Every token opens it, and the history leads from each score to the next.
    for number in 0..100 {
        assert!(db.store.own_feedback(&hash(10_000 + number)).await.unwrap().is_some(), "{number}");
    }
    let whole = db.store.feedback_by_id(site.shop_id, all[0].id).await.unwrap().unwrap();
    let mut answer = whole.feedback.answer;
    for (_, changes) in whole.history.iter().rev() {
        let [Change::Score { to, .. }] = changes.as_slice() else { panic!("{changes:?}") };
        assert_eq!(*to, answer.score);
        answer = answer.before(changes);
    }
    // A ticket that was opened again is answered again.
    let (again, none) = (first("1", "T-1001"), Rest::default());
    let again = NewFeedback { round: Round::new(2).unwrap(), ..new(500, &site, &again, &none) };
    assert!(matches!(give(&db, &again).await, Gave::New(_)));
}

async fn a_hundred_sendings_with_one_key_are_one(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    for ticket in ["", "T-1"] {
        let gave = at_once(&db, &site, |_| (if ticket.is_empty() { 1 } else { 2 }, first("4", ticket))).await;
        let stored = gave.iter().filter(|gave| matches!(gave, Gave::New(_))).count();
        let again = gave.iter().filter(|gave| matches!(gave, Gave::Again(_))).count();
        assert_eq!((stored, again), (1, 99), "{gave:?}");
    }
    assert_eq!(list(&db, site.shop_id).await.len(), 2);
}

async fn what_a_token_proved_and_what_a_page_says_are_two(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (first, none) = (first("4", "T-1"), Rest::default());
    let said = new(1, &site, &first, &none);
    assert!(matches!(give(&db, &said).await, Gave::New(_)));
    let proved = NewFeedback { verified: true, ..new(2, &site, &first, &none) };
    assert!(matches!(give(&db, &proved).await, Gave::New(_)));
    // Another shop's ticket of the same name, too.
    let other = a_site(&db, 2).await;
    assert!(matches!(give(&db, &new(3, &other, &first, &none)).await, Gave::New(_)));
    assert_eq!(list(&db, site.shop_id).await.len(), 2);
    // And another question is another answer: scales never mix.
    let nps = FirstDraft { score: "9".to_owned(), ticket: "T-1".to_owned(), ..FirstDraft::default() };
    let nps = nps.check(Question::Nps, FormLang::Nl).unwrap();
    assert!(matches!(give(&db, &new(4, &site, &nps, &none)).await, Gave::New(_)));
}

async fn what_changes_is_kept_and_leads_back(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (first, much) = (first("4", ""), much());
    let Gave::New(id) = give(&db, &new(1, &site, &first, &much)).await else { panic!("not new") };
    let begun = list(&db, site.shop_id).await[0].answer.clone();
    let edit = hash(10_001);
    let add = async |rest: &Rest, seconds| db.store.add_feedback(&edit, rest, now(seconds)).await.unwrap();
    // The same again is nothing.
    assert_eq!(add(&much, 5).await, Added::Done);
    assert_eq!(list(&db, site.shop_id).await[0].changed_at, now(0));
    let other = rest(&RestDraft {
        score: Some("1".to_owned()),
        ratings: [("contact".to_owned(), String::new()), ("delivery".to_owned(), "1".to_owned())].into(),
        answers: [("kanaal".to_owned(), String::new()), ("wens".to_owned(), "Bloemen".to_owned())].into(),
        comment: Some("Toch niet.".to_owned()),
        story: Some(false),
    });
    assert_eq!(add(&other, 10).await, Added::Done);
    let silent = rest(&RestDraft {
        ratings: [("payment".to_owned(), "3".to_owned())].into(),
        comment: Some(String::new()),
        ..RestDraft::default()
    });
    assert_eq!(add(&silent, 20).await, Added::Done);

    let whole = db.store.feedback_by_id(site.shop_id, id).await.unwrap().unwrap();
    let expected = begun.merge(&other).0.merge(&silent).0;
    assert_eq!(whole.feedback.answer, expected);
    assert_eq!((whole.feedback.first_at, whole.feedback.changed_at), (now(0), now(20)));
    let at: Vec<_> = whole.history.iter().map(|(at, _)| *at).collect();
    assert_eq!(at, [now(10), now(20)]);
    let mut answer = expected;
    for (_, changes) in whole.history.iter().rev() {
        answer = answer.before(changes);
    }
    assert_eq!(answer, begun, "nothing of what was said is lost");
    assert_eq!(db.store.add_feedback(&hash(4), &other, now(30)).await.unwrap(), Added::Nobody);
}

async fn what_is_over_is_not_changed(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (asked, none) = (first("4", "T-1"), Rest::default());
    give(&db, &new(1, &site, &asked, &none)).await;
    let before = list(&db, site.shop_id).await;
    let over = now(0) + CHANGEABLE;
    assert_eq!(db.store.add_feedback(&hash(10_001), &much(), over).await.unwrap(), Added::TooLate);
    let other = first("1", "T-1");
    let late = db.store.give_feedback(&new(2, &site, &other, &none), over).await.unwrap();
    assert_eq!(late, Gave::TooLate);
    assert_eq!(list(&db, site.shop_id).await, before);
    let last = over - Duration::SECOND;
    assert_eq!(db.store.add_feedback(&hash(10_001), &much(), last).await.unwrap(), Added::Done);
}

async fn who_only_names_a_ticket_reads_nothing(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (asked, much, none) = (first("4", "T-1"), much(), Rest::default());
    let own =
        async |number: u32| db.store.own_feedback(&hash(10_000 + number)).await.unwrap().unwrap().answer;
    for (number, verified) in [(1, false), (3, true)] {
        let one = NewFeedback { verified, ..new(number, &site, &asked, &much) };
        assert!(matches!(give(&db, &one).await, Gave::New(_)));
        let two = NewFeedback { verified, ..new(number + 1, &site, &asked, &none) };
        assert!(matches!(give(&db, &two).await, Gave::Joined(_)));
    }
    let (whole, score) = (Answer::of(asked.score).merge(&much).0, Answer::of(asked.score));
    assert_eq!([own(1).await, own(2).await], [whole.clone(), score]);
    assert_eq!([own(3).await, own(4).await], [whole.clone(), whole], "a token proves that it is theirs");
}

async fn too_much_from_one_address_is_refused(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (free, none) = (first("4", ""), Rest::default());
    let limit = Limit { what: "feedback", within: Duration::HOUR, soft: None, hard: Some(2) };
    let sender = Some(SentBy { address: hash(0), limit });
    let mut stored = 0;
    for number in 0..4 {
        match give(&db, &NewFeedback { sender, ..new(number, &site, &free, &none) }).await {
            Gave::New(_) => stored += 1,
            Gave::TooOften { again_at } => assert_eq!(again_at, now(3_600)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((stored, list(&db, site.shop_id).await.len()), (2, 2));
    // A retry of what is stored is not one more, and what is there may be changed.
    assert!(matches!(
        give(&db, &NewFeedback { sender, ..new(0, &site, &free, &none) }).await,
        Gave::Again(_)
    ));
    let ticket = first("4", "T-1");
    assert!(matches!(give(&db, &new(10, &site, &ticket, &none)).await, Gave::New(_)));
    let joined = NewFeedback { sender, ..new(11, &site, &ticket, &none) };
    assert!(matches!(give(&db, &joined).await, Gave::Joined(_)));

    // One answer can be changed two hundred times a day.
    let mut changed = 0;
    for number in 0..201_u32 {
        let score = (if number.is_multiple_of(2) { "1" } else { "2" }).to_owned();
        let rest = rest(&RestDraft { score: Some(score), ..RestDraft::default() });
        match db.store.add_feedback(&hash(10_000), &rest, now(0)).await.unwrap() {
            Added::Done => changed += 1,
            Added::TooOften { .. } => assert_eq!(changed, 200),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(changed, 200);
}

async fn another_shop_finds_nothing(db: TestDatabase) {
    let (one, two) = (a_site(&db, 1).await, a_site(&db, 2).await);
    let (first, none) = (first("4", "T-1"), Rest::default());
    let Gave::New(id) = give(&db, &new(1, &one, &first, &none)).await else { panic!("not new") };
    let key = db.store.add_api_key(one.shop_id, &hash(1), now(0)).await.unwrap();
    let (store, other) = (&db.store, two.shop_id);
    assert_eq!(list(&db, other).await, []);
    assert_eq!(store.feedback_by_id(other, id).await.unwrap(), None);
    let every = FeedbackFilter::default();
    assert_eq!(store.feedback_tallies(other, &every, Some(Grouping::Agent)).await.unwrap(), []);
    assert!(!store.revoke_api_key(other, key, now(1)).await.unwrap());
    assert_eq!(store.api_keys(other).await.unwrap(), []);
    assert!(!store.revoke_signing_key(two.id, &KeyId::new([1; 5]), now(1)).await.unwrap());
    assert!(!store.disable_site(other, &one.key, Some(now(1))).await.unwrap());
    assert_eq!(store.sites_of(other).await.unwrap(), [two]);
    assert_eq!(list(&db, one.shop_id).await.len(), 1);
}

async fn a_list_goes_on_where_it_ended(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (first, none) = (first("4", ""), Rest::default());
    for number in 0..25 {
        let on = ["2026-11-19", "2026-11-20", "2026-11-21"][number as usize % 3];
        let new = NewFeedback { day: day(on), ..new(number, &site, &first, &none) };
        db.store.give_feedback(&new, now(number.into())).await.unwrap();
    }
    let (all, mut read, mut after) = (list(&db, site.shop_id).await, Vec::new(), None);
    assert!(all.is_sorted_by_key(|one| std::cmp::Reverse((one.first_on, one.id))));
    loop {
        let cursor = after.map(|cursor: FeedbackCursor| cursor.to_string().parse().unwrap());
        let page = db.store.feedback(site.shop_id, &FeedbackFilter::default(), cursor, 7).await.unwrap();
        read.extend(page.items);
        // What comes meanwhile is not among them.
        if after.is_none() {
            let new = new(100, &site, &first, &none);
            db.store.give_feedback(&new, now(100)).await.unwrap();
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(read, all);
    for wrong in ["", "x", "2026-11-21", "2026-11-21_", "2026-13-01_00000000-0000-0000-0000-000000000000"] {
        assert!(wrong.parse::<FeedbackCursor>().is_err(), "{wrong}");
    }
}

/// Of every filter and every grouping: as if the list had been counted by hand.
async fn tallies_are_those_of_the_list(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    for number in 0..60_u32 {
        let pick = |words: &[&str], by: u32| words[(number / by) as usize % words.len()].to_owned();
        let question = [Question::Csat, Question::Nps][number as usize % 2];
        let draft = FirstDraft {
            score: (1 + number % 5).to_string(),
            lang: pick(&["nl", "en"], 3),
            ticket: format!("T-{number}"),
            moment: pick(&["contact", "delivery", ""], 2),
            agent: pick(&["Noor", "Bas", ""], 5),
            team: pick(&["Eerste lijn", ""], 7),
            tags: FirstDraft::split_tags(&pick(&["a, b", "b", ""], 4)),
        };
        let first = draft.check(question, FormLang::Nl).unwrap();
        let none = Rest::default();
        let verified = number.is_multiple_of(3);
        let on = day(["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-21"][(number / 6) as usize % 4]);
        let new = NewFeedback { day: on, verified, ..new(number, &site, &first, &none) };
        db.store.give_feedback(&new, now(0)).await.unwrap();
    }
    let label = |text: &str| Some(text.parse().unwrap());
    let filters = [
        FeedbackFilter::default(),
        FeedbackFilter {
            from: Some(day("2026-11-01")),
            to: Some(day("2026-11-02")),
            ..FeedbackFilter::default()
        },
        FeedbackFilter { moment: Some(weerklank_domain::Moment::Contact), ..FeedbackFilter::default() },
        FeedbackFilter { agent: label("Bas"), verified: Some(true), ..FeedbackFilter::default() },
        FeedbackFilter { team: label("Eerste lijn"), lang: Some(FormLang::En), ..FeedbackFilter::default() },
        FeedbackFilter { tag: label("b"), question: Some(Question::Nps), ..FeedbackFilter::default() },
        FeedbackFilter { tag: label("nergens"), ..FeedbackFilter::default() },
    ];
    for filter in filters {
        let all = db.store.feedback(site.shop_id, &filter, None, 1_000).await.unwrap().items;
        for by in std::iter::once(None).chain(Grouping::ALL.iter().copied().map(Some)) {
            let mut lines = Vec::new();
            for line in db.store.feedback_tallies(site.shop_id, &filter, by).await.unwrap() {
                for (value, times) in line.tally.counts() {
                    let score = Score::new(line.tally.question(), value).unwrap();
                    for _ in 0..times {
                        lines.push((line.group.clone(), line.verified, score.to_string()));
                    }
                }
            }
            let mut counted: Vec<_> = all
                .iter()
                .flat_map(|one| {
                    let groups = groups(one, by).into_iter();
                    groups.map(|group| (group, one.verified, one.answer.score.to_string()))
                })
                .collect();
            lines.sort();
            counted.sort();
            assert_eq!(lines, counted, "{filter:?} {by:?}");
        }
    }
}

fn groups(one: &StoredFeedback, by: Option<Grouping>) -> Vec<Option<String>> {
    let text = |label: &Option<weerklank_domain::feedback::Label>| label.as_ref().map(ToString::to_string);
    let tags: Vec<_> = one.tags.as_slice().iter().map(|tag| Some(tag.to_string())).collect();
    match by {
        Some(Grouping::Tag) if !tags.is_empty() => tags,
        None | Some(Grouping::Tag) => vec![None],
        Some(by @ (Grouping::Week | Grouping::Month)) => vec![Some(by.of_day(one.first_on))],
        Some(Grouping::Moment) => vec![one.moment.map(|moment| moment.to_string())],
        Some(Grouping::Agent) => vec![text(&one.agent)],
        Some(Grouping::Team) => vec![text(&one.team)],
        Some(Grouping::Lang) => vec![Some(one.lang.to_string())],
    }
}
