use weerklank_domain::feedback::site::{KeyId, SiteKey};
use weerklank_store::{NewSigningKey, StoreError, StoredSite};
use weerklank_test_support::database::TestDatabase;
use weerklank_test_support::on_every_database;

use crate::feedback::{a_site, answer_everything, hash, list, site};
use crate::now;

on_every_database!(
    keys_open_until_they_are_revoked,
    a_site_comes_back_as_it_was_set,
    a_shop_is_made_once,
    answers_move_to_another_database
);

async fn keys_open_until_they_are_revoked(db: TestDatabase) {
    let site = a_site(&db, 1).await;
    let (store, shop) = (&db.store, site.shop_id);
    let old = store.add_api_key(shop, &hash(1), now(0)).await.unwrap();
    store.add_api_key(shop, &hash(2), now(1)).await.unwrap();
    let opens = async |number| store.shop_by_api_key(&hash(number)).await.unwrap().map(|shop| shop.id);
    assert_eq!([opens(1).await, opens(2).await, opens(3).await], [Some(shop), Some(shop), None]);
    assert!(store.revoke_api_key(shop, old, now(2)).await.unwrap());
    assert!(!store.revoke_api_key(shop, old, now(3)).await.unwrap(), "once");
    assert_eq!([opens(1).await, opens(2).await], [None, Some(shop)]);
    let revoked: Vec<_> = store.api_keys(shop).await.unwrap().iter().map(|key| key.revoked_at).collect();
    assert_eq!(revoked, [Some(now(2)), None]);

    let (first, second) = (KeyId::new([1; 5]), KeyId::new([200; 5]));
    let current = async || store.current_signing_key(site.id).await.unwrap().map(|key| key.id);
    assert_eq!(current().await, Some(first.clone()));
    let new = NewSigningKey { id: &second, secret: b"een tweede" };
    store.add_signing_key(site.id, &new, now(5)).await.unwrap();
    assert_eq!(current().await, Some(second.clone()));
    let found = store.signing_key(&first).await.unwrap().unwrap();
    assert_eq!((found.secret.as_slice(), &found.site), (&b"een geheim"[..], &site));
    assert!(!format!("{found:?} {new:?}").contains("een"), "it does not show in a log");
    assert!(store.revoke_signing_key(site.id, &second, now(6)).await.unwrap());
    assert_eq!((store.signing_key(&second).await.unwrap(), current().await), (None, Some(first)));
}

async fn a_site_comes_back_as_it_was_set(db: TestDatabase) {
    let stored = a_site(&db, 1).await;
    assert_eq!((&stored.site, stored.name.as_str(), stored.disabled_at), (&site(), "Klantenservice", None));
    assert_eq!((stored.shop.name.as_str(), stored.shop.slug.as_str()), ("Winkel 1", "winkel-1"));
    assert!(db.store.disable_site(stored.shop_id, &stored.key, Some(now(9))).await.unwrap());
    let disabled = db.store.site_by_key(&stored.key).await.unwrap().unwrap();
    assert_eq!(disabled, StoredSite { disabled_at: Some(now(9)), ..stored });
    assert_eq!(db.store.site_by_key(&SiteKey::new([9; 10])).await.unwrap(), None);
}

async fn a_shop_is_made_once(db: TestDatabase) {
    let (shop, is_new) = db.store.add_shop("Café Één", now(0)).await.unwrap();
    assert_eq!((shop.shop.slug.as_str(), is_new), ("cafe-een", true));
    let (again, is_new) = db.store.add_shop("CAFE EEN", now(1)).await.unwrap();
    assert_eq!((&again, is_new), (&shop, false), "it keeps the spelling that it has");
    assert_eq!(db.store.known_shop(&shop.shop.slug).await.unwrap(), Some(shop));
    let error = db.store.add_shop("—", now(0)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unnameable(_)), "{error}");
}

async fn answers_move_to_another_database(db: TestDatabase) {
    answer_everything(&db).await;
    let site = db.store.site_by_key(&SiteKey::new([1; 10])).await.unwrap().unwrap();
    let all = list(&db, site.shop_id).await;
    for there in [TestDatabase::sqlite().await, TestDatabase::postgres().await] {
        db.store.transfer_to(&there.store, now(0)).await.unwrap();
        assert_eq!(list(&there, site.shop_id).await, all);
        let whole = async |store: &weerklank_store::Store| {
            store.feedback_by_id(site.shop_id, all[0].id).await.unwrap()
        };
        assert_eq!(whole(&there.store).await, whole(&db.store).await);
        // It holds something, if only a site.
        let error = db.store.transfer_to(&there.store, now(0)).await.unwrap_err();
        assert!(matches!(error, StoreError::NotEmpty), "{error}");
    }
}
