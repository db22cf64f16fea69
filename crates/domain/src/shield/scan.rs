//! A text in tokens, and which of them a rule has taken.

use super::{Finding, PersonalData};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, of any script, with the apostrophes between them.
    Word,
    /// ASCII digits.
    Digits,
    /// White space without a line end.
    Space,
    LineEnd,
    /// One character of anything else.
    Sign,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
    taken: bool,
}

/// A text being looked through. Tokens are counted from 0; past the end there is nothing.
pub(super) struct Scan<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    findings: Vec<Finding>,
}

impl<'t> Scan<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        for (start, character) in text.char_indices() {
            let kind = kind(character);
            let end = start + character.len_utf8();
            match tokens.last_mut() {
                Some(last) if last.kind == kind && kind != Kind::Sign => last.end = end,
                _ => tokens.push(Token { kind, start, end, taken: false }),
            }
        }
        Self { text, tokens, findings: Vec::new() }
    }

    pub fn finish(mut self) -> Vec<Finding> {
        self.findings.sort_unstable_by_key(|finding| finding.range.start);
        self.findings
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The kind of a token that is there and that no rule has taken.
    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).filter(|token| !token.taken).map(|token| token.kind)
    }

    /// As [`Self::kind`], whatever has been taken.
    pub fn kind_of_any(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub fn is(&self, at: usize, kind: Kind) -> bool {
        self.kind(at) == Some(kind)
    }

    /// The text of a token; empty past the end.
    pub fn text(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// The text of the tokens from one up to another.
    pub fn slice(&self, from: usize, to: usize) -> &'t str {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if from < to => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// Whether a token is exactly this text.
    pub fn says(&self, at: usize, text: &str) -> bool {
        self.text(at) == text
    }

    /// The digits of a token, if it is made of digits.
    pub fn digits(&self, at: usize) -> Option<&'t str> {
        self.is(at, Kind::Digits).then(|| self.text(at))
    }

    /// The letters of a token, if it is a word.
    pub fn word(&self, at: usize) -> Option<&'t str> {
        self.is(at, Kind::Word).then(|| self.text(at))
    }

    /// Whether a word begins with a capital.
    pub fn is_capitalised(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.starts_with(char::is_uppercase))
    }

    /// Whether a token begins where no letter or digit comes right before it.
    pub fn is_start(&self, at: usize) -> bool {
        !at.checked_sub(1)
            .and_then(|before| self.kind_of_any(before))
            .is_some_and(|kind| matches!(kind, Kind::Word | Kind::Digits))
    }

    /// Whether neither letter nor digit comes at a place: whatever ended before it is whole.
    pub fn is_end(&self, at: usize) -> bool {
        !matches!(self.kind_of_any(at), Some(Kind::Word | Kind::Digits))
    }

    /// The next token that is no space, from `at` on.
    pub fn after_space(&self, at: usize) -> usize {
        if self.kind_of_any(at) == Some(Kind::Space) { at + 1 } else { at }
    }

    /// The last token before `at` that is no space.
    pub fn before_space(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        if self.kind_of_any(before) == Some(Kind::Space) { before.checked_sub(1) } else { Some(before) }
    }

    /// Whether one of these words, written small, stands among the `reach` tokens before `at`, in the
    /// same line.
    pub fn follows_word(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        (at.saturating_sub(reach)..at)
            .rev()
            .take_while(|before| self.kind_of_any(*before) != Some(Kind::LineEnd))
            .filter(|before| self.kind_of_any(*before) == Some(Kind::Word))
            .any(|before| {
                let word = self.text(before).to_lowercase();
                words.contains(&&*word)
            })
    }

    /// Notes the tokens from one up to another as personal data, and takes them.
    pub fn found(&mut self, kind: PersonalData, from: usize, to: usize) {
        let range = self.tokens[from].start..self.tokens[to - 1].end;
        self.findings.push(Finding { kind, range });
        self.take(from, to);
    }

    /// No later rule looks at these tokens.
    pub fn take(&mut self, from: usize, to: usize) {
        for token in &mut self.tokens[from..to] {
            token.taken = true;
        }
    }
}

fn kind(character: char) -> Kind {
    match character {
        '\n' | '\r' => Kind::LineEnd,
        '0'..='9' => Kind::Digits,
        _ if character.is_alphabetic() => Kind::Word,
        // Marks that belong to the letter before them.
        '\u{300}'..='\u{36f}' => Kind::Word,
        _ if character.is_whitespace() => Kind::Space,
        _ => Kind::Sign,
    }
}

/// Whether a sign joins the parts of a number or a code. Hyphens of every length count: telephones
/// put long ones in by themselves.
pub(super) fn is_hyphen(sign: &str) -> bool {
    matches!(sign, "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}")
}
