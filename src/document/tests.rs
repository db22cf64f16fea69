use std::collections::{BTreeMap, BTreeSet};

use weerklank_api::pages::Page;
use weerklank_domain::Lang;

use super::*;
use crate::board::RESERVED_IDS;
use crate::fixtures;
use crate::routes::{Route, pattern, split_language};

fn pages() -> Vec<(String, Envelope, String)> {
    let assets = DocumentAssets { scripts_html: "<script src=\"/app.js\"></script>".to_owned() };
    let mut pages = Vec::new();
    for lang in Lang::ALL {
        for (name, mut envelope) in fixtures::all(*lang) {
            pages.push((format!("{name}.{lang}"), envelope.clone(), html(&envelope, &assets)));
            envelope.mirror = true;
            envelope.ui_in_path = false;
            pages.push((format!("{name}.{lang} mirrored"), envelope.clone(), html(&envelope, &assets)));
        }
    }
    pages
}

/// The values of an attribute, unescaped.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    html.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| {
            value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
        })
        .collect()
}

/// The view alone, without the data that follows it.
fn view(html: &str) -> &str {
    let start = html.find("<div id=\"app\" class=\"sent\">").unwrap();
    &html[start..html.find("<script type=\"application/json\"").unwrap()]
}

#[test]
fn every_page_is_a_whole_document() {
    for (name, envelope, html) in pages() {
        assert!(html.starts_with("<!doctype html><html dir=\"ltr\" lang=\""), "{name}");
        assert!(html.ends_with("<script src=\"/app.js\"></script></body></html>\n"), "{name}");
        for once in
            ["<h1", "<main", "<title>", "class=\"skip\"", "<header class=\"site\"", "<footer class=\"site\""]
        {
            assert_eq!(html.matches(once).count(), 1, "{name}: {once}");
        }
        assert!(html.contains(&format!("lang=\"{}\"", envelope.ui)), "{name}");
    }
}

#[test]
fn what_a_column_lacks_leaves_no_label() {
    let html = |wanted: &str| {
        pages().into_iter().find(|(name, ..)| name == wanted).map(|(_, _, html)| html).unwrap()
    };
    let labels = ["<li>By ", "<li>By<", "class=\"facts\"", "class=\"standfirst\""];
    let bare = html("column-bare.en");
    for label in labels.iter().chain(&["<ul class=\"meta\"></ul>", "<dd></dd>"]) {
        assert!(!view(&bare).contains(label), "{label}");
    }
    let full = html("column.en");
    assert!(labels[..2].iter().any(|label| view(&full).contains(label)));
    assert!(labels[2..].iter().all(|label| view(&full).contains(label)));
    assert!(view(&full).contains("https://board.example/columns/het-bedrag-onder-de-streep</p>"), "on paper");
}

#[test]
fn a_strict_policy_finds_nothing_to_block() {
    for (name, _, html) in pages() {
        let view = view(&html);
        for forbidden in [" style=", " onclick=", "javascript:", "<!>", "<style", "<script"] {
            assert!(!view.contains(forbidden), "{name}: {forbidden}");
        }
        assert_eq!(html.matches("<style>").count(), 1, "{name}");
    }
}

#[test]
fn ids_are_unique_and_known_to_the_renderer() {
    for (name, envelope, html) in pages() {
        let ids = values(&html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        if matches!(envelope.page, Page::Home(_) | Page::Series(_) | Page::Search(_)) {
            for id in unique {
                assert!(RESERVED_IDS.contains(&id.as_str()), "{name}: {id}");
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for (name, envelope, html) in pages() {
        let view = view(&html);
        let ids = values(view, "id");
        let hrefs = values(view, "href");
        assert!(hrefs.len() > 20, "{name}");
        for href in hrefs {
            if let Some(id) = href.strip_prefix('#') {
                // The fixture's table of contents names headings that its short text lacks.
                let listed = matches!(envelope.page, Page::Column(_)) && ["cent", "slot"].contains(&id);
                assert!(listed || ids.iter().any(|known| known == id), "{name}: {href}");
            } else if href.starts_with('/') && !href.starts_with("/feed.") {
                let (path, query) = href.split_once('?').unwrap_or((&href, ""));
                let (lang, path) = split_language(path);
                let is_servers = path == pattern::SHARE;
                assert!(is_servers || Route::parse(path, &pairs(query)).is_some(), "{name}: {href}");
                // The links of the language switch aside, a page keeps to its own form of address.
                assert!(lang.is_some() || !envelope.ui_in_path, "{name}: {href}");
            } else {
                let outside = ["https://", "mailto:", "/feed."].iter().any(|start| href.starts_with(start));
                assert!(outside || href.is_empty(), "{name}: {href}");
            }
        }
    }
}

/// What a browser sends for a query, taken apart.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let digits = [rest.next().unwrap(), rest.next().unwrap()];
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                }
                byte => bytes.push(byte),
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (decode(key), decode(value)));
    query.split('&').filter_map(pair).collect()
}

#[test]
fn what_people_typed_stays_text() {
    let (_, _, html) = pages().into_iter().find(|(name, ..)| name == "column.nl").unwrap();
    assert!(html.contains("<bdi>Snoerhof &lt;Telecom&gt; &amp; Co</bdi>"));
    assert!(html.contains("Jorinde \"Jo\" Vlasakker") || html.contains("Jorinde &quot;Jo&quot; Vlasakker"));
}

#[test]
fn the_data_comes_back_and_cannot_end_its_element() {
    let mut envelope = fixtures::envelope(Page::Column(Box::new(fixtures::column())), "/columns/x", Lang::Nl);
    if let Page::Column(page) = &mut envelope.page {
        page.card.title = "</script><!-- <script> &amp; \u{2028}\u{2029}".to_owned();
    }
    let html = html(&envelope, &DocumentAssets::default());
    for marker in ["<script type=\"application/json\" id=\"page\">", "<script type=\"application/ld+json\">"]
    {
        let data = html.split(marker).nth(1).unwrap().split("</script>").next().unwrap();
        for c in ['<', '>', '&', '\u{2028}', '\u{2029}'] {
            assert!(!data.contains(c), "{c:?}");
        }
        let value: serde_json::Value = serde_json::from_str(data).unwrap();
        assert!(value.is_object());
    }
    let data = html.split("id=\"page\">").nth(1).unwrap().split("</script>").next().unwrap();
    assert_eq!(serde_json::from_str::<Envelope>(data).unwrap(), envelope);
}

/// The colours of `style/tokens.css`: raw values and roles.
fn tokens() -> BTreeMap<&'static str, &'static str> {
    CSS.split([';', '{', '}'])
        .filter_map(|declaration| declaration.strip_prefix("--")?.split_once(':'))
        // Print sets its own further on; the first value is the screen's.
        .rev()
        .collect()
}

/// The two halves of a role, light first.
fn role(tokens: &BTreeMap<&str, &'static str>, name: &str) -> [[f64; 3]; 2] {
    let halves = tokens[name].strip_prefix("light-dark(").unwrap().strip_suffix(')').unwrap();
    let mut halves = halves.split(',').map(|half| {
        let raw = half.strip_prefix("var(--").unwrap().strip_suffix(')').unwrap();
        let hex = u32::from_str_radix(tokens[raw].strip_prefix('#').unwrap(), 16).unwrap();
        [hex >> 16, hex >> 8 & 255, hex & 255].map(|channel| f64::from(channel) / 255.0)
    });
    [halves.next().unwrap(), halves.next().unwrap()]
}

/// WCAG 2.2, "relative luminance" and "contrast ratio": 1 to 21.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |color: [f64; 3]| {
        let [r, g, b] =
            color.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_can_be_read_in_both_themes() {
    let tokens = tokens();
    for ground in ["paper", "raised"] {
        let grounds = role(&tokens, ground);
        for (name, least) in [
            ("ink", 10.0),
            ("soft", 4.5),
            ("accent", 4.5),
            ("positive", 4.5),
            ("negative", 4.5),
            ("mixed", 4.5),
        ] {
            for (theme, (ground_color, color)) in
                ["light", "dark"].iter().zip(grounds.into_iter().zip(role(&tokens, name)))
            {
                let ratio = contrast(ground_color, color);
                assert!(ratio >= least, "{name} on {ground}, {theme}: {ratio:.2} < {least}");
            }
        }
    }
}

#[test]
fn contrast_is_measured_as_wcag_does() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([1.0; 3], [119.0 / 255.0; 3]) - 4.478).abs() < 1e-3);
}

#[test]
fn the_browsers_bars_have_the_colour_of_the_paper() {
    let tokens = tokens();
    assert_eq!(tokens["paper"], "light-dark(var(--cream),var(--night))");
    assert_eq!(THEME_COLORS.map(|(_, color)| color), [tokens["cream"], tokens["night"]]);
}
