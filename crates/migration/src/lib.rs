//! The schema of Weerklank, step by step: one set for SQLite and PostgreSQL.
//!
//! A step is never edited once released; a change is a new step. The store runs all pending steps
//! inside one transaction, so a program killed half-way leaves the old schema or the new one.

pub mod append_only;
mod m0001_columns;
mod m0002_experiences;
mod m0003_outbox;
mod m0004_limits;
mod m0005_desk;
mod m0006_compose;
mod m0007_voice;
mod m0008_images;
mod m0009_templates;
mod m0010_replies;
mod m0011_passkeys;
mod m0012_earlier_comments;
mod m0013_second_look;
mod m0014_views;
mod m0015_off_the_board;
mod m0016_standing;
mod m0017_feedback;
mod shape;

pub use sea_orm_migration::{MigratorTrait, SchemaManager};

use sea_orm_migration::MigrationTrait;

/// Every step, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_columns::Migration),
            Box::new(m0002_experiences::Migration),
            Box::new(m0003_outbox::Migration),
            Box::new(m0004_limits::Migration),
            Box::new(m0005_desk::Migration),
            Box::new(m0006_compose::Migration),
            Box::new(m0007_voice::Migration),
            Box::new(m0008_images::Migration),
            Box::new(m0009_templates::Migration),
            Box::new(m0010_replies::Migration),
            Box::new(m0011_passkeys::Migration),
            Box::new(m0012_earlier_comments::Migration),
            Box::new(m0013_second_look::Migration),
            Box::new(m0014_views::Migration),
            Box::new(m0015_off_the_board::Migration),
            Box::new(m0016_standing::Migration),
            Box::new(m0017_feedback::Migration),
        ]
    }
}

/// The names of the steps that this program knows, oldest first.
pub fn known() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}
