//! Shops are asked for a reply, and answer.

use time::Duration;
use uuid::Uuid;
use weerklank_domain::desk::{Role, Verdict};
use weerklank_domain::experience::{Solved, State};
use weerklank_domain::voice::{Reply, ReplyRequest, ReplyRequestDraft};
use weerklank_store::{
    About, Addressed, AskedShop, Changed, Discarded, NewReplyRequest, PublicReply, Published, Publishing,
    Said, ShopsReply, Spot, TakenOff,
};
use weerklank_test_support::build::{column, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash};
use crate::drafts::{accepted_with, begin, publishing, sheet};
use crate::voice::{decide, mail, new, report};
use crate::{now, today};

on_every_database!(
    a_shop_answers_before_the_column_stands_there,
    a_shop_is_asked_once_and_sees_what_it_may,
    a_reply_is_written_anew_until_it_is_decided_on,
    a_refused_reply_can_be_appealed,
    a_reported_reply_goes_and_comes_back,
    its_sender_says_whether_it_was_solved,
    an_answer_is_not_thrown_away_with_the_draft,
    what_is_erased_takes_the_reply_with_it,
);

const DAY: i64 = 24 * 60 * 60;

fn asking(shop: &str) -> ReplyRequest {
    let draft = ReplyRequestDraft {
        shop: shop.to_owned(),
        email: "winkel@voorbeeld.example".to_owned(),
        lang: "nl".to_owned(),
        question: "Hoe kwam dit?".to_owned(),
        days: "14".to_owned(),
    };
    draft.check().unwrap()
}

pub(crate) async fn ask(
    db: &TestDatabase,
    (draft, number): (Uuid, u8),
    shop: &str,
    by: Uuid,
    seconds: i64,
) -> (AskedShop, Uuid) {
    let (request, mail) = (asking(shop), mail("Wil je antwoorden?"));
    let id = db.store.new_id(now(seconds));
    let new = NewReplyRequest { id, secret: hash(number), draft, request: &request, mail: &mail };
    (db.store.ask_shop(&new, by, now(seconds)).await.unwrap(), id)
}

pub(crate) async fn answer(db: &TestDatabase, number: u8, text: &str, seconds: i64) -> Changed {
    let reply = Reply { text: text.to_owned(), name: Some("Noor".to_owned()) };
    db.store.reply(&hash(number), &reply, now(seconds)).await.unwrap()
}

async fn shops(db: &TestDatabase, number: u8, seconds: i64) -> ShopsReply {
    db.store.shops_reply(&hash(number), now(seconds)).await.unwrap().unwrap()
}

/// What readers see below the column `titel`.
async fn seen(db: &TestDatabase, seconds: i64) -> Vec<PublicReply> {
    let about = db.store.column(&slug("titel")).await.unwrap().unwrap();
    db.store.voices(about.id, now(seconds)).await.unwrap().replies
}

/// Publishes a draft, without asking whom it is made of.
async fn stand(db: &TestDatabase, draft: Uuid, name: &str, by: Uuid) {
    let column = column(name);
    let chief = Publishing { role: Role::Chief, ..publishing(draft, 1, &column, by) };
    assert_eq!(db.store.publish_draft(&chief, now(25)).await.unwrap(), Published::Done);
}

/// A draft from nothing that stands on the board as `titel`, with a reply that waits.
async fn answered(db: &TestDatabase, by: Uuid) -> (Uuid, Uuid) {
    let draft = begin(db, &sheet("Titel", "Te laat.\n"), &[], by).await;
    let (asked, id) = ask(db, (draft, 7), "De Gele Kwast", by, 0).await;
    assert_eq!(asked, AskedShop::Done);
    assert_eq!(answer(db, 7, "Dat spijt ons.", 10).await, Changed::Done);
    stand(db, draft, "titel", by).await;
    (draft, id)
}

/// A reply in every table of them. The secret of the experience has that number.
pub(crate) async fn fill(db: &TestDatabase, (draft, number): (Uuid, u8), by: Uuid) {
    let request = ReplyRequest { email: None, ..asking("De Gele Kwast") };
    let mail = mail("Wil je antwoorden?");
    let id = db.store.new_id(now(0));
    let new = NewReplyRequest { id, secret: hash(200), draft, request: &request, mail: &mail };
    // Whoever sent in the experience does not let the shop read it before everybody can.
    assert_eq!(db.store.ask_shop(&new, by, now(0)).await.unwrap(), AskedShop::NotForShop);
    stand(db, draft, "gevuld", by).await;
    assert_eq!(db.store.ask_shop(&new, by, now(0)).await.unwrap(), AskedShop::Done);
    assert_eq!(answer(db, 200, "Dat spijt ons.", 1).await, Changed::Done);
    decide(db, id, by, Verdict::Accept, 2).await;
    let said = db.store.say_outcome(&hash(number), id, Solved::Partly, now(60)).await.unwrap();
    assert_eq!(said, Changed::Done);
}

async fn a_shop_answers_before_the_column_stands_there(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let experience = accepted_with(&db, 1, "Drie weken gewacht.", true, anna).await;
    let draft = begin(&db, &sheet("Titel", "Drie weken.\n"), &[experience], anna).await;
    let (asked, id) = ask(&db, (draft, 7), "De Gele Kwast", anna, 0).await;
    assert_eq!(asked, AskedShop::Done);
    let sent = db.store.take_due_mails(9, Duration::HOUR, now(1)).await.unwrap();
    assert!(sent.iter().any(|mail| mail.to == "winkel@voorbeeld.example"), "{sent:?}");

    let page = shops(&db, 7, 1).await;
    assert_eq!(
        (page.reply.about.title.as_str(), page.reply.about.body.as_deref()),
        ("Titel", Some("Drie weken.\n"))
    );
    assert_eq!((page.reply.question.as_deref(), page.may_write), (Some("Hoe kwam dit?"), true));
    assert!(db.store.queue_item(id).await.unwrap().is_none(), "nothing waits yet");
    assert_eq!(answer(&db, 7, "Dat spijt ons.", 10).await, Changed::Done);
    assert_eq!(answer(&db, 8, "Van niemand.", 10).await, Changed::Nobody);
    let whole = db.store.queue_item(id).await.unwrap().unwrap();
    let About::Reply(waiting) = &whole.about else { panic!("{:?}", whole.about) };
    assert_eq!((waiting.shop.as_str(), waiting.senders.len()), ("De Gele Kwast", 1));
    assert_eq!(waiting.answer.as_ref().unwrap().state, State::Received);

    // The sender is told with the shop, and the shop is not asked to confirm its address.
    let claimed = db.store.claim(id, anna, false, now(20)).await.unwrap();
    assert!(matches!(claimed, weerklank_store::Claimed::Yours(_)));
    let accept = weerklank_domain::desk::Decided {
        verdict: Verdict::Accept,
        ground: None,
        statement: None,
        automated: false,
    };
    let mails = [
        Addressed { to: id, text: mail("Geplaatst") },
        Addressed { to: experience, text: mail("Er is geantwoord") },
    ];
    db.store.decide((id, 1), anna, &accept, &mails, now(20)).await.unwrap();
    stand(&db, draft, "titel", anna).await;
    assert_eq!(seen(&db, 49).await, [], "not before the decision is final");
    let replies = seen(&db, 50).await;
    assert_eq!(replies[0].said, Some((Some("Noor".to_owned()), "Dat spijt ons.".to_owned())));
    let told = db.store.take_due_mails(9, Duration::HOUR, now(60)).await.unwrap();
    let mut to: Vec<&str> = told.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["kwal@voorbeeld.example", "winkel@voorbeeld.example"]);
    assert!(db.store.show_what_is_due(now(60)).await.is_ok());
}

async fn a_shop_is_asked_once_and_sees_what_it_may(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let hidden = accepted_with(&db, 1, "Liever niet.", false, anna).await;
    let draft = begin(&db, &sheet("Titel", "Liever niet.\n"), &[hidden], anna).await;
    assert_eq!(ask(&db, (draft, 7), "De Gele Kwast", anna, 0).await.0, AskedShop::NotForShop);
    assert_eq!(ask(&db, (Uuid::nil(), 7), "De Gele Kwast", anna, 0).await.0, AskedShop::Nothing);
    let empty = begin(&db, &sheet("", "Tekst.\n"), &[], anna).await;
    assert_eq!(ask(&db, (empty, 7), "De Gele Kwast", anna, 0).await.0, AskedShop::Empty);

    let shown = accepted_with(&db, 2, "Graag.", true, anna).await;
    let draft = begin(&db, &sheet("Titel", "Graag.\n"), &[shown], anna).await;
    let (asked, id) = ask(&db, (draft, 7), "École", anna, 0).await;
    assert_eq!(asked, AskedShop::Done);
    assert_eq!(ask(&db, (draft, 8), "école", anna, 1).await.0, AskedShop::Already);
    assert_eq!(ask(&db, (draft, 8), "De Rode Kwast", anna, 1).await.0, AskedShop::Done, "another shop");
    assert_eq!(db.store.replies(draft).await.unwrap().len(), 2);

    // What its sender takes back the shop does not see any more.
    assert_eq!(shops(&db, 7, 2).await.reply.about.body.as_deref(), Some("Graag.\n"));
    assert_eq!(db.store.withdraw_experience(&hash(2), &[], now(3)).await.unwrap(), Changed::Done);
    assert_eq!(shops(&db, 7, 4).await.reply.about.body, None);

    // Late is late; then it can be asked again.
    assert!(!shops(&db, 7, 14 * DAY).await.may_write && shops(&db, 7, 14 * DAY - 1).await.may_write);
    assert_eq!(answer(&db, 7, "Te laat.", 14 * DAY).await, Changed::NotNow);
    assert_eq!(db.store.restore_experience(&hash(2), now(5)).await.unwrap(), Changed::Done);
    assert_eq!(ask(&db, (draft, 9), "École", anna, 14 * DAY).await.0, AskedShop::Done);

    // Called off, its link leads nowhere and its mail does not leave.
    assert!(db.store.call_off_reply(id, anna, now(6)).await.unwrap());
    assert!(!db.store.call_off_reply(id, anna, now(6)).await.unwrap());
    assert_eq!(db.store.shops_reply(&hash(7), now(6)).await.unwrap(), None);
    let due = db.store.take_due_mails(9, Duration::HOUR, now(7)).await.unwrap();
    assert_eq!(due.iter().filter(|mail| mail.to.starts_with("winkel")).count(), 1, "to the other shop");
}

async fn a_reply_is_written_anew_until_it_is_decided_on(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let (_, id) = answered(&db, anna).await;
    assert!(!db.store.call_off_reply(id, anna, now(11)).await.unwrap(), "there is an answer");
    assert_eq!(answer(&db, 7, "Dat spijt ons.", 12).await, Changed::Done, "sent again");
    assert_eq!(db.store.queue_item(id).await.unwrap().unwrap().item.version, 1);
    decide(&db, id, anna, Verdict::Return, 20).await;
    assert!(shops(&db, 7, 21).await.decisions.is_empty(), "not told yet");
    decide_anew(&db, id, anna).await;
    let told = shops(&db, 7, 100).await;
    assert_eq!((told.decisions.len(), told.may_write, told.may_appeal), (1, true, None));
    assert_eq!(answer(&db, 7, "Zo dan.", 100).await, Changed::Done);
    decide(&db, id, anna, Verdict::Accept, 110).await;
    assert_eq!(answer(&db, 7, "Toch anders.", 111).await, Changed::Done, "nobody was told yet");
    assert_eq!(seen(&db, 1000).await, []);
    decide(&db, id, anna, Verdict::Accept, 1000).await;
    assert_eq!(seen(&db, 1030).await[0].said.as_ref().unwrap().1, "Toch anders.");
    assert_eq!(answer(&db, 7, "Nog anders.", 1031).await, Changed::NotNow);
    assert!(!shops(&db, 7, 1031).await.may_write);
}

/// What a shop writes while the decision can be undone undoes it.
async fn decide_anew(db: &TestDatabase, id: Uuid, anna: Uuid) {
    assert_eq!(answer(db, 7, "Sneller.", 22).await, Changed::Done);
    assert_eq!(shops(db, 7, 60).await.decisions, []);
    decide(db, id, anna, Verdict::Return, 60).await;
}

async fn a_refused_reply_can_be_appealed(db: TestDatabase) {
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let (_, id) = answered(&db, anna).await;
    let refused = decide(&db, id, anna, Verdict::Reject, 20).await;
    let told = shops(&db, 7, 60).await;
    assert_eq!((told.may_appeal, told.may_write), (Some(refused), false));
    assert_eq!(db.store.appeal(&hash(7), "Het klopt wel.", now(60)).await.unwrap(), Changed::Done);
    let appeal = waiting(&db).await;
    decide(&db, appeal, bram, Verdict::Overturn, 100).await;
    assert_eq!(seen(&db, 129).await, []);
    assert_eq!(seen(&db, 130).await[0].said.as_ref().unwrap().1, "Dat spijt ons.");
    assert_eq!(shops(&db, 7, 130).await.appeals[0].decided.as_ref().unwrap().verdict, Verdict::Overturn);
}

/// The one item that waits.
async fn waiting(db: &TestDatabase) -> Uuid {
    let page = db.store.queue(&weerklank_store::QueueFilter::default(), None, 9).await.unwrap();
    assert_eq!(page.items.len(), 1);
    page.items[0].id
}

async fn a_reported_reply_goes_and_comes_back(db: TestDatabase) {
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let (_, id) = answered(&db, anna).await;
    let titel = slug("titel");
    let send = async |number: u8, spot: Spot, seconds: i64| {
        let said = (&report(), spot);
        db.store.receive_report(&new(&titel, number, None), said, today(), now(seconds)).await.unwrap()
    };
    assert_eq!(send(30, Spot::Reply(id), 15).await, Said::Nothing, "readers do not see it yet");
    decide(&db, id, anna, Verdict::Accept, 20).await;
    let Said::New(reported) = send(31, Spot::Reply(id), 60).await else { panic!("it is public") };
    decide(&db, reported, anna, Verdict::Remove, 100).await;
    assert!(seen(&db, 129).await[0].said.is_some());
    assert_eq!((seen(&db, 130).await[0].said.clone(), seen(&db, 130).await.len()), (None, 1), "a line stays");
    let told = shops(&db, 7, 130).await;
    assert_eq!(told.decisions.last().unwrap().verdict, Verdict::Remove);
    assert_eq!(told.may_appeal, Some(told.decisions.last().unwrap().id));
    assert_eq!(db.store.appeal(&hash(7), "Er staat niets in.", now(140)).await.unwrap(), Changed::Done);
    decide(&db, waiting(&db).await, bram, Verdict::Overturn, 200).await;
    assert!(seen(&db, 230).await[0].said.is_some());
}

async fn its_sender_says_whether_it_was_solved(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let experience = accepted_with(&db, 1, "Drie weken gewacht.", true, anna).await;
    accepted_with(&db, 2, "Iets anders.", true, anna).await;
    let draft = begin(&db, &sheet("Titel", "Drie weken.\n"), &[experience], anna).await;
    let (_, id) = ask(&db, (draft, 7), "De Gele Kwast", anna, 0).await;
    answer(&db, 7, "Dat spijt ons.", 10).await;
    let say = async |number: u8, solved: Solved, seconds: i64| {
        db.store.say_outcome(&hash(number), id, solved, now(seconds)).await.unwrap()
    };
    assert_eq!(say(1, Solved::Yes, 11).await, Changed::NotNow, "nobody reads it yet");
    decide(&db, id, anna, Verdict::Accept, 20).await;
    stand(&db, draft, "titel", anna).await;
    assert_eq!(say(2, Solved::Yes, 60).await, Changed::Nobody, "it is not about theirs");
    assert_eq!(say(9, Solved::Yes, 60).await, Changed::Nobody);
    assert_eq!(say(1, Solved::No, 60).await, Changed::Done);
    assert_eq!(say(1, Solved::Partly, 70).await, Changed::Done, "they may think otherwise");
    assert_eq!(seen(&db, 80).await[0].outcomes, [Solved::Partly]);
    assert!(db.store.show_what_is_due(now(80)).await.unwrap(), "the page is drawn anew");
    let own = db.store.experience_by_secret(&hash(1), now(80)).await.unwrap().unwrap();
    assert_eq!(own.texts[0].replies[0].outcome, Some(Solved::Partly));
}

async fn an_answer_is_not_thrown_away_with_the_draft(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let draft = begin(&db, &sheet("Titel", "Te laat.\n"), &[], anna).await;
    ask(&db, (draft, 7), "De Gele Kwast", anna, 0).await;
    answer(&db, 7, "Dat spijt ons.", 10).await;
    let discard = async |draft: Uuid| db.store.discard_draft((draft, 1), anna, now(20)).await.unwrap();
    assert_eq!(discard(draft).await, Discarded::Answered);
    assert!(shops(&db, 7, 21).await.reply.answer.is_some());

    // Where nobody answered, the link leads nowhere and the letter does not leave.
    let other = begin(&db, &sheet("Titel", "Te laat.\n"), &[], anna).await;
    db.store.take_due_mails(9, Duration::HOUR, now(20)).await.unwrap();
    ask(&db, (other, 8), "De Rode Kwast", anna, 20).await;
    assert_eq!(discard(other).await, Discarded::Done);
    assert_eq!(db.store.shops_reply(&hash(8), now(21)).await.unwrap(), None);
    assert!(db.store.take_due_mails(9, Duration::HOUR, now(21)).await.unwrap().is_empty());
}

async fn what_is_erased_takes_the_reply_with_it(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let experience = accepted_with(&db, 1, "Drie weken gewacht.", true, anna).await;
    let draft = begin(&db, &sheet("Titel", "Drie weken.\n"), &[experience], anna).await;
    let (_, id) = ask(&db, (draft, 7), "De Gele Kwast", anna, 0).await;
    answer(&db, 7, "Dat spijt ons.", 10).await;
    stand(&db, draft, "titel", anna).await;
    let off = db.store.take_off(draft, "Op verzoek.", anna, &[], now(20)).await.unwrap();
    assert_eq!(off, TakenOff::Done);
    assert_eq!(shops(&db, 7, 21).await.reply.about.body, None, "what left the board is nobody's to read");
    assert!(db.store.erase_experience(&hash(1), &[], now(30)).await.unwrap());
    assert_eq!(db.store.shops_reply(&hash(7), now(31)).await.unwrap(), None);
    assert!(db.store.queue_item(id).await.unwrap().is_none());
}
