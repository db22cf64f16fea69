//! Which addresses a text may lead to.

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A page of this site, a place on this page, a mail address or a telephone number.
    Internal,
    /// Another site.
    External,
    /// A scheme that is not on the list: the link is drawn as its text.
    Refused,
}

/// `http`, `https`, `mailto`, `tel` and relative addresses are let through.
pub(super) fn link(url: &str, site_origin: Option<&str>) -> Target {
    match scheme(url) {
        Scheme::None if has_host(url) => {
            external_unless_own(url.trim_start_matches(['/', '\\']), site_origin, true)
        }
        Scheme::None => Target::Internal,
        Scheme::Named(name) if is(name, "http") || is(name, "https") => {
            external_unless_own(url, site_origin, false)
        }
        Scheme::Named(name) if is(name, "mailto") || is(name, "tel") => Target::Internal,
        Scheme::Named(_) | Scheme::Odd => Target::Refused,
    }
}

/// `https` and relative addresses are let through; the target tells whose server will see a reader.
pub(super) fn image(url: &str, site_origin: Option<&str>) -> Target {
    match scheme(url) {
        Scheme::Named(name) if !is(name, "https") => Target::Refused,
        _ => link(url, site_origin),
    }
}

enum Scheme<'a> {
    None,
    Named(&'a str),
    /// A browser might find another scheme here than we do.
    Odd,
}

fn scheme(url: &str) -> Scheme<'_> {
    // Browsers drop these before they look for a scheme (URL Standard, 4.4): `java\nscript:`.
    if url.contains(|c: char| c.is_control()) || url.starts_with(|c: char| c.is_whitespace()) {
        return Scheme::Odd;
    }
    let head = &url[..url.find(['/', '?', '#']).unwrap_or(url.len())];
    let Some(colon) = head.find(':') else { return Scheme::None };
    let name = &head[..colon];
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if named { Scheme::Named(name) } else { Scheme::Odd }
}

/// `//host`, in every spelling that a browser takes for it.
fn has_host(url: &str) -> bool {
    let mut bytes = url.bytes();
    let slash = |byte| matches!(byte, Some(b'/' | b'\\'));
    slash(bytes.next()) && slash(bytes.next())
}

/// `bare`: `url` starts with the host, so any scheme of the origin is meant.
fn external_unless_own(url: &str, site_origin: Option<&str>, bare: bool) -> Target {
    let own = site_origin.is_some_and(|origin| {
        let origin = if bare { origin.split_once("://").map_or(origin, |(_, host)| host) } else { origin };
        url.get(..origin.len()).is_some_and(|start| start.eq_ignore_ascii_case(origin))
            && matches!(url.as_bytes().get(origin.len()), None | Some(b'/' | b'?' | b'#'))
    });
    if own { Target::Internal } else { Target::External }
}

fn is(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_on_the_list_lead_somewhere() {
        let origin = Some("https://board.example");
        for (url, target) in [
            ("", Target::Internal),
            ("#wet", Target::Internal),
            ("/columns/a", Target::Internal),
            ("../a:b", Target::Internal),
            ("a?b:c", Target::Internal),
            ("mailto:a@b.example", Target::Internal),
            ("tel:+31201234567", Target::Internal),
            ("https://board.example", Target::Internal),
            ("HTTPS://Board.Example/a", Target::Internal),
            ("//board.example/a", Target::Internal),
            ("https://board.example.evil.example/", Target::External),
            ("https://board.example@evil.example/", Target::External),
            ("https://board.example:8443/", Target::External),
            ("http://other.example", Target::External),
            ("//other.example", Target::External),
            ("/\\other.example", Target::External),
            ("\\\\other.example", Target::External),
        ] {
            assert_eq!(link(url, origin), target, "{url}");
        }
    }

    #[test]
    fn other_schemes_are_refused() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:a",
            "data:text/html,a",
            "file:///etc/passwd",
            "blob:https://a/b",
            "jar:a",
            "java%0ascript:alert(1)",
            "javascript\u{3a}alert(1)",
            "\u{a0}javascript:a",
        ] {
            assert_eq!(link(url, None), Target::Refused, "{url:?}");
            assert_eq!(image(url, None), Target::Refused, "{url:?}");
        }
        for url in ["http://a/b.png", "mailto:a@b", "tel:1", "data:image/svg+xml,a"] {
            assert_eq!(image(url, None), Target::Refused, "{url}");
        }
        assert_eq!(image("https://a/b.png", None), Target::External);
        assert_eq!(image("/a.png", None), Target::Internal);
    }
}
