//! Bundles and minifies `style/` into the one string that every page carries.
//!
//! The sources are ours and plain, so dropping comments and needless white space gets within a few
//! bytes of a full CSS compiler once brotli has been over it (docs/adr/0013-styles.md).

/// Removes comments and white space that mean nothing. Strings stay as they are. White space stays
/// around `+`, `-` and between words, where CSS needs it (`calc(1px + 2px)`, `a b`, `and (`).
pub fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut gap = false;
    while let Some(c) = chars.next() {
        match c {
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut star = false;
                for c in chars.by_ref() {
                    if star && c == '/' {
                        break;
                    }
                    star = c == '*';
                }
                gap = true;
            }
            c if c.is_ascii_whitespace() => gap = true,
            '"' | '\'' => {
                flush_gap(&mut out, &mut gap, c);
                out.push(c);
                while let Some(inner) = chars.next() {
                    out.push(inner);
                    if inner == '\\' {
                        out.extend(chars.next());
                    } else if inner == c {
                        break;
                    }
                }
            }
            '}' => {
                gap = false;
                if out.ends_with(';') {
                    out.pop();
                }
                out.push('}');
            }
            c => {
                flush_gap(&mut out, &mut gap, c);
                out.push(c);
            }
        }
    }
    out
}

/// Writes the pending space unless one of its neighbours makes it needless. Only punctuation that
/// never stands next to a meaningful space counts: `:` before a space may be a declaration, but a
/// space before `:` may be a descendant (`a :hover`).
fn flush_gap(out: &mut String, gap: &mut bool, next: char) {
    if std::mem::take(gap) {
        let needless = out.ends_with(['{', '}', ';', ',', ':', '(', '>']) || out.is_empty();
        if !needless && !matches!(next, '{' | ';' | ',' | ')' | '>' | '!') {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::minify;

    #[test]
    fn what_means_nothing_goes() {
        assert_eq!(minify("/* a */ a , b {\n  color: red ;\n}\n"), "a,b{color:red}");
        assert_eq!(
            minify("@media (x >= 6rem) and (y) { a { b: c !important; } }"),
            "@media (x>= 6rem) and (y){a{b:c!important}}"
        );
    }

    #[test]
    fn what_means_something_stays() {
        for css in ["a{b:calc(1px + (2px - 1px))}", "a b :is(c,d){e:f}", "a{content:\"/* x */  y\\\"  \"}"] {
            assert_eq!(minify(css), css);
        }
    }
}
