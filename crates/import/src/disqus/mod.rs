//! Disqus exports: what readers said about columns elsewhere.
//!
//! Nothing of the export but names, dates and words is read; whoever wrote it is known by name alone.

mod map;
mod tree;
mod words;
mod xml;

use std::collections::{BTreeMap, HashMap};

use weerklank_domain::Slug;
use weerklank_domain::voice::{
    Earlier, EarlierComment, earlier_name, earlier_text, leads_to_somebody, limits,
};

use crate::discover::Found;
use crate::draft;
use crate::html::Notes;
use crate::report::plural;
use crate::{Entry, Note, Outcome, Problem};
use xml::{Export, Post, Thread};

pub use map::DisqusMap;

/// What was said about one page of another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discussion {
    /// Where it stood.
    pub link: String,
    /// What its column may be called here, the likeliest first.
    pub columns: Vec<Slug>,
    /// In the order of the file.
    pub comments: Vec<EarlierComment>,
    /// What does not come along, and how much of it.
    pub left_out: BTreeMap<&'static str, usize>,
    /// What an editor should know.
    pub notes: Vec<Note>,
}

/// Whether a file says that it is a Disqus export. What cannot be read is none.
pub(crate) fn is_one(found: &Found) -> bool {
    xml::is_disqus(found.path())
}

/// One entry for each discussion in which somebody said something.
pub(crate) fn read(found: &Found, map: &DisqusMap) -> Vec<Entry> {
    let file = found.shown();
    let Export { threads, posts } = match Export::read(found.path()) {
        Ok(export) => export,
        Err(mut problem) => {
            problem.message = format!("{}; nothing of it was stored", problem.message);
            return vec![Entry::refused(file, problem)];
        }
    };
    let mut of_thread: HashMap<String, Vec<Post>> = HashMap::new();
    for post in posts {
        of_thread.entry(post.thread.clone()).or_default().push(post);
    }
    let mut entries = Vec::new();
    let mut silent = 0;
    for thread in threads {
        let Some(posts) = of_thread.remove(&thread.number) else {
            silent += 1;
            continue;
        };
        let title = draft::words(&thread.title, &mut Notes::default());
        let item = if title.is_empty() { thread.link.clone() } else { title };
        let outcome = if thread.is_deleted {
            let (count, s) = (posts.len(), plural(posts.len()));
            let reason = format!("the discussion was deleted there, with {count} comment{s}");
            Outcome::Skipped { reason }
        } else {
            Outcome::Comments(Box::new(discussion(&thread, &posts, map)))
        };
        entries.push(Entry { file: file.to_owned(), item: Some(item), outcome });
    }
    // What is left belongs to nothing in the file.
    let lost: usize = of_thread.values().map(Vec::len).sum();
    if lost > 0 {
        let line = of_thread.values().flatten().map(|post| post.line).min();
        let message = format!("{lost} comment{} of no discussion in the file; export it again", plural(lost));
        let outcome = Outcome::Refused { problems: vec![Problem::new(line, message)] };
        entries.push(Entry { file: file.to_owned(), item: Some("other comments".to_owned()), outcome });
    }
    if silent > 0 || entries.is_empty() {
        let reason = match silent {
            0 => "a Disqus export without discussions".to_owned(),
            _ => format!("{silent} discussion{} in which nobody said anything", plural(silent)),
        };
        entries.push(Entry::skipped(file, reason));
    }
    entries
}

fn discussion(thread: &Thread, posts: &[Post], map: &DisqusMap) -> Discussion {
    let mut left_out = BTreeMap::new();
    let mut notes = Notes::default();
    let tree = tree::Tree::new(posts);
    let mut comments = Vec::new();
    for (at, post) in posts.iter().enumerate() {
        match comment(&tree, posts, at, &mut notes) {
            Ok(comment) => {
                if comment.waits {
                    let why =
                        if post.is_pending { "was not approved there" } else { "could lead to somebody" };
                    let message = format!("comment {} waits in the review queue: it {why}", post.number);
                    notes.add(Some(post.line), message);
                }
                comments.push(comment);
            }
            Err(Left::Meant(why)) => *left_out.entry(why).or_default() += 1,
            Err(Left::Odd(why)) => {
                *left_out.entry(why).or_default() += 1;
                notes.add(Some(post.line), format!("comment {} left out: {why}", post.number));
            }
        }
    }
    let columns = map.columns(thread);
    Discussion { link: thread.link.clone(), columns, comments, left_out, notes: notes.finish() }
}

/// Why a comment does not come along.
enum Left {
    /// As its site wanted.
    Meant(&'static str),
    /// Somebody should look at it.
    Odd(&'static str),
}

fn comment(
    tree: &tree::Tree<'_>,
    posts: &[Post],
    at: usize,
    notes: &mut Notes,
) -> Result<EarlierComment, Left> {
    let post = &posts[at];
    if post.is_deleted {
        return Err(Left::Meant("deleted"));
    }
    if post.is_spam {
        return Err(Left::Meant("spam"));
    }
    let place = known_by(post).ok_or(Left::Odd("without a number or a date"))?;
    if tree.is_double(at) {
        return Err(Left::Odd("of a number that came before"));
    }
    let words = words::words(&post.message, notes);
    let text = earlier_text(&words).ok_or(if words.chars().count() > limits::EARLIER_TEXT {
        Left::Odd("too long")
    } else {
        Left::Odd("without words")
    })?;
    let name = earlier_name(&post.name);
    let head = tree.head(at);
    let parent = tree.parent(at).filter(|parent| *parent != head && head != at);
    // Of what was deleted there, not even the name comes along; nor of what an editor has to read first.
    let parent = parent.map(|parent| &posts[parent]).filter(|post| {
        let words = words::words(&post.message, &mut Notes::default());
        !post.is_deleted
            && !post.is_spam
            && !post.is_pending
            && !leads_to_somebody(earlier_name(&post.name).as_deref(), &words)
    });
    Ok(EarlierComment {
        waits: post.is_pending || leads_to_somebody(name.as_deref(), &text),
        answers: (head != at).then(|| known_by(&posts[head])).flatten(),
        answers_name: parent.and_then(|post| earlier_name(&post.name)),
        place,
        name,
        text,
    })
}

fn known_by(post: &Post) -> Option<Earlier> {
    let written_at = post.created_at?;
    (!post.number.is_empty()).then(|| Earlier { number: post.number.clone(), written_at })
}
