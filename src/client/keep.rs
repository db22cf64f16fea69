//! What the reader is doing stays when a page is drawn anew.

use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, FocusOptions, HtmlDetailsElement, HtmlElement, HtmlInputElement, Node, NodeList,
    Range, Window,
};

use super::journey::Spot;

/// Puts `new` in the place of `old`, a page with the same markup: focus, typed text, selected text,
/// opened parts, pictures and the element that the address points to stay as they are.
pub(super) fn replace(window: &Window, document: &Document, old: &HtmlElement, new: &HtmlElement) {
    let focus = document.active_element().and_then(|active| Some((position(old, &active)?, active)));
    let selection = Selected::of(window, document, old);
    let spot = Spot::now(window);
    let may_move = focus.is_some() || selection.is_some();
    let target = old.query_selector(":target").ok().flatten();
    let goes_to_target = target.as_ref().is_some_and(|target| is_on_its_way(window, target));
    open_alike(old, new);
    // What is read and set is called the same in both.
    for (old, new) in pairs::<HtmlInputElement>(old, new, "input,textarea") {
        if old.value() != old.default_value() {
            new.set_value(&old.value());
        }
    }
    // A picture that is there already needs no fetching and no decoding.
    for (old, new) in pairs::<Element>(old, new, "img") {
        if old.is_equal_node(Some(&new)) {
            let _ = new.replace_with_with_node_1(&old);
        }
    }
    let _ = old.replace_with_with_node_1(new);

    if target.is_some() {
        // The browser forgot the element with the old page; the same address makes it look again.
        let location = window.location();
        let _ = location.hash().and_then(|hash| location.replace(&hash));
    }
    if let Some(selection) = selection {
        selection.select(window, document, new);
    }
    if let Some((index, was)) = focus {
        focus_on(new, index);
        // What is no field has no such places.
        if let Some(field) = document.active_element() {
            let (field, was): (HtmlInputElement, HtmlInputElement) =
                (field.unchecked_into(), was.unchecked_into());
            let at = |end: Result<Option<u32>, _>| end.ok().flatten();
            let (start, end) = (at(was.selection_start()), at(was.selection_end()));
            if let (Some(start), Some(end)) = (start, end) {
                let _ = field.set_selection_range(start, end);
            }
        }
    }
    // Focus, selection and target each may have moved the page. Where the browser was about to
    // scroll to the target, it has by now.
    if goes_to_target {
        let location = window.location();
        let _ = location.hash().and_then(|hash| location.replace(&hash));
    } else if may_move || target.is_some() {
        // Not otherwise: it would lay the page out here and now, ahead of the frame that does so.
        spot.show(window);
    }
}

/// Whether the reader is at the element that the address points to, or still at the top because the
/// browser scrolls there only once all is loaded. Who has scrolled elsewhere stays there.
fn is_on_its_way(window: &Window, target: &Element) -> bool {
    /// In CSS pixels: a browser that lays out while it loads may already have moved a little.
    const TOP: f64 = 50.0;
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let is_at_top = window.scroll_y().is_ok_and(|y| y < TOP);
    is_at_top || target.get_bounding_client_rect().top().abs() < height
}

/// Opens in `new` what the reader opened in `old`.
pub(super) fn open_alike(old: &HtmlElement, new: &HtmlElement) {
    for (old, new) in pairs::<HtmlDetailsElement>(old, new, "details") {
        new.set_open(old.open());
    }
}

/// Which element of the page this is, counted in the order of the markup.
pub(super) fn position(root: &HtmlElement, element: &Element) -> Option<u32> {
    if !root.contains(Some(element)) {
        return None;
    }
    let all = root.query_selector_all("*").ok()?;
    (0..all.length()).find(|index| all.item(*index).as_deref() == Some(element))
}

/// Gives an element the focus without moving the page.
pub(super) fn focus_on(root: &HtmlElement, index: u32) {
    let element = root.query_selector_all("*").ok().and_then(|all| all.item(index));
    if let Some(element) = element.and_then(|element| element.dyn_into().ok()) {
        focus(&element);
    }
}

/// As [`focus_on`].
pub(super) fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// The elements of both pages that a selector describes, one to one; none where their number
/// differs, since then it is unknown which are the same.
fn pairs<T: JsCast>(old: &HtmlElement, new: &HtmlElement, selector: &str) -> Vec<(T, T)> {
    let all = |root: &HtmlElement| root.query_selector_all(selector).ok();
    let (Some(old), Some(new)) = (all(old), all(new)) else { return Vec::new() };
    if old.length() != new.length() {
        return Vec::new();
    }
    // The selector says what they are.
    let at = |list: &NodeList, index| list.item(index).map(JsCast::unchecked_into);
    (0..old.length()).filter_map(|index| Some((at(&old, index)?, at(&new, index)?))).collect()
}

/// Selected text, as distances from the start of the page in letters: white space aside, these are
/// the same however the text is cut into nodes.
struct Selected {
    anchor: usize,
    focus: usize,
}

impl Selected {
    fn of(window: &Window, document: &Document, root: &HtmlElement) -> Option<Self> {
        let selection = window.get_selection().ok()??;
        if selection.is_collapsed() {
            return None;
        }
        let distance = |node: Option<Node>, offset| {
            let node = node.filter(|node| root.contains(Some(node)))?;
            let range: Range = document.create_range().ok()?;
            range.set_start(root, 0).ok()?;
            range.set_end(&node, offset).ok()?;
            Some(String::from(range.to_string()).chars().filter(|c| is_letter(*c)).count())
        };
        Some(Self {
            anchor: distance(selection.anchor_node(), selection.anchor_offset())?,
            focus: distance(selection.focus_node(), selection.focus_offset())?,
        })
    }

    fn select(&self, window: &Window, document: &Document, root: &HtmlElement) {
        // A start stands before the letter that follows it, an end behind the one it follows.
        let at = |distance, other| text_at(document, root, distance, distance > other);
        let selection = window.get_selection().ok().flatten();
        if let (Some(selection), Some(anchor), Some(focus)) =
            (selection, at(self.anchor, self.focus), at(self.focus, self.anchor))
        {
            let _ = selection.set_base_and_extent(&anchor.0, anchor.1, &focus.0, focus.1);
        }
    }
}

fn is_letter(c: char) -> bool {
    !c.is_whitespace()
}

/// The text node that so many letters come before, and the place in it in UTF-16 units: right behind
/// the last of them, or right before the next.
fn text_at(document: &Document, root: &HtmlElement, letters: usize, behind: bool) -> Option<(Node, u32)> {
    /// `NodeFilter.SHOW_TEXT` (DOM Standard, 6.3).
    const SHOW_TEXT: u32 = 4;
    let walker = document.create_tree_walker_with_what_to_show(root, SHOW_TEXT).ok()?;
    let mut seen = 0;
    while let Some(node) = walker.next_node().ok()? {
        let mut units = 0;
        for c in node.node_value().unwrap_or_default().chars() {
            if is_letter(c) {
                if seen == letters && !behind {
                    return Some((node, units));
                }
                seen += 1;
            }
            units += if c.len_utf16() == 1 { 1 } else { 2 };
            if seen == letters && behind {
                return Some((node, units));
            }
        }
    }
    None
}
