//! What differs between two texts, as people see it.

use weerklank::desk_words::compared;
use weerklank_domain::Lang;
use weerklank_revision::{Sort, diff};

/// The whole of both as HTML, safe to place as it is: what went in `del`, what came in `ins`, else plain
/// text with its line ends. Who hears it is told which is which, in `ui`: not every reader says marks.
pub fn drawn(old: &str, new: &str, ui: Lang) -> String {
    let (removed, added) = compared(ui);
    let mut html = String::with_capacity(new.len() + new.len() / 4);
    for piece in diff(old, new) {
        let (open, close) = match piece.sort {
            Sort::Same => (String::new(), ""),
            Sort::Gone => (format!("<del><span class=\"visually-hidden\">{removed} </span>"), "</del>"),
            Sort::New => (format!("<ins><span class=\"visually-hidden\">{added} </span>"), "</ins>"),
        };
        html.push_str(&open);
        html.push_str(&escaped(&piece.text));
        html.push_str(close);
    }
    html
}

/// A text as HTML that says just that.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_and_nothing_is_markup() {
        assert_eq!(
            drawn("Een <b>lamp</b> & meer.\n", "Een <i>lamp</i> & meer.\n", Lang::Nl),
            "Een <del><span class=\"visually-hidden\">verwijderd: </span>&lt;b&gt;lamp&lt;/b&gt; </del>\
             <ins><span class=\"visually-hidden\">toegevoegd: </span>&lt;i&gt;lamp&lt;/i&gt; </ins>&amp; meer.\n"
        );
    }
}
