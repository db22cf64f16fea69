//! The desk: who works there, what waits for them, and what they can decide.

mod decision;
mod password;
mod template;
pub mod transparency;

use serde::{Deserialize, Serialize};

use crate::UnknownWord;

pub use decision::{Decided, Decision, DecisionFault, Ground, Verdict};
pub use password::{Password, PasswordFault};
pub use template::Template;

vocabulary! {
    /// What an editor may do.
    Role { Editor = "editor", Chief = "chief", Admin = "admin" }
}

vocabulary! {
    /// What a role is needed for.
    Act {
        /// Read the review queue, decide, compose, publish.
        Curate = "curate",
        /// Read the audit log, take over what somebody else holds, change the texts of statements.
        Oversee = "oversee",
        /// Invite people, change their role, disable them.
        Govern = "govern",
    }
}

vocabulary! {
    /// What waits in the review queue.
    Kind {
        /// What a reader sends in.
        Experience = "experience",
        /// What a reader writes below a column.
        Comment = "comment",
        /// A notice that something should not be there.
        Report = "report",
        /// Somebody does not agree with a decision.
        Appeal = "appeal",
        /// A shop's answer to a column.
        Reply = "reply",
    }
}

vocabulary! {
    /// What the audit log tells of.
    Action {
        /// Somebody was invited to the desk.
        Invited = "invited",
        /// A new set-up link was made for somebody.
        Linked = "linked",
        /// A password was set by such a link.
        SetUp = "set-up",
        /// Somebody changed their own password.
        PasswordChanged = "password-changed",
        /// A second factor was added.
        TotpAdded = "totp-added",
        TotpRemoved = "totp-removed",
        PasskeyAdded = "passkey-added",
        PasskeyRemoved = "passkey-removed",
        /// A passkey counted back: there may be a copy of it. Nobody was let in.
        PasskeySuspected = "passkey-suspected",
        RoleChanged = "role-changed",
        Disabled = "disabled",
        Enabled = "enabled",
        Decided = "decided",
        Undone = "undone",
        /// A claim of somebody else was ended.
        TakenOver = "taken-over",
        /// Its sender changed it.
        Corrected = "corrected",
        /// Its sender answered, or told what happened later.
        Answered = "answered",
        /// Its sender took it back.
        Withdrawn = "withdrawn",
        Restored = "restored",
        /// Its sender erased it.
        Erased = "erased",
        /// A column was published, or published anew.
        Published = "published",
        /// A moment was set at which one is published.
        Scheduled = "scheduled",
        /// That moment was taken off again.
        Unscheduled = "unscheduled",
        /// A column was taken off the board.
        TakenOff = "taken-off",
        /// Its sender was asked whether the text that was made of it may be published.
        ApprovalAsked = "approval-asked",
        Approved = "approved",
        /// Its sender does not want the text published.
        Disapproved = "disapproved",
        /// A draft that never stood on the board was thrown away.
        Discarded = "discarded",
        /// Somebody appealed against a decision.
        Appealed = "appealed",
        /// Somebody reported something that is published.
        Reported = "reported",
        /// A shop was asked for a reply.
        ReplyAsked = "reply-asked",
        /// An editor took that back before there was one.
        ReplyCalledOff = "reply-called-off",
        /// The shop answered.
        Replied = "replied",
        /// A sender said whether it was solved.
        OutcomeSaid = "outcome-said",
        /// The first words of a statement were written anew.
        TemplateChanged = "template-changed",
        /// They are those of the program again.
        TemplateReset = "template-reset",
        /// Comments that were made elsewhere were taken over.
        CommentsImported = "comments-imported",
    }
}

impl Role {
    /// Whether somebody with this role may do that. Who oversees also curates; who governs does all.
    pub const fn may(self, act: Act) -> bool {
        match act {
            Act::Curate => true,
            Act::Oversee => matches!(self, Self::Chief | Self::Admin),
            Act::Govern => matches!(self, Self::Admin),
        }
    }
}

/// What lasts how long, and how much is taken.
pub mod limits {
    /// Minutes that an item stays with the editor who claimed it last, or wrote on it.
    pub const CLAIM_MINUTES: i64 = 15;
    /// Seconds in which a decision can be undone; its mail leaves afterwards.
    pub const UNDO_SECONDS: i64 = 30;
    /// Hours in which a set-up link works.
    pub const SET_UP_HOURS: i64 = 72;
    /// Hours after which a session ends that was not used.
    pub const IDLE_HOURS: i64 = 12;
    /// Minutes in which a device answers what a passkey is asked.
    pub const PASSKEY_MINUTES: i64 = 5;
    /// Passkeys that one editor may have.
    pub const PASSKEYS: usize = 10;
    /// Days after which a session ends in any case.
    pub const SESSION_DAYS: i64 = 14;
    /// Characters of a statement of reasons, a question, or an answer to one.
    pub const STATEMENT: usize = 4_000;
    /// Characters of the name that an editor goes by.
    pub const NAME: usize = 80;
    /// Selections of the queue that one editor may keep.
    pub const VIEWS: usize = 20;
    /// Characters of the name of one.
    pub const VIEW_NAME: usize = 40;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_does_what_the_one_before_it_does() {
        for act in Act::ALL {
            let may: Vec<bool> = Role::ALL.iter().map(|role| role.may(*act)).collect();
            assert!(may.is_sorted(), "{act}: {may:?}");
            assert!(may[2], "an admin may {act}");
        }
        assert!(!Role::Editor.may(Act::Oversee) && !Role::Chief.may(Act::Govern));
    }
}
