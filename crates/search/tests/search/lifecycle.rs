//! Feeding, closing, opening, damage.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use weerklank_domain::Lang::{En, Nl};
use weerklank_search::{Document, Hold, SearchError, SearchIndex, remove_abandoned};

use crate::support::{ask, document, found, public, slug, slugs};

fn column(name: &str, body: &str) -> Document {
    document(name, public(Nl, "Titel", body))
}

fn gone(name: &str) -> Document {
    Document { slug: slug(name), public: None }
}

#[test]
fn a_change_replaces_and_a_removal_removes() {
    let index = SearchIndex::open(None).unwrap().index;
    index.apply([column("een", "appel"), column("twee", "appel")], 1).unwrap();
    index.apply([column("een", "peer"), gone("drie")], 2).unwrap();
    assert_eq!(found(&index, "appel"), ["twee"]);
    assert_eq!(found(&index, "peer"), ["een"]);
    index.apply([gone("twee")], 3).unwrap();
    assert_eq!(found(&index, "appel"), Vec::<String>::new());
    assert_eq!(index.len(), 1);
    // A column that changes its language leaves the other one.
    index.apply([document("een", public(En, "Title", "peer"))], 4).unwrap();
    assert_eq!(ask(&index, "peer").total, 1);
}

#[test]
fn of_the_same_slug_in_one_turn_the_last_counts() {
    let index = SearchIndex::open(None).unwrap().index;
    index
        .apply([column("een", "appel"), column("een", "peer"), column("twee", "pruim"), gone("twee")], 1)
        .unwrap();
    assert_eq!(index.len(), 1);
    assert_eq!(found(&index, "peer"), ["een"]);
    assert!(found(&index, "appel").is_empty() && found(&index, "pruim").is_empty());
}

#[test]
fn it_is_built_anew_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(Some(folder.path())).unwrap().index;
    index.apply([column("een", "appel"), column("twee", "appel")], 9).unwrap();
    index.rebuild([column("twee", "appel")], 3).unwrap();
    assert_eq!(found(&index, "appel"), ["twee"]);
    drop(index);
    assert_eq!(SearchIndex::open(Some(folder.path())).unwrap().built_up_to, 3);
}

#[test]
fn it_survives_being_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not/yet/there");
    {
        let opened = SearchIndex::open(Some(&path)).unwrap();
        assert_eq!((opened.built_up_to, opened.discarded), (0, None));
        opened.index.apply([column("een", "De webwinkelretour."), column("twee", "Iets.")], 41).unwrap();
        opened.index.apply([gone("twee")], 42).unwrap();
    }
    let opened = SearchIndex::open(Some(&path)).unwrap();
    assert_eq!((opened.built_up_to, opened.discarded), (42, None));
    assert_eq!(opened.index.len(), 1);
    assert_eq!(found(&opened.index, "retour"), ["een"]);
    opened.index.apply([column("drie", "appel")], 43).unwrap();
    assert_eq!(found(&opened.index, "appel"), ["drie"]);
}

/// Feeds an index in `folder`, closes it, lets `spoil` have its way, and expects that it is then
/// empty, says why, and can be fed again.
#[track_caller]
fn rebuilt_after(spoil: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let keep = folder.path().join("weerklank.db");
    fs::write(&keep, "not ours").unwrap();
    SearchIndex::open(Some(folder.path())).unwrap().index.apply([column("een", "appel")], 7).unwrap();
    spoil(folder.path());
    let opened = SearchIndex::open(Some(folder.path())).unwrap();
    assert_eq!(opened.built_up_to, 0);
    assert!(opened.discarded.is_some());
    assert!(opened.index.is_empty());
    opened.index.apply([column("een", "appel")], 8).unwrap();
    assert_eq!(found(&opened.index, "appel"), ["een"]);
    drop(opened);
    assert_eq!(SearchIndex::open(Some(folder.path())).unwrap().built_up_to, 8);
    assert_eq!(fs::read_to_string(keep).unwrap(), "not ours");
}

fn replace_in_meta(folder: &Path, from: &str, to: &str) {
    let meta = folder.join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    assert!(text.contains(from));
    fs::write(meta, text.replace(from, to)).unwrap();
}

/// The files of segments, in no order.
fn segment_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.file_stem().is_some_and(|stem| stem.len() == 32)).collect()
}

#[test]
fn another_version_is_rebuilt() {
    rebuilt_after(|folder| replace_in_meta(folder, "weerklank-search 3 7", "weerklank-search 1 7"));
}

#[test]
fn other_fields_are_rebuilt() {
    rebuilt_after(|folder| replace_in_meta(folder, "labels_nl", "tables_nl"));
}

#[test]
fn damage_is_rebuilt() {
    rebuilt_after(|folder| fs::write(folder.join("meta.json"), "{").unwrap());
    rebuilt_after(|folder| fs::write(folder.join("meta.json"), "").unwrap());
    rebuilt_after(|folder| {
        for file in segment_files(folder) {
            fs::write(file, "").unwrap();
        }
    });
    rebuilt_after(|folder| segment_files(folder).into_iter().for_each(|file| fs::remove_file(file).unwrap()));
}

#[test]
fn a_flipped_bit_in_any_file_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    SearchIndex::open(Some(folder.path())).unwrap().index.apply([column("een", "appel")], 7).unwrap();
    let files = segment_files(folder.path()).len();
    assert!(files > 4);
    for at in 0..files {
        rebuilt_after(|folder| {
            let mut files = segment_files(folder);
            files.sort_by_key(|path| path.extension().map(std::ffi::OsStr::to_owned));
            let mut bytes = fs::read(&files[at]).unwrap();
            bytes[0] ^= 1;
            fs::write(&files[at], bytes).unwrap();
        });
    }
}

#[test]
fn a_folder_that_is_a_file_is_refused_with_its_name() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = SearchIndex::open(Some(file.path())).err().unwrap();
    assert!(matches!(error, SearchError::Folder { .. }));
    assert!(error.to_string().contains(file.path().to_str().unwrap()), "{error}");
}

#[test]
fn two_servers_do_not_write_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let one = SearchIndex::open(Some(folder.path())).unwrap().index;
    let other = SearchIndex::open(Some(folder.path())).unwrap().index;
    let mut refused = None;
    let feed = std::iter::once_with(|| {
        refused = other.apply([column("twee", "peer")], 2).err();
        column("een", "appel")
    });
    one.apply(feed, 1).unwrap();
    assert!(matches!(refused, Some(SearchError::Locked { folder: named }) if named == folder.path()));
}

#[test]
fn a_folder_that_goes_while_it_is_used_is_named() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("index");
    let hold = Hold::take(&folder).unwrap();
    let index = SearchIndex::open(Some(&folder)).unwrap().index;
    index.apply([column("een", "appel")], 1).unwrap();
    assert!(hold.has_index());
    fs::remove_dir_all(&folder).unwrap();
    assert!(!hold.has_index());
    let error = index.apply([column("twee", "peer")], 2).unwrap_err();
    assert!(matches!(&error, SearchError::Folder { folder: named, .. } if *named == folder), "{error}");
    assert_eq!(found(&index, "appel"), ["een"], "what was there is still found");
}

#[test]
fn a_folder_is_held_by_one() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("not/yet/there");
    let hold = Hold::take(&folder).unwrap();
    assert_eq!(hold.folder(), folder);
    let refused = Hold::take(&folder).unwrap_err();
    assert!(matches!(refused, SearchError::Locked { folder: named } if named == folder));
    drop(hold);
    Hold::take(&folder).unwrap();
}

#[test]
fn only_an_index_that_nobody_uses_is_removed() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("index");
    let feed = || SearchIndex::open(Some(&folder)).unwrap().index.apply([column("een", "appel")], 1).unwrap();
    assert!(!remove_abandoned(&folder).unwrap(), "there is none");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("meta.json"), "{}").unwrap();
    assert!(!remove_abandoned(&folder).unwrap(), "of another program");
    assert!(folder.join("meta.json").exists());

    feed();
    let hold = Hold::take(&folder).unwrap();
    assert!(matches!(remove_abandoned(&folder), Err(SearchError::Locked { .. })));
    assert!(hold.has_index());
    drop(hold);
    fs::write(folder.join("letter.txt"), "not ours").unwrap();
    assert!(remove_abandoned(&folder).unwrap());
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["letter.txt"]);

    fs::remove_file(folder.join("letter.txt")).unwrap();
    feed();
    assert!(remove_abandoned(&folder).unwrap());
    assert!(!folder.exists());
}

/// Words that are no typing errors of each other.
const TURNS: [&str; 6] = ["nul", "lente", "zomer", "herfst", "winter", "voorjaar"];

#[test]
fn searching_goes_on_while_it_is_fed() {
    let index = SearchIndex::open(None).unwrap().index;
    let columns =
        |turn: usize| (0..20).map(move |i| column(&format!("nr-{i}"), &format!("appel {}", TURNS[turn])));
    index.apply(columns(0), 1).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut asked = 0;
                    while !done.load(Ordering::Relaxed) || asked == 0 {
                        // Every turn replaces all columns: a search sees all of one turn.
                        let answer = ask(&index, "appel");
                        assert_eq!((answer.total, slugs(&answer).len()), (20, 20));
                        asked += 1;
                    }
                })
            })
            .collect();
        for turn in 1..6 {
            index.apply(columns(turn), 1 + turn as u64).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        for thread in asking {
            thread.join().unwrap();
        }
    });
    assert_eq!(ask(&index, TURNS[5]).total, 20);
    assert_eq!(ask(&index, TURNS[4]).total, 0);
}
