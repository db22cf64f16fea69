//! Columns while they are written: saving, asking, publishing, taking off.

use time::Duration;
use uuid::Uuid;
use weerklank_domain::compose::{Approval, Cause, Sheet, SheetKey, limits};
use weerklank_domain::desk::{Action, Decided, Role, Verdict};
use weerklank_domain::experience::{Consents, Draft as Typed, DraftHalf};
use weerklank_domain::{Column, Status};
use weerklank_store::{
    ApprovalGiven, AskedApproval, AuditFilter, Begun, Discarded, Hindrance, NewDraft, NewExperience,
    Published, Publishing, Received, Saved, Scheduled, TakenOff,
};
use weerklank_test_support::build::{column, derived, slug};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::{editor, hash};
use crate::{import, now, today};

on_every_database!(
    a_draft_is_saved_on_the_version_that_it_was_made_on,
    saves_that_follow_each_other_are_shown_as_one,
    of_two_who_save_at_once_one_is_told,
    a_column_has_one_draft,
    a_pair_of_what_is_in_another_draft_is_refused,
    a_sender_is_asked_before_the_text_is_published,
    an_address_belongs_to_one_column,
    what_an_import_changed_is_not_overwritten,
    a_moment_is_set_and_comes,
    a_column_is_taken_off_the_board,
    what_its_sender_takes_back_leaves_the_board,
    what_is_erased_leaves_no_word_on_the_board,
    what_stands_on_the_board_is_not_thrown_away,
);

pub(crate) fn sheet(title: &str, body: &str) -> Sheet {
    let mut sheet = Sheet { body: body.to_owned(), ..Sheet::default() };
    sheet.set(SheetKey::Title, title);
    sheet
}

pub(crate) async fn begin(db: &TestDatabase, sheet: &Sheet, made_of: &[Uuid], by: Uuid) -> Uuid {
    let new = NewDraft { sheet, made_of, column: None };
    match db.store.begin_draft(&new, by, now(0)).await.unwrap() {
        Begun::New(id) => id,
        other => panic!("{other:?}"),
    }
}

/// A draft with that text.
pub(crate) async fn begin_with(db: &TestDatabase, by: Uuid, body: &str) {
    begin(db, &sheet("Proef", body), &[], by).await;
}

/// Something in every table of drafts.
pub(crate) async fn fill(db: &TestDatabase, by: Uuid) {
    let experience = accepted(db, 21, "Drie weken gewacht.", by).await;
    let draft = begin(db, &sheet("Wachten", "Drie weken.\n"), &[experience], by).await;
    crate::replies::fill(db, (draft, 21), by).await;
}

/// An experience that may become a column, with a confirmed address and consent.
pub(crate) async fn accepted(db: &TestDatabase, number: u8, text: &str, by: Uuid) -> Uuid {
    accepted_with(db, number, text, false, by).await
}

/// The same; `shop`: whether the shop may read it.
pub(crate) async fn accepted_with(db: &TestDatabase, number: u8, text: &str, shop: bool, by: Uuid) -> Uuid {
    let negative = DraftHalf { story: text.to_owned(), ..DraftHalf::default() };
    let typed = Typed {
        negative,
        email: "kwal@voorbeeld.example".to_owned(),
        consents: Consents { publish: true, contact: true, shop },
        ..Typed::default()
    };
    let experience = typed.check(today()).unwrap();
    let confirm = crate::experiences::confirm(number);
    let new = NewExperience {
        key: hash(number),
        confirm: Some(&confirm),
        ..crate::experiences::new(number, &experience)
    };
    let Received::New(id) = db.store.receive_experience(&new, now(0)).await.unwrap() else { panic!() };
    assert!(db.store.confirm_address(&confirm.hash, now(0)).await.unwrap());
    db.store.claim(id, by, false, now(0)).await.unwrap();
    let decided = Decided { verdict: Verdict::Accept, ground: None, statement: None, automated: false };
    db.store.decide((id, 1), by, &decided, &[], now(0)).await.unwrap();
    id
}

pub(crate) fn publishing(draft: Uuid, version: i64, column: &Column, by: Uuid) -> Publishing<'_> {
    Publishing {
        draft,
        version,
        column,
        derived: DERIVED.get_or_init(derived),
        by,
        role: Role::Editor,
        due: None,
        mails: &[],
    }
}

/// A word that stands nowhere else.
const MARK: &str = "Kwallenlampenkap-Noordzijde";

static DERIVED: std::sync::OnceLock<weerklank_store::Derived> = std::sync::OnceLock::new();

pub(crate) async fn publish(
    db: &TestDatabase,
    draft: Uuid,
    version: i64,
    column: &Column,
    by: Uuid,
) -> Published {
    db.store.publish_draft(&publishing(draft, version, column, by), now(60)).await.unwrap()
}

async fn save(db: &TestDatabase, at: (Uuid, i64), body: &str, by: Uuid, seconds: i64) -> Saved {
    db.store.save_draft(at, &sheet("Titel", body), Cause::Saved, by, now(seconds)).await.unwrap()
}

async fn a_draft_is_saved_on_the_version_that_it_was_made_on(db: TestDatabase) {
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let id = begin(&db, &sheet("Titel", ""), &[], anna).await;
    assert_eq!(save(&db, (id, 1), "Een.\n", anna, 10).await, Saved::Done(2));
    // Saved again as it is, it is the same version.
    assert_eq!(save(&db, (id, 2), "Een.\n", anna, 20).await, Saved::Done(2));
    assert_eq!(save(&db, (id, 1), "Twee.\n", bram, 30).await, Saved::Changed(2));
    assert_eq!(save(&db, (Uuid::nil(), 1), "Twee.\n", bram, 30).await, Saved::Nothing);

    let draft = db.store.draft(id).await.unwrap().unwrap();
    assert_eq!((draft.version, draft.saved_by.as_str(), draft.saved_at), (2, "anna", now(10)));
    assert_eq!(draft.sheet, sheet("Titel", "Een.\n"));
    assert_eq!(db.store.revision(id, 1).await.unwrap(), Some(sheet("Titel", "")));
    assert_eq!(db.store.revision(id, 3).await.unwrap(), None);
    let lines = db.store.drafts(None, 10).await.unwrap();
    assert_eq!((lines.len(), lines[0].title.as_str(), lines[0].has_changes), (1, "Titel", true));
    assert_eq!(db.store.drafts(Some((lines[0].changed_at, id)), 10).await.unwrap(), []);
}

async fn saves_that_follow_each_other_are_shown_as_one(db: TestDatabase) {
    let (anna, bram) = (editor(&db, "anna", Role::Editor).await, editor(&db, "bram", Role::Editor).await);
    let id = begin(&db, &sheet("Titel", ""), &[], anna).await;
    let minute = 60;
    save(&db, (id, 1), "1\n", anna, minute).await;
    save(&db, (id, 2), "2\n", anna, 2 * minute).await;
    // Shown to nobody else, but published: it stays in the list.
    assert_eq!(publish(&db, id, 3, &column("titel"), anna).await, Published::Done);
    save(&db, (id, 3), "3\n", anna, 3 * minute).await;
    save(&db, (id, 4), "4\n", bram, 4 * minute).await;
    save(&db, (id, 5), "5\n", bram, 15 * minute).await;
    db.store
        .save_draft((id, 6), &sheet("Titel", "1\n"), Cause::Restored, bram, now(16 * minute))
        .await
        .unwrap();
    let shown = async || -> Vec<(i64, Cause, bool)> {
        let revisions = db.store.revisions(id).await.unwrap().unwrap();
        revisions.into_iter().map(|one| (one.version, one.cause, one.is_published)).collect()
    };
    let wanted = [
        (7, Cause::Restored, false),
        (6, Cause::Saved, false),
        (5, Cause::Saved, false),
        (4, Cause::Saved, false),
        (3, Cause::Saved, true),
        (1, Cause::Begun, false),
    ];
    assert_eq!(shown().await, wanted);
    assert_eq!(db.store.revisions(Uuid::nil()).await.unwrap(), None);

    // As long as somebody may have it open, what is not shown is there to merge with.
    let later = now(0) + Duration::days(limits::SUPERSEDED_DAYS);
    assert_eq!(db.store.forget_superseded(later).await.unwrap(), 0);
    assert_eq!(db.store.revision(id, 2).await.unwrap(), Some(sheet("Titel", "1\n")));
    assert_eq!(db.store.forget_superseded(later + Duration::HOUR).await.unwrap(), 1);
    assert_eq!(db.store.revision(id, 2).await.unwrap(), None);
    assert_eq!(shown().await, wanted);
}

async fn of_two_who_save_at_once_one_is_told(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let id = begin(&db, &sheet("Titel", ""), &[], anna).await;
    for round in 0..20 {
        let version = db.store.draft(id).await.unwrap().unwrap().version;
        let (one, other) = (format!("een {round}\n"), format!("twee {round}\n"));
        let (one, other) =
            tokio::join!(save(&db, (id, version), &one, anna, 1), save(&db, (id, version), &other, anna, 1));
        let both = [one, other];
        assert!(both.contains(&Saved::Done(version + 1)), "{both:?}");
        assert!(both.contains(&Saved::Changed(version + 1)), "{both:?}");
    }
}

async fn a_pair_of_what_is_in_another_draft_is_refused(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let mut parts = Vec::new();
    for number in [21, 22, 23] {
        parts.push(accepted(&db, number, "Drie weken gewacht.", anna).await);
    }
    let text = sheet("Paar", "Tekst.\n");
    let pair = begin(&db, &text, &parts[..2], anna).await;
    let again = async |made_of: &[Uuid]| {
        let new = NewDraft { sheet: &text, made_of, column: None };
        db.store.begin_draft(&new, anna, now(0)).await.unwrap()
    };
    assert_eq!(again(&[parts[1], parts[0]]).await, Begun::Known(pair), "the same two, whatever their order");
    assert_eq!(again(&parts[..1]).await, Begun::Known(pair));
    assert_eq!(again(&parts[1..]).await, Begun::InAnother(pair));
    assert!(matches!(again(&parts[2..]).await, Begun::New(_)), "the refusal made nothing");
}

async fn a_column_has_one_draft(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    import(&db.store, &column("lamp")).await;
    let address = slug("lamp");
    let text = sheet("Lamp", "Tekst.\n");
    let new = NewDraft { sheet: &text, made_of: &[], column: Some(&address) };
    let Begun::New(id) = db.store.begin_draft(&new, anna, now(0)).await.unwrap() else { panic!() };
    assert_eq!(db.store.begin_draft(&new, anna, now(0)).await.unwrap(), Begun::Known(id));
    let draft = db.store.draft(id).await.unwrap().unwrap();
    let of = draft.column.unwrap();
    assert_eq!((of.slug.as_str(), of.status, of.is_changed), ("lamp", Status::Published, false));
    assert_eq!(draft.published_version, Some(1));

    let nowhere = slug("nergens");
    let new = NewDraft { column: Some(&nowhere), ..new };
    assert_eq!(db.store.begin_draft(&new, anna, now(0)).await.unwrap(), Begun::Nothing);
}

async fn a_sender_is_asked_before_the_text_is_published(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let experience = accepted(&db, 1, "Drie weken gewacht.", anna).await;
    let id = begin(&db, &sheet("Wachten", "Drie weken.\n"), &[experience], anna).await;
    let made_of = [experience];
    let again = NewDraft { sheet: &Sheet::default(), made_of: &made_of, column: None };
    assert_eq!(db.store.begin_draft(&again, anna, now(0)).await.unwrap(), Begun::Known(id));
    let column = column("wachten");
    let not_approved = Published::Hindered(Hindrance::NotApproved);
    assert_eq!(publish(&db, id, 1, &column, anna).await, not_approved);
    let later = now(0) + Duration::days(1);
    let by = (anna, Role::Editor);
    assert_eq!(
        db.store.schedule_draft((id, 1), later, by, now(0)).await.unwrap(),
        Scheduled::Hindered(Hindrance::NotApproved)
    );

    let mails = [(experience, crate::experiences::confirm(1).mail)];
    let asked = async |version| db.store.ask_approval((id, version), anna, &mails, now(10)).await.unwrap();
    assert_eq!(asked(2).await, AskedApproval::Changed(1));
    assert_eq!(asked(1).await, AskedApproval::Done);
    assert_eq!(asked(1).await, AskedApproval::Done, "asked again, they get no second mail");
    let due = db.store.take_due_mails(9, Duration::HOUR, now(20)).await.unwrap();
    assert_eq!(due.len(), 2, "the address was asked about, and the text");
    assert_eq!(publish(&db, id, 1, &column, anna).await, not_approved);
    let own = async || db.store.experience_by_secret(&hash(1), now(100)).await.unwrap().unwrap().texts;
    let texts = own().await;
    assert_eq!(texts[0].asked, Some((1, sheet("Wachten", "Drie weken.\n"))));
    assert_eq!((texts[0].approval, texts[0].column.clone()), (Approval::Asked { at: now(10) }, None));

    let say = async |number, version, approved, seconds| {
        let remark = Some("Mooi.");
        db.store.give_approval(&hash(number), (id, version), approved, remark, now(seconds)).await.unwrap()
    };
    assert_eq!(say(2, 1, true, 30).await, ApprovalGiven::Nobody, "somebody else's secret");
    assert_eq!(say(1, 7, true, 30).await, ApprovalGiven::Outdated);
    assert_eq!(say(1, 1, false, 30).await, ApprovalGiven::Done);
    let chief = Publishing { role: Role::Chief, ..publishing(id, 1, &column, anna) };
    assert_eq!(
        db.store.publish_draft(&chief, now(60)).await.unwrap(),
        not_approved,
        "nobody overrules a sender"
    );
    assert_eq!(save(&db, (id, 1), "Drie weken,\n", anna, 35).await, Saved::Done(2));
    let chief = Publishing { version: 2, ..chief };
    let done = db.store.publish_draft(&chief, now(60)).await.unwrap();
    assert_eq!(done, not_approved, "a comma undoes no refusal");
    let back = sheet("Wachten", "Drie weken.\n");
    db.store.save_draft((id, 2), &back, Cause::Restored, anna, now(36)).await.unwrap();
    assert_eq!(asked(3).await, AskedApproval::Done, "what they said of this text stands");
    assert_eq!(say(1, 1, true, 38).await, ApprovalGiven::Done, "they may think better of it");
    let part = &db.store.draft(id).await.unwrap().unwrap().made_of[0];
    assert_eq!((part.approval, part.remark.as_deref()), (Approval::Approved, Some("Mooi.")));

    // What they approved is what is published, and nothing else.
    assert_eq!(save(&db, (id, 3), "Iets heel anders.\n", anna, 40).await, Saved::Done(4));
    assert_eq!(publish(&db, id, 4, &column, anna).await, not_approved);
    db.store
        .save_draft((id, 4), &sheet("Wachten", "Drie weken.\n"), Cause::Restored, anna, now(50))
        .await
        .unwrap();
    let with_mail = Publishing { mails: &mails, ..publishing(id, 5, &column, anna) };
    assert_eq!(db.store.publish_draft(&with_mail, now(60)).await.unwrap(), Published::Done);
    assert_eq!(db.store.take_due_mails(9, Duration::HOUR, now(70)).await.unwrap().len(), 1);
    assert_eq!(own().await[0].column.clone().unwrap().2, Status::Published);
    assert_eq!(publish(&db, id, 5, &column, anna).await, Published::Done, "anew, without a mail");
    assert!(db.store.take_due_mails(9, Duration::HOUR, now(75)).await.unwrap().is_empty());
    let log = db
        .store
        .audit(&AuditFilter { subject: Some(experience), ..AuditFilter::default() }, 9)
        .await
        .unwrap();
    let deeds: Vec<Action> = log.iter().map(|line| line.action).collect();
    assert_eq!(
        deeds,
        [Action::Approved, Action::Disapproved, Action::ApprovalAsked, Action::Decided],
        "the newest first"
    );
}

async fn an_address_belongs_to_one_column(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    import(&db.store, &column("lamp")).await;
    let id = begin(&db, &sheet("Lamp", "Tekst.\n"), &[], anna).await;
    assert_eq!(publish(&db, id, 1, &column("lamp"), anna).await, Published::SlugTaken);
    assert_eq!(publish(&db, id, 1, &column("lamp-2"), anna).await, Published::Done);
    assert_eq!(publish(&db, id, 1, &column("lamp-3"), anna).await, Published::SlugFixed);
    assert_eq!(publish(&db, id, 1, &column("lamp"), anna).await, Published::SlugFixed);
    assert_eq!(publish(&db, id, 2, &column("lamp-2"), anna).await, Published::Changed(1));
    assert_eq!(publish(&db, Uuid::nil(), 1, &column("lamp-4"), anna).await, Published::Nothing);
}

async fn what_an_import_changed_is_not_overwritten(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let id = begin(&db, &sheet("Lamp", "Tekst.\n"), &[], anna).await;
    assert_eq!(publish(&db, id, 1, &column("lamp"), anna).await, Published::Done);
    import(&db.store, &Column { title: "Van elders".to_owned(), ..column("lamp") }).await;
    assert_eq!(publish(&db, id, 1, &column("lamp"), anna).await, Published::ColumnChanged);
    assert!(db.store.draft(id).await.unwrap().unwrap().column.unwrap().is_changed);
    let seen = db.store.column_hash(id).await.unwrap().unwrap();
    db.store.take_note_of_column(id, &seen).await.unwrap();
    assert_eq!(publish(&db, id, 1, &column("lamp"), anna).await, Published::Done);
    assert_eq!(db.store.column_hash(Uuid::nil()).await.unwrap(), None);
}

async fn a_moment_is_set_and_comes(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Chief).await;
    let id = begin(&db, &sheet("Lamp", "Tekst.\n"), &[], anna).await;
    let by = (anna, Role::Editor);
    let set = async |version, at| db.store.schedule_draft((id, version), now(at), by, now(0)).await.unwrap();
    assert_eq!(set(2, 600).await, Scheduled::Changed(1));
    assert_eq!(set(1, 600).await, Scheduled::Done);
    assert_eq!(set(1, 1_200).await, Scheduled::Done, "another moment");
    assert_eq!(db.store.due_drafts(now(1_199)).await.unwrap(), []);
    // What is written meanwhile is not what was to be published.
    assert_eq!(save(&db, (id, 1), "Later.\n", anna, 700).await, Saved::Done(2));
    let due = db.store.due_drafts(now(1_200)).await.unwrap();
    assert_eq!((due.len(), due[0].version, due[0].role), (1, 1, Role::Chief));
    assert_eq!(due[0].sheet.body, "Tekst.\n");
    assert_eq!(db.store.draft(id).await.unwrap().unwrap().scheduled.unwrap().by, "anna");
    // The list was read before somebody chose another moment: that one is waited for.
    let lamp = column("lamp");
    let early = Publishing { due: Some(now(600)), ..publishing(id, 1, &lamp, anna) };
    assert_eq!(db.store.publish_draft(&early, now(1_200)).await.unwrap(), Published::Changed(2));
    assert!(!db.store.unschedule_draft(id, None, Some((now(600), "slug-taken")), now(0)).await.unwrap());
    let due = Publishing { due: Some(now(1_200)), ..early };
    assert_eq!(db.store.publish_draft(&due, now(1_200)).await.unwrap(), Published::Done);
    assert_eq!(db.store.due_drafts(now(9_999)).await.unwrap(), []);
    let draft = db.store.draft(id).await.unwrap().unwrap();
    assert_eq!((draft.published_version, draft.version, draft.scheduled), (Some(1), 2, None));

    assert_eq!(set(2, 600).await, Scheduled::Done);
    assert!(db.store.unschedule_draft(id, None, Some((now(600), "slug-taken")), now(0)).await.unwrap());
    assert!(!db.store.unschedule_draft(id, Some(anna), None, now(0)).await.unwrap());
    assert_eq!(db.store.draft(id).await.unwrap().unwrap().publish_failed.as_deref(), Some("slug-taken"));
}

async fn a_column_is_taken_off_the_board(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Editor).await;
    let id = begin(&db, &sheet("Lamp", "Tekst.\n"), &[], anna).await;
    let take = async || db.store.take_off(id, "Klopt niet.", anna, &[], now(90)).await.unwrap();
    assert_eq!(take().await, TakenOff::NotThere);
    assert_eq!(publish(&db, id, 1, &column("lamp"), anna).await, Published::Done);
    let before = db.store.change_seq().await.unwrap();
    assert_eq!(take().await, TakenOff::Done);
    assert!(db.store.change_seq().await.unwrap() > before, "the board is drawn anew");
    assert_eq!(take().await, TakenOff::NotThere);
    let stored = db.store.column(&slug("lamp")).await.unwrap().unwrap();
    assert_eq!((stored.column.status, stored.column.body.as_str()), (Status::Withdrawn, "Een regel.\n"));
    assert_eq!(publish(&db, id, 1, &column("lamp"), anna).await, Published::Done, "it can come back");
    assert_eq!(db.store.take_off(Uuid::nil(), "", anna, &[], now(90)).await.unwrap(), TakenOff::Nothing);
}

async fn made_and_published(db: &TestDatabase) -> (Uuid, Uuid, Uuid) {
    let anna = editor(db, "anna", Role::Chief).await;
    let experience = accepted(db, 1, "Drie weken gewacht.", anna).await;
    let id = begin(db, &sheet("Wachten", "Drie weken.\n"), &[experience], anna).await;
    let column = column("wachten");
    let chief = Publishing { role: Role::Chief, ..publishing(id, 1, &column, anna) };
    assert_eq!(db.store.publish_draft(&chief, now(60)).await.unwrap(), Published::Done);
    (anna, experience, id)
}

async fn what_its_sender_takes_back_leaves_the_board(db: TestDatabase) {
    let (anna, ..) = made_and_published(&db).await;
    db.store.withdraw_experience(&hash(1), &[], now(100)).await.unwrap();
    let stored = db.store.column(&slug("wachten")).await.unwrap().unwrap();
    assert_eq!(stored.column.status, Status::Withdrawn);
    let taken_off = AuditFilter { action: Some(Action::TakenOff), ..AuditFilter::default() };
    let log = db.store.audit(&taken_off, 9).await.unwrap();
    assert_eq!((log.len(), log[0].editor.clone(), log[0].about.as_deref()), (1, None, Some("wachten")));
    // Put back, it is for the desk to decide on it again.
    db.store.restore_experience(&hash(1), now(110)).await.unwrap();
    let id = db.store.drafts(None, 9).await.unwrap()[0].id;
    assert_eq!(
        publish(&db, id, 1, &column("wachten"), anna).await,
        Published::Hindered(Hindrance::NotAccepted)
    );
}

async fn what_is_erased_leaves_no_word_on_the_board(db: TestDatabase) {
    let (anna, _, id) = made_and_published(&db).await;
    save(&db, (id, 1), &format!("{MARK} in een versie.\n"), anna, 70).await;
    let marked = Column { body: format!("{MARK} op het bord.\n"), ..column("wachten") };
    let chief = Publishing { role: Role::Chief, ..publishing(id, 2, &marked, anna) };
    assert_eq!(db.store.publish_draft(&chief, now(80)).await.unwrap(), Published::Done);
    if let Some(file) = db.url.path() {
        assert!(crate::experiences::found_in(file, MARK), "the search finds what is there");
    }
    assert!(db.store.erase_experience(&hash(1), &[], now(100)).await.unwrap());
    if let Some(file) = db.url.path() {
        assert!(!crate::experiences::found_in(file, MARK));
    }
    assert_eq!(db.store.draft(id).await.unwrap(), None);
    assert_eq!(db.store.revision(id, 1).await.unwrap(), None);
    let column = db.store.column(&slug("wachten")).await.unwrap().unwrap().column;
    assert_eq!(
        (column.status, column.title.as_str(), column.body.as_str()),
        (Status::Withdrawn, "Column", "")
    );
    assert!(db.store.drafts(None, 9).await.unwrap().is_empty());
}

async fn what_stands_on_the_board_is_not_thrown_away(db: TestDatabase) {
    let (anna, _, id) = made_and_published(&db).await;
    let discard = async |id: Uuid| db.store.discard_draft((id, 1), anna, now(100)).await.unwrap();
    assert_eq!(discard(id).await, Discarded::OnTheBoard);
    let other = begin(&db, &sheet("Proef", ""), &[], anna).await;
    // What somebody else wrote meanwhile is not thrown away unseen.
    assert_eq!(save(&db, (other, 1), "Meer.\n", anna, 10).await, Saved::Done(2));
    assert_eq!(discard(other).await, Discarded::Changed(2));
    let discard = async |id: Uuid| db.store.discard_draft((id, 2), anna, now(100)).await.unwrap();
    assert_eq!(discard(other).await, Discarded::Done);
    assert_eq!(discard(other).await, Discarded::Nothing);
    assert_eq!(db.store.draft(other).await.unwrap(), None);
}
