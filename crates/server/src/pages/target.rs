//! Which page a request asks for, in which language and form.

use axum::http::Uri;
use percent_encoding::percent_decode_str;
use weerklank::routes::{self, Route};
use weerklank_domain::Lang;

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub route: Option<Route>,
    /// The interface language in the path.
    pub ui: Option<Lang>,
    pub form: Form,
    /// Path without language, percent-decoded.
    pub path: String,
}

/// A page as people read it, or its data alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    Html,
    Data,
}

impl Target {
    /// `None` where the path is not UTF-8 once decoded.
    pub fn of(uri: &Uri) -> Option<Self> {
        let path = percent_decode_str(uri.path()).decode_utf8().ok()?;
        let (ui, path) = routes::split_language(&path);
        let (path, form) = match path.strip_suffix(routes::pattern::DATA_FILE) {
            Some("/") => ("/", Form::Data),
            Some(folder) if folder.ends_with('/') => (&folder[..folder.len() - 1], Form::Data),
            _ => (path, Form::Html),
        };
        Some(Self { route: Route::parse(path, &query(uri)), ui, form, path: path.to_owned() })
    }

    /// The page that was clearly meant where the address is none ([`Route::meant`]): the language of
    /// its address, the page, and the place on it. Never for data: programs spell addresses right.
    pub fn meant(&self, uri: &Uri) -> Option<(Option<Lang>, Route, &'static str)> {
        if self.route.is_some() || self.form == Form::Data {
            return None;
        }
        let path = self.path.to_ascii_lowercase();
        let (ui, path) = if self.ui.is_some() { (self.ui, &*path) } else { routes::split_language(&path) };
        let (route, place) = Route::meant(path, &query(uri))?;
        Some((ui, route, place))
    }
}

fn query(uri: &Uri) -> Vec<(String, String)> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .take(32)
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(uri: &str) -> Option<Target> {
        Target::of(&uri.parse().unwrap())
    }

    #[test]
    fn language_form_and_page_are_told_apart() {
        let found = target("/en/columns/een-titel/page.json").unwrap();
        assert_eq!((found.ui, found.form), (Some(Lang::En), Form::Data));
        assert_eq!(found.route.unwrap().url(), "/columns/een-titel");
        let found = target("/page.json?page=2").unwrap();
        assert_eq!((found.form, found.route.unwrap().url()), (Form::Data, "/?page=2".to_owned()));
        assert_eq!(target("/%63olumns/een%2Dtitel").unwrap().route.unwrap().url(), "/columns/een-titel");
    }

    #[test]
    fn tricks_lead_nowhere() {
        for uri in [
            "/columns/%2e%2e%2fetc",
            "/columns/%00",
            "/..%2f..%2fetc/passwd",
            "//columns/x",
            "/columns/x%0d%0aSet-Cookie:a",
        ] {
            assert_eq!(target(uri).and_then(|target| target.route), None, "{uri}");
        }
        assert_eq!(target("/%ff"), None);
    }

    #[test]
    fn what_was_meant_is_a_page_of_this_host() {
        let meant = |uri: &str| {
            let uri: Uri = uri.parse().unwrap();
            let (ui, route, place) = target(&uri.to_string())?.meant(&uri)?;
            Some(routes::localised(&(route.url() + place), ui))
        };
        for (uri, address) in [
            ("/en/shops/?page=2", Some("/en/shops?page=2")),
            ("/EN/Columns/Een-Titel", Some("/en/columns/een-titel")),
            ("/nl/moments", Some("/nl/#moments")),
            ("/%43olumns/een%2Dtitel%2F", Some("/columns/een-titel")),
            ("/shops/?page=2&next=https://evil.example", Some("/shops?page=2")),
            ("/shops", None),
            ("/unknown/", None),
            ("/", None),
            ("//evil.example/", None),
            ("/columns//evil.example/", None),
            ("/columns/x%0d%0aLocation:evil/", None),
            ("/Columns/een-titel/page.json", None),
        ] {
            assert_eq!(meant(uri).as_deref(), address, "{uri}");
        }
    }
}
