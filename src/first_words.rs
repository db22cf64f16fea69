//! The first words of statements, where nobody at the desk wrote others.

use weerklank_domain::desk::{Ground, Template, Verdict};

use crate::words::Words;

/// What the program suggests, in the language of who reads it: Markdown that breaks off where an editor writes on.
pub fn first_words(template: Template) -> &'static str {
    let words = Words::new(template.lang);
    match (template.verdict, template.ground) {
        (Verdict::Ask, _) => words.first_words_ask(),
        (Verdict::Return, _) => words.first_words_return(),
        (_, Some(Ground::Privacy)) => words.first_words_privacy(),
        (_, Some(Ground::Invented)) => words.first_words_invented(),
        (_, Some(Ground::Hatred)) => words.first_words_hatred(),
        (_, Some(Ground::Accusation)) => words.first_words_accusation(),
        (_, Some(Ground::Advertising)) => words.first_words_advertising(),
        (_, Some(Ground::Law)) => words.first_words_law(),
        (_, Some(Ground::Unusable)) => words.first_words_unusable(),
        (Verdict::Keep, None) => words.first_words_keep(),
        (Verdict::Uphold, None) => words.first_words_uphold(),
        (Verdict::Overturn, None) => words.first_words_overturn(),
        (Verdict::Accept | Verdict::Reject | Verdict::Remove, None) => "",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use weerklank_domain::Lang;

    use super::*;

    #[test]
    fn each_verdict_and_each_ground_has_its_own() {
        for lang in Lang::ALL {
            let all: Vec<_> = Template::all().filter(|template| template.lang == *lang).collect();
            let words: HashSet<_> = all.iter().map(|template| first_words(*template)).collect();
            assert!(words.iter().all(|text| !text.trim().is_empty()));
            // What is taken away is taken away for the same reasons as what is not published.
            let removals = all.iter().filter(|template| template.verdict == Verdict::Remove).count();
            assert_eq!(words.len(), all.len() - removals);
        }
    }
}
