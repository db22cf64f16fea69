//! What the parts of the editor share.

use std::collections::BTreeMap;

use leptos::prelude::*;
use weerklank_api::desk::draft::Response;
use weerklank_api::desk::drafts::Place;
use weerklank_api::desk::merging;
use weerklank_domain::compose::{Sheet, SheetKey};

use super::super::api::Failure;
use super::super::state::Desk;
use super::super::words::DeskWords;

/// Where what was typed is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Saved,
    /// It will be in a moment.
    NotYet,
    Saving,
    /// On this device alone, until the server can be reached.
    Here,
    /// On this device alone: the server does not take it as it is.
    Refused,
}

/// Two versions that go together but for what both changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Merging {
    pub told: merging::Response,
    /// With what stands on the board, in place of what somebody typed.
    pub with_board: bool,
}

/// Handed down by context; every part of it is a handle.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    /// Whose what is typed is: they may be signed out when it is saved.
    editor: StoredValue<String>,
    /// As the server told of it last; its sheet is where this began.
    pub draft: RwSignal<Response>,
    /// That what is typed was made on.
    pub version: RwSignal<i64>,
    pub front: RwSignal<BTreeMap<SheetKey, String>>,
    pub body: RwSignal<String>,
    pub kept: RwSignal<Kept>,
    /// Fields that have to be mended, as the server named them.
    pub faults: RwSignal<Vec<String>>,
    pub merging: RwSignal<Option<Merging>>,
    /// Names what an import changed, where that was taken in and is not saved yet.
    pub seen_column: StoredValue<Option<String>>,
    /// Whether something is under way that must not be begun twice.
    pub busy: RwSignal<bool>,
}

impl Writing {
    pub(super) fn new(draft: Response, editor: String) -> Self {
        Self {
            editor: StoredValue::new(editor),
            version: RwSignal::new(draft.version),
            front: RwSignal::new(draft.sheet.front.clone()),
            body: RwSignal::new(draft.sheet.body.clone()),
            draft: RwSignal::new(draft),
            kept: RwSignal::new(Kept::Saved),
            faults: RwSignal::new(Vec::new()),
            merging: RwSignal::new(None),
            seen_column: StoredValue::new(None),
            busy: RwSignal::new(false),
        }
    }

    pub(super) fn get() -> Self {
        expect_context()
    }

    pub(super) fn editor(self) -> String {
        self.editor.get_value()
    }

    pub(super) fn id(self) -> String {
        self.draft.with_untracked(|draft| draft.id.clone())
    }

    /// An address of this draft.
    pub(super) fn url(self, pattern: &str) -> String {
        pattern.replace("{id}", &self.id())
    }

    /// As typed. `None` once the editor is closed.
    pub(super) fn sheet(self) -> Option<Sheet> {
        Some(Sheet { front: self.front.try_get_untracked()?, body: self.body.try_get_untracked()? })
    }

    /// Puts another sheet in the place of what was typed.
    pub(super) fn put(self, sheet: Sheet) {
        self.front.set(sheet.front);
        self.body.set(sheet.body);
    }

    /// Nothing of it is to be saved any more.
    pub(super) fn forget(self) {
        self.kept.set(Kept::Saved);
        super::save::forget_on_device(&self.editor(), &self.id(), None);
    }

    /// What the server tells after it did something: the version and what was typed stay as they are here.
    pub(super) fn told(self, draft: Response) {
        let _told = self.draft.try_set(draft);
    }

    /// What went wrong, said; fields that have to be mended are marked.
    pub(super) fn failed(self, desk: Desk, failure: &Failure) {
        let _marked = self.faults.try_set(failure.fields.clone());
        desk.failed(failure);
    }
}

pub(super) fn place_words(words: DeskWords, place: Place) -> &'static str {
    match place {
        Place::Draft => words.columns_place_draft(),
        Place::Scheduled => words.columns_place_scheduled(),
        Place::Published => words.columns_place_published(),
        Place::Changed => words.columns_place_changed(),
        Place::Withdrawn => words.columns_place_withdrawn(),
    }
}
