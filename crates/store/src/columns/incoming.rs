//! A column on its way in, made ready to be compared.

use std::collections::HashSet;

use sha2::{Digest, Sha256};
use weerklank_domain::{Column, Moment, Slug};

use super::Derived;
use super::names::Names;
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
    /// Over all that is kept, with names as slugs: another spelling is no other column.
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
        plain.shops = shops.iter().map(|(slug, _)| slug.to_string()).collect();
        plain.authors = authors.iter().map(|(slug, _)| slug.to_string()).collect();
        if let (Some(part), Some((slug, _))) = (&mut plain.series, series.first()) {
            part.name = slug.to_string();
        }
        plain.moments.clone_from(&moments);
        let bytes =
            serde_json::to_vec(&(plain, derived)).map_err(|error| StoreError::Other(error.to_string()))?;
        Ok(Self { column, derived, shops, authors, series, moments, hash: Sha256::digest(bytes).into() })
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
