//! The first words of statements, as the desk wrote them.

use uuid::Uuid;
use weerklank_domain::Lang;
use weerklank_domain::desk::{Action, Ground, Role, Template, Verdict};
use weerklank_store::{AuditFilter, TemplateWritten};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::desk::editor;
use crate::now;

on_every_database!(
    first_words_are_written_and_given_up,
    nobody_writes_over_what_they_have_not_read,
    of_many_at_once_one_writes,
);

fn template(lang: Lang) -> Template {
    Template::new(lang, Verdict::Reject, Some(Ground::Law)).unwrap()
}

async fn write(db: &TestDatabase, version: i64, text: Option<&str>, by: Uuid) -> TemplateWritten {
    db.store.write_template((template(Lang::Nl), version), text, by, now(version)).await.unwrap()
}

pub(crate) async fn write_one(db: &TestDatabase) {
    let anna = editor(db, "anna", Role::Chief).await;
    assert_eq!(write(db, 0, Some("Zo."), anna).await, TemplateWritten::Done);
}

async fn first_words_are_written_and_given_up(db: TestDatabase) {
    assert!(db.store.templates().await.unwrap().is_empty());
    write_one(&db).await;
    let bram = editor(&db, "bram", Role::Chief).await;
    let other = Template::new(Lang::En, Verdict::Ask, None).unwrap();
    db.store.write_template((other, 0), Some("Hello."), bram, now(0)).await.unwrap();
    assert_eq!(db.store.templates().await.unwrap().len(), 2, "each language and verdict has its own");
    assert_eq!(write(&db, 1, None, bram).await, TemplateWritten::Done);
    let all = db.store.templates().await.unwrap();
    let stored = all.iter().find(|stored| stored.template == template(Lang::Nl)).unwrap();
    assert_eq!((stored.text.as_deref(), stored.version, stored.changed_by.as_str()), (None, 2, "bram"));
    assert_eq!(stored.changed_at, now(1));
    let lines = db.store.audit(&AuditFilter::default(), 100).await.unwrap();
    let of_law = lines.iter().filter(|line| line.ground == Some(Ground::Law));
    let mut told: Vec<_> = of_law.map(|line| (line.action, line.about.as_deref())).collect();
    told.sort_unstable();
    assert_eq!(told, [(Action::TemplateChanged, Some("nl")), (Action::TemplateReset, Some("nl"))]);
}

async fn nobody_writes_over_what_they_have_not_read(db: TestDatabase) {
    write_one(&db).await;
    let bram = editor(&db, "bram", Role::Chief).await;
    for stale in [0, 2, -1] {
        assert_eq!(write(&db, stale, Some("Anders."), bram).await, TemplateWritten::Changed, "{stale}");
        assert_eq!(write(&db, stale, None, bram).await, TemplateWritten::Changed, "{stale}");
    }
    assert_eq!(db.store.templates().await.unwrap()[0].text.as_deref(), Some("Zo."));
    assert_eq!(write(&db, 1, Some("Anders."), bram).await, TemplateWritten::Done);
    let changes = AuditFilter { action: Some(Action::TemplateChanged), ..AuditFilter::default() };
    let told = db.store.audit(&changes, 100).await.unwrap();
    assert_eq!(told.len(), 2, "what was refused did not happen");
}

async fn of_many_at_once_one_writes(db: TestDatabase) {
    let anna = editor(&db, "anna", Role::Chief).await;
    for version in 0..3 {
        let tries = (0..8).map(|number| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let text = format!("Van {number}.");
                store.write_template((template(Lang::Nl), version), Some(&text), anna, now(0)).await.unwrap()
            })
        });
        let mut done = 0;
        for one in tries.collect::<Vec<_>>() {
            done += i32::from(one.await.unwrap() == TemplateWritten::Done);
        }
        assert_eq!(done, 1, "{version}");
    }
}
