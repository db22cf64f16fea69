//! Characters that nobody sees.

/// Whether a character takes no room, or only turns the direction of the text around it: controls,
/// soft hyphens, zero-width spaces and joiners, fillers, tags (`Default_Ignorable_Code_Point`, UAX 44),
/// and the marks of direction (UAX 9). In a name they make one shop look like another. Not among
/// them: line ends and tabs, and the variation selectors, which choose between two pictures.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}')
}
