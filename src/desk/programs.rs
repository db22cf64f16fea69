//! The programs of the desk: one for deciding, one for writing columns and for what chiefs and admins see to.

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

/// Fills the page with what waits, or with who is here themselves.
pub fn desk() {
    app::start(Program {
        owns: |route| !route.is_beside_deciding(),
        draw: |screen| {
            Some(match screen {
                Screen::SetUp(token) => view! { <SetUp token=token/> }.into_any(),
                Screen::Queue => view! { <Queue/> }.into_any(),
                Screen::Account => view! { <Account/> }.into_any(),
                _ => return None,
            })
        },
        attend: live::listen,
    });
}

/// Fills the page with what is written, or with people, mails and the like.
pub fn columns() {
    app::start(Program {
        owns: DeskRoute::is_beside_deciding,
        draw: |screen| match screen {
            Screen::Columns => Some(view! { <Columns/> }.into_any()),
            Screen::Draft(id) => Some(view! { <Editor id=id/> }.into_any()),
            Screen::People => Some(view! { <People/> }.into_any()),
            Screen::Audit => Some(view! { <Audit/> }.into_any()),
            Screen::Mails => Some(view! { <Mails/> }.into_any()),
            Screen::Templates => Some(view! { <Templates/> }.into_any()),
            _ => None,
        },
        attend: |_| {},
    });
}
