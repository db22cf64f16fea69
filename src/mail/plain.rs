//! A letter as plain text: one paragraph a line, which every mail program folds as it likes.

use super::{Letter, paragraphs};

pub(super) fn draw(letter: &Letter) -> String {
    let mut parts = vec![letter.subject.clone()];
    parts.extend(letter.paragraphs.iter().cloned());
    if let Some(quote) = &letter.quote {
        let quoted: Vec<String> = paragraphs(quote)
            .map(|paragraph| paragraph.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"))
            .collect();
        parts.push(quoted.join("\n>\n"));
    }
    if let Some((label, url)) = &letter.button {
        // On a line of its own, so that nothing that follows becomes part of the link.
        parts.push(format!("{label}:\n{url}"));
    }
    parts.extend(letter.after.iter().cloned());
    // What stands below this mark is the signature (RFC 3676, 4.3).
    format!("{}\n\n-- \n{}\n", parts.join("\n\n"), letter.why)
}
