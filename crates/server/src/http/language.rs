//! The interface language a browser asks for (RFC 9110, section 12.5.4).

use axum::http::{HeaderMap, header};
use weerklank_domain::Lang;

/// The language of `Accept-Language` that we speak and that is wanted most; Dutch where none is.
pub fn negotiate(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(preferred)
        .unwrap_or(Lang::Nl)
}

fn preferred(accept: &str) -> Option<Lang> {
    // Browsers send a handful; a longer list is someone trying things out.
    let ranges = accept.split(',').take(32).filter_map(|range| {
        let (tag, quality) = range.split_once(';').map_or((range, 1.0), |(tag, parameters)| {
            let quality = parameters.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok());
            (tag, quality.unwrap_or(1.0))
        });
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let lang = primary.parse::<Lang>().ok()?;
        (quality > 0.0).then_some((lang, quality))
    });
    // The first of equals wins, as browsers list languages by preference.
    ranges
        .fold(None, |best: Option<(Lang, f32)>, range| match best {
            Some(best) if best.1 >= range.1 => Some(best),
            _ => Some(range),
        })
        .map(|(lang, _)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_known_language_wins() {
        for (accept, lang) in [
            ("nl", Some(Lang::Nl)),
            ("en-GB,en;q=0.9,nl;q=0.8", Some(Lang::En)),
            ("de,nl-BE;q=0.5,en;q=0.4", Some(Lang::Nl)),
            ("nl;q=0.3, EN;q=0.7", Some(Lang::En)),
            ("en;q=0, nl;q=0.1", Some(Lang::Nl)),
            ("fr,*;q=0.1", None),
            ("en;q=x", Some(Lang::En)),
            ("", None),
        ] {
            assert_eq!(preferred(accept), lang, "{accept}");
        }
    }
}
