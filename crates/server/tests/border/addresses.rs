use weerklank::routes::localised;
use weerklank_test_support::{
    app::{ORIGIN, TestApp},
    database::TestDatabase,
    on_every_database,
};

use crate::{FORMS, html::elements};

on_every_database!(
    a_query_has_one_address,
    a_column_has_one_canonical_address,
    an_address_that_is_nearly_right_leads_on,
);

async fn a_query_has_one_address(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let plain = app.get("/?sentiment=negative&moment=contact").await;
    for url in [
        "/?moment=contact&sentiment=negative",
        "/?sentiment=negative&moment=contact&utm_source=mail&q=",
        "/?sentiment=negative&shop=&moment=contact&page=1",
        "/?sentiment=positive&moment=contact&sentiment=negative",
        "/?sentiment=%6Eegative&moment=contact",
    ] {
        assert_eq!(app.get(url).await.body, plain.body, "{url}");
    }
    for url in ["/?sentiment=angry", "/?moment=../x", "/?shop=A", "/?lang=de"] {
        assert_eq!(app.get(url).await.status, 404, "{url}");
    }
}

/// Around a column only menus differ between the interface languages: its pages are no language
/// versions of each other, and search engines are sent to one of them.
async fn a_column_has_one_canonical_address(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    let sitemap = app.get("/sitemap.xml").await.text();
    for slug in ["retour-in-elf-stappen", "the-returns-desk"] {
        let one = format!("{ORIGIN}/columns/{slug}");
        assert!(sitemap.contains(&format!("<loc>{one}</loc>")), "{one}");
        for form in FORMS {
            let html = app.get(&localised(&format!("/columns/{slug}"), form)).await.text();
            let elements = elements(&html);
            let canonical = elements.iter().find(|element| element.is("link", "rel", "canonical")).unwrap();
            assert_eq!(canonical.get("href"), Some(&*one), "{form:?}");
            let shared = elements.iter().find(|element| element.is("meta", "property", "og:url")).unwrap();
            assert_eq!(shared.get("content"), Some(&*one), "{form:?}");
            assert!(html.contains(&format!("\"mainEntityOfPage\":\"{one}\"")), "{form:?}");
            let languages =
                elements.iter().filter(|link| link.name == "link" && link.get("hreflang").is_some());
            assert_eq!(languages.count(), 0, "{form:?}");
        }
    }
}

async fn an_address_that_is_nearly_right_leads_on(db: TestDatabase) {
    let app = TestApp::with_samples(db).await;
    for (url, address) in [
        ("/columns", "/"),
        ("/nl/columns/", "/nl/"),
        ("/en/series?sentiment=negative&utm_source=mail", "/en/?sentiment=negative"),
        ("/authors", "/"),
        ("/en/moments", "/en/#moments"),
        ("/en/moments?utm_source=mail", "/en/#moments"),
        ("/en/moments?lang=nl&sentiment=negative", "/en/?sentiment=negative&lang=nl"),
        ("/columns/Retour-In-Elf-Stappen", "/columns/retour-in-elf-stappen"),
        ("/EN/columns/the-returns-desk/", "/en/columns/the-returns-desk"),
        ("/EN", "/en/"),
        ("/Nl/", "/nl/"),
        ("/Shops/LAMPENLOODS-lumeta?page=1", "/shops/lampenloods-lumeta"),
        ("/moments/contact/?sentiment=negative", "/moments/contact?sentiment=negative"),
    ] {
        let answer = app.get(url).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (308, address), "{url}");
        assert_eq!(answer.header("cache-control"), "no-cache", "a page may be made there later");
        assert_eq!(app.get(address.split('#').next().unwrap()).await.status, 200, "{url}");
        assert_eq!(app.send("HEAD", url, &[]).await.status, 308, "{url}");
        assert_eq!(app.send("POST", url, &[]).await.status, 405, "{url}");
    }
    for url in [
        "/columns/Nergens",
        "/columns/nergens/",
        "/series/Nergens/",
        "/columns?page=9999",
        "/columns?moment=x",
        "/moments?sentiment=angry",
        "/columns//",
        "/columns/Retour-In-Elf-Stappen/page.json",
        "/column",
    ] {
        assert_eq!(app.get(url).await.status, 404, "{url}");
    }
}
