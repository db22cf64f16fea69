//! Numbers for shops, authors and series: small, and the same as long as the program runs.

use std::collections::HashMap;

use uuid::Uuid;
use weerklank_domain::{Named, Slug};

#[derive(Debug, Clone, Default)]
pub(crate) struct Register {
    names: Vec<Named>,
    by_id: HashMap<Uuid, u32>,
    by_slug: HashMap<Slug, u32>,
}

impl Register {
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn name(&self, number: u32) -> &Named {
        &self.names[number as usize]
    }

    pub fn by_slug(&self, slug: &Slug) -> Option<u32> {
        self.by_slug.get(slug).copied()
    }

    pub fn by_id(&self, id: Uuid) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// Enters a name, or its new spelling.
    pub fn enter(&mut self, id: Uuid, named: Named) {
        if let Some(number) = self.by_id(id) {
            self.names[number as usize] = named;
            return;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.by_id.insert(id, number);
        self.by_slug.insert(named.slug.clone(), number);
        self.names.push(named);
    }
}
