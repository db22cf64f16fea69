//! Which language a text is in, guessed from its commonest words.

use weerklank_domain::Lang;

/// Words that are common in one of the languages and absent from the other.
const DUTCH: &[&str] = &[
    "aan", "bij", "dan", "dat", "de", "deze", "die", "dit", "een", "en", "er", "het", "hij", "ik", "maar",
    "met", "naar", "niet", "nog", "om", "ook", "op", "te", "uit", "van", "voor", "waren", "wat", "wij",
    "zich", "zijn", "zo",
];
const ENGLISH: &[&str] = &[
    "a", "and", "are", "as", "at", "be", "but", "by", "for", "from", "have", "he", "his", "i", "it", "not",
    "of", "on", "or", "that", "the", "their", "they", "this", "to", "was", "we", "which", "with", "you",
    "your",
];
/// How much of a text is looked at, in words.
const ENOUGH: usize = 400;

/// `None` where the text is too short or too even to tell.
pub(crate) fn guess(text: &str) -> Option<Lang> {
    let (mut nl, mut en) = (0_usize, 0_usize);
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words.take(ENOUGH) {
        let word = word.to_lowercase();
        nl += usize::from(DUTCH.binary_search(&word.as_str()).is_ok());
        en += usize::from(ENGLISH.binary_search(&word.as_str()).is_ok());
    }
    match (nl, en) {
        (nl, en) if nl >= 2 && nl >= en * 2 => Some(Lang::Nl),
        (nl, en) if en >= 2 && en >= nl * 2 => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_are_sorted_and_do_not_overlap() {
        assert!(DUTCH.is_sorted() && ENGLISH.is_sorted());
        assert!(DUTCH.iter().all(|word| !ENGLISH.contains(word)));
    }

    #[test]
    fn a_sentence_is_enough_and_a_name_is_not() {
        assert_eq!(guess("De bank kwam op een dinsdag, en niet op maandag."), Some(Lang::Nl));
        assert_eq!(guess("The sofa came on a Tuesday, not on the Monday."), Some(Lang::En));
        assert_eq!(guess("Vonk & Zoon"), None);
        assert_eq!(guess(""), None);
    }
}
