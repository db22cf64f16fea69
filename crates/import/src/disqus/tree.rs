//! Who answers whom.

use std::collections::HashMap;

use super::xml::Post;

/// The posts of one discussion, with what each answers.
pub(super) struct Tree<'a> {
    posts: &'a [Post],
    /// Where each number stands first.
    places: HashMap<&'a str, usize>,
    /// Of each post, the one at the head of its thread: itself, where it answers nothing.
    heads: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// In time linear in their number, however deep they answer one another.
    pub fn new(posts: &'a [Post]) -> Self {
        let mut places = HashMap::new();
        for (at, post) in posts.iter().enumerate() {
            places.entry(post.number.as_str()).or_insert(at);
        }
        let mut tree = Self { posts, places, heads: Vec::new() };
        let mut heads: Vec<Option<usize>> = vec![None; posts.len()];
        let mut is_passed = vec![false; posts.len()];
        for start in 0..posts.len() {
            let (mut way, mut at) = (Vec::new(), start);
            let head = loop {
                if let Some(head) = heads[at] {
                    break head;
                }
                way.push(at);
                is_passed[at] = true;
                match tree.parent(at) {
                    // Posts that answer one another in a circle begin anywhere.
                    Some(parent) if heads[parent].is_some() || !is_passed[parent] => at = parent,
                    _ => break at,
                }
            };
            for passed in way {
                heads[passed] = Some(head);
            }
        }
        tree.heads = heads.into_iter().enumerate().map(|(at, head)| head.unwrap_or(at)).collect();
        tree
    }

    /// The post at the head of its thread.
    pub fn head(&self, at: usize) -> usize {
        self.heads[at]
    }

    /// What it answers, as far as the discussion holds that.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.places.get(self.posts[at].parent.as_str()).copied().filter(|_| !self.posts[at].parent.is_empty())
    }

    /// Whether its number was given to a post before it.
    pub fn is_double(&self, at: usize) -> bool {
        self.places.get(self.posts[at].number.as_str()).is_some_and(|first| *first != at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posts(pairs: &[(&str, &str)]) -> Vec<Post> {
        let post = |(number, parent): &(&str, &str)| Post {
            number: (*number).to_owned(),
            parent: (*parent).to_owned(),
            ..Post::default()
        };
        pairs.iter().map(post).collect()
    }

    fn heads(pairs: &[(&str, &str)]) -> Vec<usize> {
        let posts = posts(pairs);
        let tree = Tree::new(&posts);
        (0..posts.len()).map(|at| tree.head(at)).collect()
    }

    #[test]
    fn answers_to_answers_stand_below_the_head_of_their_thread() {
        assert_eq!(heads(&[("3", "2"), ("2", "1"), ("1", ""), ("4", ""), ("5", "9")]), [2, 2, 2, 3, 4]);
    }

    #[test]
    fn circles_end_and_depth_costs_no_stack() {
        let circle = heads(&[("1", "2"), ("2", "3"), ("3", "1"), ("4", "4"), ("5", "2")]);
        assert!(
            circle[..3].iter().all(|head| *head == circle[0]) && circle[3] == 3 && circle[4] == circle[0]
        );
        let numbers: Vec<String> = (0..100_000).map(|number| number.to_string()).collect();
        let deep: Vec<(&str, &str)> = (0..numbers.len())
            .map(|at| (&*numbers[at], if at == 0 { "" } else { &*numbers[at - 1] }))
            .collect();
        assert!(heads(&deep).iter().all(|head| *head == 0));
    }

    #[test]
    fn a_number_is_given_once() {
        let posts = posts(&[("1", ""), ("1", ""), ("2", "1")]);
        let tree = Tree::new(&posts);
        assert!(!tree.is_double(0) && tree.is_double(1) && tree.parent(2) == Some(0));
    }
}
