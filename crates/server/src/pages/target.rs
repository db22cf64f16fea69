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
        let query: Vec<(String, String)> = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .take(32)
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        Some(Self { route: Route::parse(path, &query), ui, form, path: path.to_owned() })
    }

    /// Where a page is meant whose address has a slash too many at its end.
    pub fn without_slash(&self, uri: &Uri) -> Option<String> {
        let path = self.path.strip_suffix('/').filter(|path| !path.is_empty() && !path.ends_with('/'))?;
        Route::parse(path, &[])?;
        let mut address = routes::localised(path, self.ui);
        if let Some(query) = uri.query() {
            address.push('?');
            address.push_str(query);
        }
        Some(address)
    }
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
    fn one_slash_too_many_is_mended_on_this_host_only() {
        let mend = |uri: &str| target(uri).unwrap().without_slash(&uri.parse().unwrap());
        assert_eq!(mend("/en/shops/?page=2"), Some("/en/shops?page=2".to_owned()));
        assert_eq!(mend("//evil.example/"), None);
        assert_eq!(mend("/unknown/"), None);
        assert_eq!(mend("/"), None);
    }
}
