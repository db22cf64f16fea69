//! The addresses of the desk's pages.

use super::pattern;

/// A page of the desk, as a link names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskRoute {
    /// What waits; the item that is open, and the words of its filter (`view`, `kind`, `lang`, `side`, `moment`).
    Queue {
        item: Option<String>,
        query: String,
    },
    /// What is written.
    Columns,
    /// A draft, by its id.
    Draft(String),
    People,
    Audit,
    /// Mails that have not left.
    Mails,
    /// The first words of statements.
    Templates,
    /// One's own password, second factor and sessions.
    Account,
    /// Somebody sets their password, by the token of their link.
    SetUp(String),
}

impl DeskRoute {
    /// Whether it is of the program beside that of deciding: writing columns, and what chiefs and admins see to.
    pub fn is_beside_deciding(&self) -> bool {
        matches!(
            self,
            Self::Columns | Self::Draft(_) | Self::People | Self::Audit | Self::Mails | Self::Templates
        )
    }

    /// What waits, unfiltered.
    pub fn queue() -> Self {
        Self::Queue { item: None, query: String::new() }
    }

    /// The page at a path and query (without `?`). `None` where there is none.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let rest = path.strip_prefix(pattern::DESK)?;
        let mut segments = rest.split('/').filter(|segment| !segment.is_empty());
        let (first, second) = (segments.next(), segments.next());
        if segments.next().is_some() {
            return None;
        }
        Some(match (first, second) {
            (None, None) => Self::queue(),
            (Some("queue"), item) => {
                Self::Queue { item: item.map(ToOwned::to_owned), query: query.to_owned() }
            }
            (Some("columns"), None) => Self::Columns,
            (Some("columns"), Some(id)) => Self::Draft(id.to_owned()),
            (Some("people"), None) => Self::People,
            (Some("audit"), None) => Self::Audit,
            (Some("mails"), None) => Self::Mails,
            (Some("templates"), None) => Self::Templates,
            (Some("account"), None) => Self::Account,
            (Some("set-up"), Some(token)) => Self::SetUp(token.to_owned()),
            _ => return None,
        })
    }

    /// Path and query.
    pub fn url(&self) -> String {
        let desk = pattern::DESK;
        match self {
            Self::Queue { item, query } => {
                let item = item.as_ref().map(|item| format!("/{item}")).unwrap_or_default();
                let query = if query.is_empty() { String::new() } else { format!("?{query}") };
                format!("{desk}/queue{item}{query}")
            }
            Self::Columns => format!("{desk}/columns"),
            Self::Draft(id) => format!("{desk}/columns/{id}"),
            Self::People => format!("{desk}/people"),
            Self::Audit => format!("{desk}/audit"),
            Self::Mails => format!("{desk}/mails"),
            Self::Templates => format!("{desk}/templates"),
            Self::Account => format!("{desk}/account"),
            Self::SetUp(token) => pattern::desk_set_up(token),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_itself() {
        for route in [
            DeskRoute::queue(),
            DeskRoute::Queue { item: Some("0190".to_owned()), query: "view=mine&lang=nl".to_owned() },
            DeskRoute::Columns,
            DeskRoute::Draft("0190".to_owned()),
            DeskRoute::People,
            DeskRoute::Audit,
            DeskRoute::Mails,
            DeskRoute::Templates,
            DeskRoute::Account,
            DeskRoute::SetUp("geheim".to_owned()),
        ] {
            let url = route.url();
            let (path, query) = url.split_once('?').unwrap_or((&url, ""));
            assert_eq!(DeskRoute::parse(path, query), Some(route), "{url}");
        }
        assert_eq!(DeskRoute::parse("/desk/", ""), Some(DeskRoute::queue()));
        for wrong in ["/desk/nergens", "/desk/queue/a/b", "/desks", "/", "/desk/set-up"] {
            assert_eq!(DeskRoute::parse(wrong, ""), None, "{wrong}");
        }
    }
}
