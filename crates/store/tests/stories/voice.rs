//! What readers say about columns, and what is decided on it.

use time::Duration;
use uuid::Uuid;
use weerklank_domain::desk::{Decided, Ground, Role, Verdict, limits as desk};
use weerklank_domain::voice::{Comment, CommentDraft, Report, ReportDraft, limits};
use weerklank_domain::{Column, Comments, Status};
use weerklank_store::{
    About, Addressed, Carried, Changed, Claimed, Confirm, Hash, MailText, NewWords, OwnWords, QueueFilter,
    Reacted, Reader, Said, Spot, Undone, Voices, Words,
};
use weerklank_test_support::build::{column, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash};
use crate::{import, now, today};

on_every_database!(
    a_comment_is_seen_when_its_acceptance_is_final,
    a_comment_comes_in_once_and_where_it_may,
    an_answer_stays_when_what_it_answers_goes,
    a_comment_is_changed_until_it_is_decided_on,
    a_reported_comment_goes_and_comes_back_on_appeal,
    a_report_that_is_not_followed_can_be_appealed,
    an_appeal_is_decided_on_by_somebody_else,
    an_appeal_is_made_once_and_in_time,
    a_reader_reacts_once_and_takes_it_back,
    an_address_is_confirmed_before_it_is_written_to,
);

pub(crate) fn comment(text: &str) -> Comment {
    CommentDraft { text: text.to_owned(), lang: "nl".to_owned(), ..CommentDraft::default() }.check().unwrap()
}

pub(crate) fn report() -> Report {
    let draft = ReportDraft {
        ground: "privacy".to_owned(),
        text: "Er staat een adres in.".to_owned(),
        lang: "nl".to_owned(),
        good_faith: true,
        ..ReportDraft::default()
    };
    draft.check().unwrap()
}

/// With that secret.
pub(crate) fn new<'a>(
    column: &'a weerklank_domain::Slug,
    number: u8,
    confirm: Option<&'a Confirm>,
) -> NewWords<'a> {
    let arrival = crate::experiences::arrival();
    NewWords { column, secret: hash(number), request: hash(number), confirm, arrival }
}

async fn say(db: &TestDatabase, number: u8, text: &str, parent: Option<Uuid>, seconds: i64) -> Said {
    let een = slug("een");
    let said = (&comment(text), parent);
    db.store.receive_comment(&new(&een, number, None), said, today(), now(seconds)).await.unwrap()
}

pub(crate) async fn said(db: &TestDatabase, number: u8, text: &str, seconds: i64) -> Uuid {
    match say(db, number, text, None, seconds).await {
        Said::New(id) => id,
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn reported(db: &TestDatabase, number: u8, about: Option<Uuid>, seconds: i64) -> Uuid {
    let een = slug("een");
    let said = (&report(), about.map_or(Spot::Column, Spot::Comment));
    match db.store.receive_report(&new(&een, number, None), said, today(), now(seconds)).await.unwrap() {
        Said::New(id) => id,
        other => panic!("{other:?}"),
    }
}

/// Claims and decides; gives the decision.
pub(crate) async fn decide(
    db: &TestDatabase,
    item: Uuid,
    editor: Uuid,
    verdict: Verdict,
    seconds: i64,
) -> Uuid {
    let claimed = db.store.claim(item, editor, false, now(seconds)).await.unwrap();
    let Claimed::Yours(claimed) = claimed else { panic!("{claimed:?}") };
    let decided = Decided {
        verdict,
        ground: verdict.needs_ground().then_some(Ground::Privacy),
        statement: verdict.needs_words().then(|| "Er staat een adres in.".to_owned()),
        automated: false,
    };
    let made = (item, claimed.version);
    match db.store.decide(made, editor, &decided, &[], now(seconds)).await.unwrap() {
        Carried::Done { decision, .. } => decision,
        other => panic!("{other:?}"),
    }
}

async fn below(db: &TestDatabase, seconds: i64) -> Voices {
    let about = db.store.column(&slug("een")).await.unwrap().unwrap();
    db.store.voices(about.id, now(seconds)).await.unwrap()
}

/// The words that readers see, `-` where something was removed.
pub(crate) async fn seen(db: &TestDatabase, seconds: i64) -> Vec<String> {
    let voices = below(db, seconds).await;
    voices.comments.into_iter().map(|comment| comment.text.unwrap_or_else(|| "-".to_owned())).collect()
}

pub(crate) async fn own(db: &TestDatabase, number: u8, seconds: i64) -> OwnWords {
    db.store.words_by_secret(&hash(number), now(seconds)).await.unwrap().unwrap()
}

pub(crate) async fn waiting(db: &TestDatabase) -> Vec<Uuid> {
    let page = db.store.queue(&QueueFilter::default(), None, 200).await.unwrap();
    page.items.into_iter().map(|item| item.id).collect()
}

fn confirm() -> Confirm {
    Confirm { hash: hash(99), link_secret: "geheim".to_owned(), mail: mail("Klopt dit adres?") }
}

pub(crate) fn mail(subject: &str) -> MailText {
    MailText {
        lang: weerklank_domain::Lang::Nl,
        subject: subject.to_owned(),
        text: String::new(),
        html: String::new(),
        host: "board.example".to_owned(),
    }
}

fn with_address(text: &str) -> Comment {
    Comment { email: Some("lezer@voorbeeld.example".parse().unwrap()), ..comment(text) }
}

/// Something in every table of what readers say.
pub(crate) async fn fill_the_voice(db: &TestDatabase) {
    let chief = editor(db, "karel", Role::Chief).await;
    let een = slug("een");
    let confirm = confirm();
    let new = new(&een, 210, Some(&confirm));
    let said = (&with_address("Herken ik."), None);
    let received = db.store.receive_comment(&new, said, today(), now(0)).await.unwrap();
    let Said::New(id) = received else { panic!("{received:?}") };
    decide(db, id, chief, Verdict::Reject, 1).await;
    db.store.appeal(&hash(210), "Dat klopt niet.", now(100)).await.unwrap();
    let report = reported(db, 211, None, 100).await;
    decide(db, report, chief, Verdict::Remove, 101).await;
    let reader = Reader { token: hash(1), here: hash(1), anywhere: hash(2) };
    db.store.react(&een, &reader, today(), now(100)).await.unwrap();
}

async fn a_comment_is_seen_when_its_acceptance_is_final(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    let id = said(&db, 1, "Herken ik.", 0).await;
    assert_eq!(waiting(&db).await, [id]);
    assert!(seen(&db, 1_000).await.is_empty(), "nobody has read it yet");

    let undone = decide(&db, id, anna, Verdict::Accept, 10).await;
    assert_eq!(db.store.undo(undone, anna, None, now(20)).await.unwrap(), Undone::Done);
    assert!(seen(&db, 1_000).await.is_empty(), "it was undone");
    decide(&db, id, anna, Verdict::Accept, 20).await;
    let is_final = 20 + desk::UNDO_SECONDS;
    assert!(seen(&db, is_final - 1).await.is_empty() && own(&db, 1, is_final - 1).await.decisions.is_empty());
    assert_eq!(seen(&db, is_final).await, ["Herken ik."]);
    assert_eq!(own(&db, 1, is_final).await.decisions.len(), 1);

    let before = db.store.change_seq().await.unwrap();
    // The acceptance that was undone would have been final earlier; nothing is drawn too late for that.
    assert!(!db.store.show_what_is_due(now(30)).await.unwrap());
    assert!(db.store.show_what_is_due(now(is_final)).await.unwrap());
    assert!(!db.store.show_what_is_due(now(is_final)).await.unwrap(), "once");
    assert_eq!(db.store.change_seq().await.unwrap(), before + 1, "pages are drawn anew");
}

async fn a_comment_comes_in_once_and_where_it_may(db: TestDatabase) {
    for (name, comments, status) in [
        ("een", Comments::Open, Status::Published),
        ("twee", Comments::Open, Status::Published),
        ("dicht", Comments::Closed, Status::Published),
        ("concept", Comments::Open, Status::Draft),
        ("weg", Comments::Open, Status::Withdrawn),
    ] {
        import(&db.store, &Column { comments, status, ..column(name) }).await;
    }
    let anna = editor(&db, "anna", Role::Editor).await;
    let id = said(&db, 1, "Een.", 0).await;
    assert_eq!(say(&db, 1, "Een.", None, 5).await, Said::Again(id));
    let een = slug("een");
    let other = NewWords { request: hash(77), ..new(&een, 1, None) };
    let taken = db.store.receive_comment(&other, (&comment("Twee."), None), today(), now(6)).await.unwrap();
    assert_eq!(taken, Said::KeyTaken);
    for (name, wanted) in [
        ("dicht", Said::Closed),
        ("concept", Said::Nothing),
        ("weg", Said::Nothing),
        ("nergens", Said::Nothing),
    ] {
        let name = slug(name);
        let new = new(&name, 9, None);
        let came = db.store.receive_comment(&new, (&comment("x"), None), today(), now(7)).await.unwrap();
        assert_eq!(came, wanted, "{name}");
        let came = db.store.receive_report(&new, (&report(), Spot::Column), today(), now(7)).await.unwrap();
        assert_eq!(matches!(came, Said::New(_)), wanted == Said::Closed, "{name}: what is there is reported");
    }

    assert_eq!(say(&db, 2, "Nee.", Some(id), 8).await, Said::Nothing, "nobody sees what that answers");
    decide(&db, id, anna, Verdict::Accept, 10).await;
    let Said::New(answer) = say(&db, 2, "Ja.", Some(id), 100).await else { panic!("it is public") };
    decide(&db, answer, anna, Verdict::Accept, 110).await;
    assert_eq!(say(&db, 3, "Diep.", Some(answer), 200).await, Said::Nothing, "one level");
    let twee = slug("twee");
    let elsewhere = (&comment("Elders."), Some(id));
    let came = db.store.receive_comment(&new(&twee, 4, None), elsewhere, today(), now(200)).await.unwrap();
    assert_eq!(came, Said::Nothing, "it stands below another column");
    let said = (&report(), Spot::Comment(id));
    let came = db.store.receive_report(&new(&twee, 4, None), said, today(), now(200)).await.unwrap();
    assert_eq!(came, Said::Nothing);
}

async fn an_answer_stays_when_what_it_answers_goes(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    let id = said(&db, 1, "Vraag.", 0).await;
    decide(&db, id, anna, Verdict::Accept, 10).await;
    let Said::New(answer) = say(&db, 2, "Antwoord.", Some(id), 100).await else { panic!("it is public") };
    decide(&db, answer, anna, Verdict::Accept, 110).await;
    assert_eq!(seen(&db, 200).await, ["Vraag.", "Antwoord."]);
    assert!(db.store.erase_comment(&hash(1), now(300)).await.unwrap());
    assert!(!db.store.erase_comment(&hash(1), now(300)).await.unwrap());
    let voices = below(&db, 300).await;
    assert_eq!((voices.comments.len(), voices.comments[0].parent), (1, Some(id)));
    assert!(db.store.show_what_is_due(now(300)).await.unwrap());
    assert!(
        db.store.queue_item(id).await.unwrap().is_none()
            && db.store.queue_item(answer).await.unwrap().is_some()
    );
}

async fn a_comment_is_changed_until_it_is_decided_on(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    let id = said(&db, 1, "Eerst.", 0).await;
    let change = async |text: &str, seconds: i64| {
        db.store.change_comment(&hash(1), &comment(text), now(seconds)).await.unwrap()
    };
    assert_eq!(change("Beter.", 60).await, Changed::Done);
    let waits = db.store.queue_item(id).await.unwrap().unwrap().item;
    assert_eq!((waits.start.as_str(), waits.version, waits.waits_since), ("Beter.", 2, Some(now(0))));
    // Nobody was told of the decision yet: the change undoes it.
    decide(&db, id, anna, Verdict::Accept, 100).await;
    assert_eq!(change("Best.", 110).await, Changed::Done);
    assert!(seen(&db, 10_000).await.is_empty());
    assert!(own(&db, 1, 110).await.may_change);
    decide(&db, id, anna, Verdict::Reject, 120).await;
    let is_final = 120 + desk::UNDO_SECONDS;
    assert_eq!(change("Te laat.", is_final).await, Changed::NotNow);
    assert!(!own(&db, 1, is_final).await.may_change);
    assert_eq!(db.store.change_comment(&hash(5), &comment("x"), now(0)).await.unwrap(), Changed::Nobody);

    said(&db, 2, "Nog een.", 0).await;
    let day = limits::EDIT_HOURS * 3_600;
    assert!(own(&db, 2, day - 1).await.may_change && !own(&db, 2, day).await.may_change);
    let late = db.store.change_comment(&hash(2), &comment("Te laat."), now(day)).await.unwrap();
    assert_eq!(late, Changed::NotNow);
}

async fn a_reported_comment_goes_and_comes_back_on_appeal(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let id = said(&db, 1, "Adres: Dorpsweg 1.", 0).await;
    decide(&db, id, anna, Verdict::Accept, 10).await;
    let report = reported(&db, 2, Some(id), 100).await;
    let undone = decide(&db, report, bram, Verdict::Remove, 110).await;
    assert_eq!(db.store.undo(undone, bram, None, now(120)).await.unwrap(), Undone::Done);
    assert_eq!(seen(&db, 1_000).await, ["Adres: Dorpsweg 1."]);
    decide(&db, report, bram, Verdict::Remove, 200).await;
    assert_eq!(seen(&db, 200).await, ["Adres: Dorpsweg 1."], "it can still be undone");
    assert_eq!(seen(&db, 300).await, ["-"]);
    assert_eq!(say(&db, 8, "x", Some(id), 300).await, Said::Nothing, "nobody answers what is gone");

    let writer = own(&db, 1, 300).await;
    assert_eq!(
        writer.decisions.iter().map(|made| made.verdict).collect::<Vec<_>>(),
        [Verdict::Accept, Verdict::Remove]
    );
    assert!(writer.may_appeal.is_some());
    assert!(own(&db, 2, 300).await.may_appeal.is_none(), "it went as the reporter wished");
    assert_eq!(db.store.appeal(&hash(1), "Dat is mijn eigen adres.", now(400)).await.unwrap(), Changed::Done);
    let appeal = waiting(&db).await[0];
    let whole = db.store.queue_item(appeal).await.unwrap().unwrap();
    let About::Appeal { appeal: said, about: Some(about) } = whole.about else { panic!("it is an appeal") };
    assert_eq!((said.item, said.sent_in, said.against.verdict), (report, id, Verdict::Remove));
    assert!(matches!(*about, About::Report(_)));

    let undone = decide(&db, appeal, anna, Verdict::Overturn, 500).await;
    assert_eq!(db.store.undo(undone, anna, None, now(510)).await.unwrap(), Undone::Done);
    assert_eq!(seen(&db, 1_000).await, ["-"]);
    decide(&db, appeal, anna, Verdict::Overturn, 520).await;
    assert!(!seen(&db, 530).await.contains(&"Adres: Dorpsweg 1.".to_owned()), "not before it is final");
    assert_eq!(seen(&db, 600).await, ["Adres: Dorpsweg 1."]);
    let told = own(&db, 1, 600).await;
    assert_eq!(told.appeals[0].decided.as_ref().unwrap().verdict, Verdict::Overturn);
    assert!(told.may_appeal.is_none());
}

async fn a_report_that_is_not_followed_can_be_appealed(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let id = said(&db, 1, "Adres: Dorpsweg 1.", 0).await;
    decide(&db, id, anna, Verdict::Accept, 10).await;
    let report = reported(&db, 2, Some(id), 100).await;
    decide(&db, report, anna, Verdict::Keep, 200).await;
    assert_eq!(seen(&db, 300).await, ["Adres: Dorpsweg 1."]);
    assert!(
        own(&db, 1, 300).await.decisions.len() == 1,
        "the writer is not told of a report that came to nothing"
    );
    assert_eq!(db.store.appeal(&hash(2), "Kijk nog eens.", now(300)).await.unwrap(), Changed::Done);
    let appeal = waiting(&db).await[0];
    decide(&db, appeal, bram, Verdict::Overturn, 400).await;
    assert_eq!(seen(&db, 500).await, ["-"]);
    // Its writer erases it: the report stays, about nothing any more.
    assert!(db.store.erase_comment(&hash(1), now(600)).await.unwrap());
    let Words::Report(left) = own(&db, 2, 600).await.words else { panic!("it is a report") };
    assert_eq!(left.about, weerklank_store::Reported::Comment(None));
    assert!(db.store.queue_item(report).await.unwrap().is_some());
}

async fn an_appeal_is_decided_on_by_somebody_else(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let (anna, bram) = (editor(&db, "anna", Role::Admin).await, editor(&db, "bram", Role::Editor).await);
    let id = said(&db, 1, "x", 0).await;
    decide(&db, id, anna, Verdict::Reject, 10).await;
    db.store.appeal(&hash(1), "Waarom?", now(100)).await.unwrap();
    let appeal = waiting(&db).await[0];
    for by_force in [false, true] {
        assert_eq!(db.store.claim(appeal, anna, by_force, now(110)).await.unwrap(), Claimed::Barred);
    }
    let held = db.store.claim(appeal, bram, false, now(120)).await.unwrap();
    assert!(matches!(held, Claimed::Yours(_)));
    decide(&db, appeal, bram, Verdict::Overturn, 130).await;
    assert_eq!(seen(&db, 200).await, ["x"]);
}

async fn an_appeal_is_made_once_and_in_time(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    let appeal = async |number: u8, seconds: i64| {
        db.store.appeal(&hash(number), "Waarom?", now(seconds)).await.unwrap()
    };
    let id = said(&db, 1, "x", 0).await;
    assert_eq!(appeal(1, 1).await, Changed::NotNow, "nothing was decided");
    assert_eq!(appeal(9, 1).await, Changed::Nobody);
    decide(&db, id, anna, Verdict::Reject, 10).await;
    assert_eq!(appeal(1, 11).await, Changed::NotNow, "it can still be undone");
    let last = now(10) + Duration::seconds(desk::UNDO_SECONDS) + Duration::days(limits::APPEAL_DAYS);
    assert_eq!(db.store.appeal(&hash(1), "x", last).await.unwrap(), Changed::NotNow, "too late");
    assert_eq!(db.store.appeal(&hash(1), "x", last - Duration::SECOND).await.unwrap(), Changed::Done);
    assert_eq!(
        db.store.appeal(&hash(1), "x", last - Duration::SECOND).await.unwrap(),
        Changed::NotNow,
        "once"
    );

    // Who sent in an experience may as well.
    let sent = crate::desk::send_in(&db, 3, "Een verhaal.", 0).await;
    decide(&db, sent, anna, Verdict::Reject, 10).await;
    assert_eq!(appeal(3, 100).await, Changed::Done);
    let own = db.store.experience_by_secret(&hash(3), now(100)).await.unwrap().unwrap();
    assert_eq!((own.appeals.len(), own.may_appeal), (1, None));
}

async fn a_reader_reacts_once_and_takes_it_back(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let een = slug("een");
    let react = async |token: Hash, here: u8| {
        let reader = Reader { token, here: hash(here), anywhere: hash(here) };
        db.store.react(&een, &reader, today(), now(0)).await.unwrap()
    };
    assert_eq!(react(hash(1), 1).await, Reacted::Counts);
    assert_eq!(react(hash(1), 1).await, Reacted::Counts);
    assert_eq!(db.store.reactions(&een, Some(&hash(1)), today()).await.unwrap(), Some((1, true)));
    assert_eq!(db.store.reactions(&een, Some(&hash(2)), today()).await.unwrap(), Some((1, false)));
    for token in 2..=u8::try_from(limits::REACTIONS).unwrap() {
        assert_eq!(react(hash(token), 1).await, Reacted::Counts, "{token}");
    }
    assert!(matches!(react(hash(200), 1).await, Reacted::TooOften { .. }));
    assert_eq!(react(hash(1), 1).await, Reacted::Counts, "what counts already is never refused");
    assert_eq!(react(hash(200), 2).await, Reacted::Counts, "from elsewhere");
    assert_eq!(below(&db, 0).await.reactions, u64::from(limits::REACTIONS) + 1);
    // Many in one minute are one redrawing.
    assert!(!db.store.show_what_is_due(now(59)).await.unwrap());
    let before = db.store.change_seq().await.unwrap();
    assert!(db.store.show_what_is_due(now(60)).await.unwrap());
    assert_eq!(db.store.change_seq().await.unwrap(), before + 1);

    let back =
        async |token: u8| db.store.take_back_reaction(&een, &hash(token), today(), now(61)).await.unwrap();
    assert!(back(1).await && !back(1).await);
    assert_eq!(db.store.reactions(&een, Some(&hash(1)), today()).await.unwrap(), Some((10, false)));
    assert_eq!(db.store.reactions(&slug("nergens"), None, today()).await.unwrap(), None);
}

async fn an_address_is_confirmed_before_it_is_written_to(db: TestDatabase) {
    import(&db.store, &column("een")).await;
    let anna = editor(&db, "anna", Role::Editor).await;
    let (een, confirm) = (slug("een"), confirm());
    let new = new(&een, 1, Some(&confirm));
    let said = (&with_address("x"), None);
    let Said::New(id) = db.store.receive_comment(&new, said, today(), now(0)).await.unwrap() else {
        panic!("it is new")
    };
    assert_eq!(db.store.link_secret(id).await.unwrap().as_deref(), Some("geheim"));
    let due = async |seconds: i64| {
        let due = db.store.take_due_mails(9, Duration::MINUTE, now(seconds)).await.unwrap();
        for mail in &due {
            db.store.mail_sent(mail, now(seconds)).await.unwrap();
        }
        due.into_iter().map(|mail| mail.subject).collect::<Vec<_>>()
    };
    assert_eq!(due(1).await, ["Klopt dit adres?"]);
    let claimed = db.store.claim(id, anna, false, now(2)).await.unwrap();
    assert!(matches!(claimed, Claimed::Yours(_)));
    let accept = Decided { verdict: Verdict::Accept, ground: None, statement: None, automated: false };
    let mails = [Addressed { to: id, text: mail("Geplaatst") }];
    db.store.decide((id, 1), anna, &accept, &mails, now(3)).await.unwrap();
    assert!(due(100).await.is_empty(), "nobody said that the address is theirs");
    let asked = db.store.asked_address(&hash(99)).await.unwrap().unwrap();
    assert_eq!((asked.email.as_str(), asked.confirmed_at), ("lezer@voorbeeld.example", None));
    assert!(db.store.confirm_address(&hash(99), now(101)).await.unwrap());
    assert_eq!(due(102).await, ["Geplaatst"]);
    let address = ("lezer@voorbeeld.example".to_owned(), Some(now(101)));
    assert_eq!(own(&db, 1, 102).await.address, Some(address));
    assert!(db.store.refuse_address(&hash(99)).await.unwrap());
    assert!(db.store.link_secret(id).await.unwrap().is_none());
    assert!(!db.store.refuse_address(&hash(99)).await.unwrap());
}
