//! What of a text is shown, in pieces.

use unicode_segmentation::UnicodeSegmentation;
use weerklank_domain::between_lines;

use crate::analysis::is_format;
use crate::marks::Mark;

/// Characters that an excerpt has, about.
const LENGTH: usize = 180;
/// Characters before the first mark, at most.
const BEFORE: usize = 60;

type Pieces = Vec<(String, bool)>;

/// The whole text, marked.
pub fn whole(text: &str, marks: &[Mark]) -> Pieces {
    let mut pieces = Pieces::new();
    cut(text, 0..text.len(), marks, &mut |piece, marked| pieces.push((piece.to_owned(), marked)));
    pieces
}

/// The stretch of the text that shows most of what was looked for; its beginning where nothing is.
pub fn excerpt(text: &str, marks: &[Mark]) -> Pieces {
    let (start, end) = match best_run(text, marks) {
        Some((first, last)) => surroundings(text, marks[first].range.start, marks[last].range.end),
        None => (0, end_before(text, 0, 0)),
    };
    let mut pieces = Pieces::new();
    if start > 0 {
        pieces.push(("… ".to_owned(), false));
    }
    cut(text, start..end, marks, &mut |piece, marked| push_tidy(&mut pieces, piece, marked));
    if let Some((last, _)) = pieces.last_mut() {
        last.truncate(last.trim_end_matches([' ', '·']).len());
    }
    if !text[end..].trim().is_empty() {
        push(&mut pieces, " …", false);
    }
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

fn cut(text: &str, range: std::ops::Range<usize>, marks: &[Mark], emit: &mut dyn FnMut(&str, bool)) {
    let mut at = range.start;
    for mark in marks.iter().filter(|mark| mark.range.start < range.end && mark.range.end > range.start) {
        let (start, end) = (mark.range.start.max(at), mark.range.end.min(range.end));
        if start > at {
            emit(&text[at..start], false);
        }
        emit(&text[start..end], true);
        at = end;
    }
    if at < range.end {
        emit(&text[at..range.end], false);
    }
}

/// The first and last of the marks within the length of an excerpt that show most clauses of the
/// query, then most words; the earliest of equals.
fn best_run(text: &str, marks: &[Mark]) -> Option<(usize, usize)> {
    let mut best = None;
    for first in 0..marks.len() {
        let start = marks[first].range.start;
        let within = marks[first..].iter().take_while(|mark| {
            // Bytes bound characters from above: no need to count those of a near word.
            let bytes = mark.range.end - start;
            bytes <= LENGTH - BEFORE / 2
                || (bytes <= 4 * LENGTH && text[start..mark.range.end].chars().count() <= LENGTH - BEFORE / 2)
        });
        let count = within.count().max(1);
        let mut clauses: Vec<_> = marks[first..first + count].iter().map(|mark| mark.clause).collect();
        clauses.sort_unstable();
        clauses.dedup();
        let worth = (clauses.len(), count);
        if best.is_none_or(|(most, _, _)| worth > most) {
            best = Some((worth, first, first + count - 1));
        }
    }
    best.map(|(_, first, last)| (first, last))
}

/// Where to begin and to end around `first..last`.
fn surroundings(text: &str, first: usize, last: usize) -> (usize, usize) {
    let span = text[first..last].chars().count();
    let lead = BEFORE.min(LENGTH.saturating_sub(span));
    let earliest = text[..first].char_indices().rev().nth(lead).map_or(0, |(at, c)| at + c.len_utf8());
    let before = &text[earliest..first];
    let start = if earliest == 0 {
        0
    } else if let Some(sentence) = sentence_start(before) {
        earliest + sentence
    } else {
        // The word that is cut goes; where there is only one, the mark begins the excerpt.
        before.find(char::is_whitespace).map_or(first, |space| earliest + space)
    };
    (start, end_before(text, start, last))
}

/// Where the last sentence or line in `text` starts that starts in it.
fn sentence_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let sentence = bytes.windows(2).rposition(|pair| matches!(pair, [b'.' | b'!' | b'?', b' ']));
    let line = bytes.iter().rposition(|byte| *byte == b'\n');
    sentence.map(|at| at + 2).max(line.map(|at| at + 1))
}

/// Where an excerpt from `start` ends: at a word, not before `least` unless that is too far.
fn end_before(text: &str, start: usize, least: usize) -> usize {
    let limit = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| start + at);
    if limit == text.len() {
        return limit;
    }
    if let Some(space) = text[start..limit].rfind(char::is_whitespace)
        && start + space >= least
        && space > 0
    {
        return start + space;
    }
    if least > start && least <= limit {
        return least;
    }
    // One endless word: cut between two of what people see as characters.
    let graphemes = text[start..].grapheme_indices(true);
    let ends = graphemes.map(|(at, grapheme)| start + at + grapheme.len());
    ends.take_while(|end| *end <= limit).last().unwrap_or(start)
}

/// White space becomes one space, the end of a line what parts it from the next, and marks of
/// direction and control vanish: a stretch of text may hold the beginning of such a pair without
/// its end.
fn push_tidy(pieces: &mut Pieces, text: &str, marked: bool) {
    let mut tidy = String::with_capacity(text.len());
    // White space since the last character, and whether a line ends in it.
    let mut gap = None;
    for c in text.chars() {
        // The joiners and selectors of emoji are part of what people see.
        let joins = matches!(c, '\u{200c}' | '\u{200d}');
        if c.is_whitespace() {
            gap = Some(c == '\n' || gap == Some(true));
        } else if !c.is_control() && (joins || !is_format(c)) {
            push_gap(pieces, &mut tidy, gap.take());
            tidy.push(c);
        }
    }
    push_gap(pieces, &mut tidy, gap);
    push(pieces, &tidy, marked);
}

fn push_gap(pieces: &Pieces, tidy: &mut String, gap: Option<bool>) {
    let Some(line_ends) = gap else { return };
    let last = pieces.last().map_or("", |(last, _)| last.as_str());
    let before = if tidy.is_empty() { last } else { tidy.as_str() };
    if before.is_empty() || before.ends_with(' ') {
        return;
    }
    // What a line ends with may stand in the piece before: `‘word’`, with the word marked.
    let between = if line_ends { between_lines(&format!("{last}{tidy}")) } else { " " };
    tidy.push_str(between);
}

fn push(pieces: &mut Pieces, text: &str, marked: bool) {
    match pieces.last_mut() {
        Some((last, was_marked)) if *was_marked == marked && !marked => last.push_str(text),
        _ => pieces.push((text.to_owned(), marked)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str, words: &[&str]) -> Vec<Mark> {
        let found = words.iter().enumerate().flat_map(|(clause, word)| {
            text.match_indices(word).map(move |(at, word)| Mark { range: at..at + word.len(), clause })
        });
        let mut marks: Vec<_> = found.collect();
        marks.sort_by_key(|mark| mark.range.start);
        marks
    }

    fn joined(pieces: &Pieces) -> String {
        pieces.iter().map(|(piece, _)| piece.as_str()).collect()
    }

    #[test]
    fn a_title_stays_whole() {
        let text = "Retour, en\u{202e} <b>retour</b>";
        let pieces = whole(text, &marks(text, &["etour"]));
        assert_eq!(joined(&pieces), text);
        assert_eq!(pieces.iter().filter(|(_, marked)| *marked).count(), 2);
    }

    #[test]
    fn an_excerpt_shows_the_place_with_most_of_the_words() {
        let filler = "Zomaar wat woorden die er niet toe doen en die verder gaan. ".repeat(10);
        let text = format!("Een appel. {filler}Dan komt een peer met een appel langs. {filler}");
        let pieces = excerpt(&text, &marks(&text, &["appel", "peer"]));
        let shown = joined(&pieces);
        assert!(shown.starts_with("… Dan komt een peer met een appel"), "{shown}");
        assert!(shown.ends_with(" …") && shown.chars().count() <= LENGTH + 4, "{shown}");
        let marked: Vec<_> = pieces.iter().filter(|(_, marked)| *marked).map(|(p, _)| p.as_str()).collect();
        assert_eq!(marked, ["peer", "appel"]);
    }

    #[test]
    fn cuts_fall_between_words() {
        let text = "woord anders ".repeat(60);
        for at in (0..text.len() - 5).step_by(37) {
            let marks = [Mark { range: at / 13 * 13..at / 13 * 13 + 5, clause: 0 }];
            let pieces = excerpt(&text, &marks);
            let shown = joined(&pieces);
            let words = shown.split_whitespace().filter(|word| *word != "…");
            assert!(words.clone().all(|word| word == "woord" || word == "anders"), "{shown}");
            assert!(pieces.iter().any(|(piece, marked)| *marked && piece == "woord"), "{shown}");
        }
    }

    #[test]
    fn no_character_is_broken() {
        let family = "👨‍👩‍👧‍👦";
        let text = family.repeat(100);
        let shown = joined(&excerpt(&text, &[]));
        assert!(shown.trim_end_matches(" …").graphemes(true).all(|grapheme| grapheme == family), "{shown}");
        let accents = "e\u{301}".repeat(400);
        let shown = joined(&excerpt(&accents, &[Mark { range: 0..accents.len(), clause: 0 }]));
        assert!(shown.trim_end_matches(" …").graphemes(true).all(|e| e == "e\u{301}"), "{shown}");
    }

    #[test]
    fn lines_do_not_run_into_each_other() {
        let text = "Een zin.\nHoe het begon\nDe lamp kwam.\n- ‘scherf’\nslot?\n(einde)\n";
        let shown = joined(&excerpt(text, &marks(text, &["begon", "scherf"])));
        assert_eq!(shown, "Een zin. Hoe het begon · De lamp kwam. - ‘scherf’ · slot? (einde)");
        assert_eq!(joined(&excerpt(text, &[])), shown, "marked or not");
        let long = format!(
            "Een inleiding {}\nDe kop\nDan een zin {}\nslot",
            "zo zo ".repeat(20),
            "zo zo ".repeat(40)
        );
        let shown = joined(&excerpt(&long, &marks(&long, &["zin"])));
        assert!(shown.starts_with("… Dan een zin zo"), "{shown}");
        let shown = joined(&excerpt(&long, &marks(&long, &["kop"])));
        assert!(shown.starts_with("… De kop · Dan een zin zo"), "{shown}");
        let cut = format!("{}\n{}", "zo ".repeat(58), "x".repeat(30));
        assert!(joined(&excerpt(&cut, &[])).ends_with("zo …"), "nothing is left of a separator");
    }

    #[test]
    fn white_space_folds_and_hidden_marks_vanish() {
        let text = "Een\n\n  tekst\u{202e} met\t\u{7}dingen ";
        assert_eq!(excerpt(text, &[]), [("Een · tekst met dingen".to_owned(), false)]);
        assert_eq!(excerpt("", &[]), []);
    }
}
