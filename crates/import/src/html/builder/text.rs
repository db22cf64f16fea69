//! Text and the white in it.

use super::Builder;
use crate::html::Newlines;
use crate::prose::{Piece, What};

impl Builder<'_> {
    pub(in crate::html) fn text(&mut self, text: &str) {
        if let Some((.., kept)) = &mut self.dropped {
            // What an excerpt shows and no more.
            if kept.len() < 400 {
                kept.extend(text.chars().take(400));
            }
            return;
        }
        if let Some((_, kept)) = &mut self.preformatted {
            kept.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let words = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let white = &rest[..rest.len() - words.len()];
            if !white.is_empty() {
                *self.white.get_or_insert(0) += white.bytes().filter(|b| *b == b'\n').count();
            }
            let end = words.find(|c: char| c.is_ascii_whitespace()).unwrap_or(words.len());
            if end > 0 {
                self.take_white();
                self.word(&words[..end]);
            }
            rest = &words[end..];
        }
    }

    pub(super) fn word(&mut self, word: &str) {
        if self.code > 0 {
            if let Some(Piece { what: What::Code(code), style }) = self.run.last_mut()
                && *style == self.style
            {
                code.push_str(word);
            } else {
                self.run.push(Piece { what: What::Code(word.to_owned()), style: self.style.clone() });
            }
        } else if let Some(Piece { what: What::Text(text), style }) = self.run.last_mut()
            && *style == self.style
        {
            text.push_str(word);
        } else {
            self.run.push(Piece::text(word, self.style.clone()));
        }
    }

    /// Makes of the white before a word what it stands for.
    pub(super) fn take_white(&mut self) {
        let Some(newlines) = self.white.take() else { return };
        let after_break = matches!(self.run.last(), None | Some(Piece { what: What::Break, .. }));
        match (self.newlines, newlines) {
            (Newlines::Paragraphs, 2..) if self.heading.is_none() => self.flush(),
            (Newlines::Paragraphs, 1..) if !after_break => {
                self.run.push(Piece { what: What::Break, style: self.style.clone() });
            }
            _ if after_break => {}
            _ => match self.run.last_mut() {
                Some(Piece { what: What::Code(code), style }) if self.code > 0 && *style == self.style => {
                    code.push(' ');
                }
                Some(Piece { what: What::Text(text), style }) if *style == self.style => text.push(' '),
                _ => self.run.push(Piece::text(" ", self.style.clone())),
            },
        }
    }
}
