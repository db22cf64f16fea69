//! The filters that feeds and the API share, parsed once.

use weerklank_domain::ColumnFilter;

use crate::problem::Problem;

/// The most that a program may ask for at once.
pub const MAX_LIMIT: u32 = 100;
const DEFAULT_LIMIT: u32 = 20;

/// Filter words as they come in a query; an empty one counts as absent.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Filters {
    pub sentiment: Option<String>,
    pub moment: Option<String>,
    pub shop: Option<String>,
    pub series: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
}

impl Filters {
    pub fn parse(&self) -> Result<ColumnFilter, Problem> {
        Ok(ColumnFilter {
            sentiment: word("sentiment", self.sentiment.as_deref())?,
            moment: word("moment", self.moment.as_deref())?,
            shop: word("shop", self.shop.as_deref())?,
            series: word("series", self.series.as_deref())?,
            author: word("author", self.author.as_deref())?,
            lang: word("lang", self.lang.as_deref())?,
        })
    }
}

/// Parses a parameter; an empty one counts as absent.
pub fn word<T>(name: &str, value: Option<&str>) -> Result<Option<T>, Problem>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    let value = value.filter(|value| !value.is_empty());
    value.map(|value| value.parse().map_err(|error| Problem::invalid_parameter(name, error))).transpose()
}

/// How many items a program asks for.
pub fn limit(limit: Option<u32>) -> Result<u32, Problem> {
    match limit.unwrap_or(DEFAULT_LIMIT) {
        limit @ 1..=MAX_LIMIT => Ok(limit),
        limit => {
            Err(Problem::invalid_parameter("limit", format!("{limit} is not between 1 and {MAX_LIMIT}")))
        }
    }
}
