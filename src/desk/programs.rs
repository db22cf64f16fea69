//! The programs of the desk: one for deciding and whatever goes with it, one for writing columns.

use leptos::prelude::*;

use super::account::Account;
use super::app::{self, Program, Screen};
use super::audit::Audit;
use super::compose::{Columns, Editor};
use super::live;
use super::mails::Mails;
use super::people::People;
use super::queue::Queue;
use super::set_up::SetUp;
use super::templates::Templates;
use crate::routes::DeskRoute;

/// Fills the page with what waits, and all else but columns.
pub fn desk() {
    app::start(Program {
        owns: |route| !route.is_of_columns(),
        draw: |screen| {
            Some(match screen {
                Screen::SetUp(token) => view! { <SetUp token=token/> }.into_any(),
                Screen::Queue => view! { <Queue/> }.into_any(),
                Screen::People => view! { <People/> }.into_any(),
                Screen::Audit => view! { <Audit/> }.into_any(),
                Screen::Mails => view! { <Mails/> }.into_any(),
                Screen::Templates => view! { <Templates/> }.into_any(),
                Screen::Account => view! { <Account/> }.into_any(),
                Screen::SignIn | Screen::Columns | Screen::Draft(_) | Screen::Nowhere => return None,
            })
        },
        attend: live::listen,
    });
}

/// Fills the page with what is written.
pub fn columns() {
    app::start(Program {
        owns: DeskRoute::is_of_columns,
        draw: |screen| match screen {
            Screen::Columns => Some(view! { <Columns/> }.into_any()),
            Screen::Draft(id) => Some(view! { <Editor id=id/> }.into_any()),
            _ => None,
        },
        attend: |_| {},
    });
}
