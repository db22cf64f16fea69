//! What the document says of the page: for the tab, for bookmarks and for whoever shares it.

use web_sys::Document;
use weerklank_api::pages::Envelope;

use crate::head::Head;

/// The description, links, Open Graph and JSON-LD speak to programs that read what the server sent. Those of another
/// page would be wrong here, so they go.
const OF_ONE_PAGE: &str = "meta[name=description], link[rel=alternate], link[rel=prev], link[rel=next], meta[property], [type='application/ld+json']";

pub(super) fn update(document: &Document, envelope: &Envelope) {
    let head = Head::of(envelope);
    document.set_title(&head.title);
    if let Some(html) = document.document_element() {
        let _ = html.set_attribute("lang", envelope.ui.as_str());
    }
    let find = |selector| document.query_selector(selector).ok().flatten();
    match (find("link[rel=canonical]"), head.canonical) {
        (Some(link), Some(href)) => {
            let _ = link.set_attribute("href", &href);
        }
        (Some(link), None) => link.remove(),
        (None, Some(href)) => {
            if let (Ok(link), Some(head)) = (document.create_element("link"), document.head()) {
                let _ = link.set_attribute("rel", "canonical");
                let _ = link.set_attribute("href", &href);
                let _ = head.append_child(&link);
            }
        }
        (None, None) => {}
    }
    while let Some(stale) = document.head().and_then(|head| head.query_selector(OF_ONE_PAGE).ok().flatten()) {
        stale.remove();
    }
}
