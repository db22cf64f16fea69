//! One file per place that answers requests.

pub mod answer;
pub mod api_challenge;
pub mod api_columns;
pub mod api_experiences;
pub mod api_feedback;
pub mod api_scores;
pub mod api_search;
pub mod api_voice;
pub mod confirm;
pub mod desk;
pub mod desk_page;
pub mod feeds;
mod filters;
pub mod json;
pub mod mine;
pub mod operations;
pub mod pages;
pub mod pictures;
pub mod share;
pub mod sitemap;
pub mod transparency;
pub mod voice;
