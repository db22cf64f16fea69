//! What a column says, without its markup.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use weerklank_domain::between_lines;

use crate::render::{Labels, Options, callout, guard, is_unshown, render};

/// Silent reading of non-fiction: 238 words a minute, the mean over 190 studies in M. Brysbaert, “How
/// many words do we read per minute?”, Journal of Memory and Language 109 (2019), 104047.
const WORDS_PER_MINUTE: u32 = 238;

/// Whole minutes, rounded to the nearest, at least 1.
pub fn reading_minutes(words: u32) -> u32 {
    (words.saturating_add(WORDS_PER_MINUTE / 2) / WORDS_PER_MINUTE).max(1)
}

/// The words that [`render`] would count: footnotes and callout titles included, headings of
/// footnotes and other labels not.
pub fn word_count(markdown: &str) -> u32 {
    let labels = Labels {
        advice: "",
        law: "",
        checked_on: "",
        update: "",
        note: "",
        footnotes: "",
        footnote_back: "",
        external_link: "",
        table: "",
        date: &|_| String::new(),
    };
    let options = Options {
        labels: &labels,
        site_origin: None,
        heading_base: 2,
        reserved_ids: &[],
        image_size: &|_| None,
        image_sources: &|_| None,
    };
    render(markdown, &options).words
}

/// The text of a column for search, each block on one line of its own: callout titles, alternative
/// texts and captions included, footnotes last, without the marks of footnotes and callouts.
pub fn plain_text(markdown: &str) -> String {
    let bounded = guard::bound(markdown);
    let mut extract = Extract { source: &bounded.text, ..Extract::default() };
    for (event, range) in Parser::new_ext(&bounded.text, bounded.dialect).into_offset_iter() {
        extract.event(event, range);
    }
    let mut text = extract.text;
    text.push_str(&extract.notes);
    text.truncate(text.trim_end().len());
    text
}

#[derive(Default)]
struct Extract<'a> {
    source: &'a str,
    text: String,
    notes: String,
    /// Inside how many footnotes.
    in_notes: usize,
    /// What a callout's mark may still follow.
    opens: Opens,
    /// Where in the source the mark of the last callout ends.
    mark_end: usize,
    /// In the first line of a callout, which is its title.
    in_title: bool,
}

#[derive(Default)]
enum Opens {
    /// Just a quote has started.
    Quote,
    /// And its first paragraph.
    Paragraph,
    #[default]
    Nothing,
}

impl Extract<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let opens = std::mem::take(&mut self.opens);
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => self.in_notes += 1,
            Event::Start(Tag::Image { title, .. }) => {
                self.push(&title);
                self.space();
            }
            Event::Start(tag) => {
                match (&tag, opens) {
                    (Tag::BlockQuote(_), _) => self.opens = Opens::Quote,
                    (Tag::Paragraph, Opens::Quote) => self.opens = Opens::Paragraph,
                    _ => {}
                }
                if is_block(tag.to_end()) {
                    self.end_line();
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                if let Opens::Paragraph = opens
                    && let Some((_, length)) = callout::mark(&self.source[range.start..])
                {
                    self.mark_end = range.start + length;
                    self.in_title = true;
                }
                let hidden = self.mark_end.saturating_sub(range.start);
                self.push(text.get(hidden..).unwrap_or_default());
            }
            Event::SoftBreak | Event::HardBreak if self.in_title => self.end_line(),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => self.space(),
            Event::End(TagEnd::FootnoteDefinition) => {
                self.end_line();
                self.in_notes -= 1;
            }
            Event::End(end) if is_block(end) => self.end_line(),
            _ => {}
        }
    }

    fn out(&mut self) -> &mut String {
        if self.in_notes > 0 { &mut self.notes } else { &mut self.text }
    }

    fn push(&mut self, text: &str) {
        let out = self.out();
        let starts_line = out.is_empty() || out.ends_with('\n');
        let text = if starts_line { text.trim_start_matches(' ') } else { text };
        out.extend(text.chars().filter(|&c| !is_unshown(c)));
    }

    fn space(&mut self) {
        let out = self.out();
        if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }

    fn end_line(&mut self) {
        self.in_title = false;
        let out = self.out();
        out.truncate(out.trim_end_matches(' ').len());
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }
}

fn is_block(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// The first sentences of the running text, at most `max_chars` characters: cut after a sentence
/// where that leaves at least a third, else between words with an ellipsis. Headings, lists, quotes,
/// code, tables and footnotes are passed over, unless there is nothing else. Blocks that end
/// without an end of a sentence are told apart by a middle dot.
pub fn summary(markdown: &str, max_chars: usize) -> String {
    let bounded = guard::bound(markdown);
    let mut text = String::new();
    // Inside how many elements that are passed over.
    let mut passed = 0_usize;
    for event in Parser::new_ext(&bounded.text, bounded.dialect) {
        match event {
            Event::Start(tag) if passed > 0 || !is_running_text(&tag) => passed += 1,
            Event::End(_) if passed > 0 => passed -= 1,
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) if passed == 0 => {
                text.extend(part.chars().filter(|&c| !is_unshown(c)));
            }
            Event::SoftBreak | Event::HardBreak if passed == 0 => text.push(' '),
            Event::End(TagEnd::Paragraph) if passed == 0 => {
                text.push('\n');
                // Four bytes hold any character, so this is more than is ever shown.
                if text.len() > max_chars.saturating_mul(4).saturating_add(64) {
                    break;
                }
            }
            _ => {}
        }
    }
    if text.trim().is_empty() {
        text = plain_text(markdown);
    }
    shorten(&on_one_line(&text), max_chars)
}

/// The lines of a text as one, with single spaces.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for block in text.lines() {
        for (place, word) in block.split_whitespace().enumerate() {
            if !line.is_empty() {
                line.push_str(if place == 0 { between_lines(&line) } else { " " });
            }
            line.push_str(word);
        }
    }
    line
}

fn is_running_text(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}

/// `text` has single spaces only.
fn shorten(text: &str, max_chars: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(max_chars) else { return text.to_owned() };
    let mut sentence = None;
    for (space, _) in text.match_indices(' ').take_while(|&(space, _)| space <= end) {
        if ends_sentence(&text[..space], &text[space + 1..]) {
            sentence = Some(space);
        }
    }
    if let Some(cut) = sentence.filter(|&cut| text[..cut].chars().count() * 3 >= max_chars) {
        return text[..cut].to_owned();
    }
    // Room for the ellipsis.
    let Some((end, _)) = text.char_indices().nth(max_chars.saturating_sub(1)) else { return String::new() };
    if end == 0 {
        return String::new();
    }
    let cut = if text[end..].starts_with(' ') { end } else { text[..end].rfind(' ').unwrap_or(end) };
    let words = text[..cut].trim_end_matches([' ', ',', ';', ':', '.', '·', '–', '—', '-', '‘', '“', '(']);
    format!("{words}…")
}

/// Whether a sentence ends between `before` and `after`, which a space parts.
fn ends_sentence(before: &str, after: &str) -> bool {
    let closed = before.trim_end_matches(['’', '”', '\'', '"', ')', '»']);
    if closed.ends_with(['!', '?', '…']) {
        return !after.starts_with(char::is_lowercase);
    }
    let Some(closed) = closed.strip_suffix('.') else { return false };
    // `dhr.`, `nr.`, `o.a.` shorten a word and end none.
    let word = closed.rsplit(' ').next().unwrap_or_default();
    let whole = !word.contains('.') && word.chars().any(|c| "aeiouy0123456789".contains(c) || !c.is_ascii());
    whole && !after.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_has_every_word_and_no_mark() {
        let text = "# Kop *één*\n\nEen [link](/a \"t\") en `code`[^n].\n\n> [!LAW] Artikel 1, checked 2026-11-01\n> De tekst.\n\n\
                    | a | b |\n|---|---|\n| 1 | 2 |\n\n![Een doos](/doos.png \"Onderschrift\")\n\n- [x] klaar\n\n[^n]: De noot.\n\nSlot\u{202e}.\n";
        assert_eq!(
            plain_text(text),
            "Kop één\nEen link en code.\nArtikel 1, checked 2026-11-01\nDe tekst.\na b\n1 2\n\
             Onderschrift Een doos\nklaar\nSlot.\nDe noot."
        );
        assert_eq!(plain_text("> [!TIP] blijft staan"), "[!TIP] blijft staan");
        assert_eq!(plain_text("> [!QUOTE]\n> *a*"), "a");
        assert_eq!(plain_text("> [!NOTE](/a) blijft"), "!NOTE blijft");
        assert_eq!(plain_text("- a\n  - b"), "a\nb");
        assert_eq!(
            plain_text("Een zin\nover twee  \nen drie regels\n***\nNog een"),
            "Een zin over twee en drie regels\nNog een"
        );
        assert_eq!(plain_text(""), "");
    }

    #[test]
    fn a_summary_ends_with_a_sentence() {
        let text = "## Kop\n\nDe eerste zin. Dhr. Vonk zei ‘nee!’ Toen\nwas het[^1] stil.\n\n> [!QUOTE] wie\n> wat\n\nEinde.\n\n[^1]: noot\n";
        assert_eq!(summary(text, 200), "De eerste zin. Dhr. Vonk zei ‘nee!’ Toen was het stil. Einde.");
        assert_eq!(summary(text, 50), "De eerste zin. Dhr. Vonk zei ‘nee!’");
        assert_eq!(summary(text, 35), "De eerste zin. Dhr. Vonk zei ‘nee!’");
        assert_eq!(summary(text, 34), "De eerste zin.");
        assert_eq!(summary(text, 14), "De eerste zin.");
        assert_eq!(summary(text, 13), "De eerste…");
    }

    #[test]
    fn blocks_do_not_run_into_each_other() {
        assert_eq!(
            summary("Beste lezer,\n\nEen brief\nin delen\n\nDit is *deel* één.\n\nEn twee.", 100),
            "Beste lezer, Een brief in delen · Dit is deel één. En twee."
        );
        assert_eq!(
            summary("# Een kop\n\n- eerst.\n- dan:\n- ‘klaar’\n\n## Slot", 100),
            "Een kop · eerst. dan: ‘klaar’ · Slot"
        );
        assert_eq!(summary("# Een kop\n\n- vervolg", 10), "Een kop…", "nothing is left of a separator");
    }

    #[test]
    fn a_summary_never_exceeds_its_limit() {
        let text = "Een, twee. Drieëndertig: [vier](/a) onafgebrokenwoordzondereinde? Ja… *Nee*!";
        for max in 0..80 {
            let summary = summary(text, max);
            assert!(summary.chars().count() <= max, "{max}: {summary}");
        }
        assert_eq!(summary("aaaaaaaaaa", 4), "aaa…");
        assert_eq!(summary("- alleen\n- een lijst", 100), "alleen · een lijst");
    }

    #[test]
    fn reading_takes_at_least_a_minute() {
        assert_eq!([0, 1, 238, 356, 357, 476].map(reading_minutes), [1, 1, 1, 1, 2, 2]);
        assert_eq!(reading_minutes(u32::MAX), u32::MAX / 238);
        assert_eq!(word_count("## Een kop\n\nen *dr*ie woorden[^1]\n\n[^1]: noot"), 6);
    }
}
