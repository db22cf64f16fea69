//! What the desk says. A method of each key in `locales/desk`.

#![allow(dead_code, reason = "the build checks that no language lacks a text; views use them")]

use weerklank_domain::desk::{Act, Action, DecisionFault, Ground, Kind, Role, Verdict, limits};
use weerklank_domain::experience::{Mark, Side, State};
use weerklank_domain::{Lang, Moment};

use crate::words::Words;

/// Everything the desk says, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DeskWords(Lang);

include!(concat!(env!("OUT_DIR"), "/desk_words.rs"));

impl DeskWords {
    pub(super) const fn new(lang: Lang) -> Self {
        Self(lang)
    }

    pub(super) const fn lang(self) -> Lang {
        self.0
    }

    /// What the board itself says in that language.
    pub(super) const fn board(self) -> Words {
        Words::new(self.0)
    }

    /// With the thousands apart.
    pub(super) fn number(self, number: u64) -> String {
        self.board().number(number)
    }

    pub(super) fn moment(self, moment: Moment) -> &'static str {
        self.board().moment(moment)
    }

    pub(super) fn side(self, side: Side) -> &'static str {
        match side {
            Side::Positive => self.board().sentiment_positive(),
            Side::Negative => self.board().sentiment_negative(),
        }
    }

    /// What is missing in a decision.
    pub(super) fn decision_fault(self, fault: DecisionFault) -> String {
        match fault {
            DecisionFault::NoGround => self.fault_no_ground().to_owned(),
            // Each kind has the buttons of its own verdicts alone.
            DecisionFault::NoStatement | DecisionFault::NotOfThatKind => self.fault_no_statement().to_owned(),
            DecisionFault::TooLong => self.fault_too_long(&self.number(limits::STATEMENT as u64)),
        }
    }

    pub(super) fn role(self, role: Role) -> &'static str {
        match role {
            Role::Editor => self.role_editor(),
            Role::Chief => self.role_chief(),
            Role::Admin => self.role_admin(),
        }
    }

    pub(super) fn state(self, state: State) -> &'static str {
        match state {
            State::Received => self.state_received(),
            State::Asked => self.state_asked(),
            State::Returned => self.state_returned(),
            State::Accepted => self.state_accepted(),
            State::Rejected => self.state_rejected(),
            State::Withdrawn => self.state_withdrawn(),
        }
    }

    /// The name of a button.
    pub(super) fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Accept => self.verdict_accept(),
            Verdict::Ask => self.verdict_ask(),
            Verdict::Return => self.verdict_return(),
            Verdict::Reject => self.verdict_reject(),
            Verdict::Keep => self.verdict_keep(),
            Verdict::Remove => self.verdict_remove(),
            Verdict::Uphold => self.verdict_uphold(),
            Verdict::Overturn => self.verdict_overturn(),
        }
    }

    /// What was decided.
    pub(super) fn decided(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Accept => self.decided_accept(),
            Verdict::Ask => self.decided_ask(),
            Verdict::Return => self.decided_return(),
            Verdict::Reject => self.decided_reject(),
            Verdict::Keep => self.decided_keep(),
            Verdict::Remove => self.decided_remove(),
            Verdict::Uphold => self.decided_uphold(),
            Verdict::Overturn => self.decided_overturn(),
        }
    }

    pub(super) fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Experience => self.kind_experience(),
            Kind::Comment => self.kind_comment(),
            Kind::Report => self.kind_report(),
            Kind::Appeal => self.kind_appeal(),
            Kind::Reply => self.kind_reply(),
        }
    }

    pub(super) fn ground(self, ground: Ground) -> &'static str {
        match ground {
            Ground::Privacy => self.ground_privacy(),
            Ground::Invented => self.ground_invented(),
            Ground::Hatred => self.ground_hatred(),
            Ground::Accusation => self.ground_accusation(),
            Ground::Advertising => self.ground_advertising(),
            Ground::Law => self.ground_law(),
            Ground::Unusable => self.ground_unusable(),
        }
    }

    pub(super) fn action(self, action: Action) -> &'static str {
        match action {
            Action::Invited => self.action_invited(),
            Action::Linked => self.action_linked(),
            Action::SetUp => self.action_set_up(),
            Action::PasswordChanged => self.action_password_changed(),
            Action::TotpAdded => self.action_totp_added(),
            Action::TotpRemoved => self.action_totp_removed(),
            Action::PasskeyAdded => self.action_passkey_added(),
            Action::PasskeyRemoved => self.action_passkey_removed(),
            Action::PasskeySuspected => self.action_passkey_suspected(),
            Action::RoleChanged => self.action_role_changed(),
            Action::Disabled => self.action_disabled(),
            Action::Enabled => self.action_enabled(),
            Action::Decided => self.action_decided(),
            Action::Undone => self.action_undone(),
            Action::TakenOver => self.action_taken_over(),
            Action::Corrected => self.action_corrected(),
            Action::Answered => self.action_answered(),
            Action::Withdrawn => self.action_withdrawn(),
            Action::Restored => self.action_restored(),
            Action::Erased => self.action_erased(),
            Action::Published => self.action_published(),
            Action::Scheduled => self.action_scheduled(),
            Action::Unscheduled => self.action_unscheduled(),
            Action::TakenOff => self.action_taken_off(),
            Action::ApprovalAsked => self.action_approval_asked(),
            Action::Approved => self.action_approved(),
            Action::Disapproved => self.action_disapproved(),
            Action::Discarded => self.action_discarded(),
            Action::Appealed => self.action_appealed(),
            Action::Reported => self.action_reported(),
            Action::ReplyAsked => self.action_reply_asked(),
            Action::ReplyCalledOff => self.action_reply_called_off(),
            Action::Replied => self.action_replied(),
            Action::OutcomeSaid => self.action_outcome_said(),
            Action::TemplateChanged => self.action_template_changed(),
            Action::TemplateReset => self.action_template_reset(),
            Action::CommentsImported => self.action_comments_imported(),
        }
    }

    pub(super) fn mark(self, mark: Mark) -> &'static str {
        match mark {
            Mark::Trap => self.mark_trap(),
            Mark::Quick => self.mark_quick(),
            Mark::NoProof => self.mark_no_proof(),
            Mark::Often => self.mark_often(),
            Mark::Duplicate => self.mark_duplicate(),
        }
    }

    pub(super) fn act(self, act: Act) -> &'static str {
        match act {
            Act::Curate => self.act_curate(),
            Act::Oversee => self.act_oversee(),
            Act::Govern => self.act_govern(),
        }
    }
}
