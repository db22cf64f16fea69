//! A column on its way in, made ready to be compared.

use std::collections::HashSet;

use sha2::{Digest, Sha256};
use weerklank_domain::{Column, Moment, Slug};

use super::names::Names;
use super::{Derived, Imported};
use crate::StoreError;

/// A column with its names as slugs.
pub(super) struct Incoming<'a> {
    pub column: &'a Column,
    pub derived: &'a Derived,
    shops: Vec<(Slug, String)>,
    authors: Vec<(Slug, String)>,
    /// One or none.
    series: Vec<(Slug, String)>,
    pub moments: Vec<Moment>,
    /// Over all that the file says, names as it spells them: a correction is a change.
    pub hash: [u8; 32],
}

impl<'a> Incoming<'a> {
    pub fn new(column: &'a Column, derived: &'a Derived) -> Result<Self, StoreError> {
        let shops = slugs(&column.shops)?;
        let authors = slugs(&column.authors)?;
        let series = column.series.iter().map(|part| slug(&part.name)).collect::<Result<Vec<_>, _>>()?;
        let mut moments = column.moments.clone();
        let mut seen = HashSet::new();
        moments.retain(|moment| seen.insert(*moment));
        let mut plain = column.clone();
        plain.shops = shops.iter().map(|(_, name)| name.clone()).collect();
        plain.authors = authors.iter().map(|(_, name)| name.clone()).collect();
        plain.moments.clone_from(&moments);
        let bytes =
            serde_json::to_vec(&(plain, derived)).map_err(|error| StoreError::Other(error.to_string()))?;
        Ok(Self { column, derived, shops, authors, series, moments, hash: Sha256::digest(bytes).into() })
    }

    /// What storing it does; `there` is the hash of what was stored last under its slug. The one
    /// comparison, for imports and for dry runs.
    pub fn compared(&self, there: Option<[u8; 32]>) -> Imported {
        match there {
            None => Imported::Made,
            Some(hash) if hash == self.hash => Imported::Unchanged,
            Some(_) => Imported::Changed,
        }
    }

    /// The names of one sort, each with its slug.
    pub fn names(&self, names: Names) -> &[(Slug, String)] {
        match names {
            Names::Shop => &self.shops,
            Names::Author => &self.authors,
            Names::Series => &self.series,
        }
    }
}

fn slug(name: &str) -> Result<(Slug, String), StoreError> {
    let slug = Slug::from_name(name).map_err(|_| StoreError::Unnameable(name.to_owned()))?;
    Ok((slug, name.to_owned()))
}

/// Each name once, with its slug.
fn slugs(names: &[String]) -> Result<Vec<(Slug, String)>, StoreError> {
    let mut slugs: Vec<(Slug, String)> = Vec::with_capacity(names.len());
    for name in names {
        let new = slug(name)?;
        if !slugs.iter().any(|(slug, _)| *slug == new.0) {
            slugs.push(new);
        }
    }
    Ok(slugs)
}
