//! How a clause stands on the day, from the engine's answer.

use servanda_engine::{Answer, Outcome, Role, Step};
use servanda_program::{Program, Status, VersionId};
use servanda_quantity::Day;

use super::teller::Teller;

/// How a clause stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseStatus {
    /// It holds.
    InForce,
    /// It rests.
    Suspended,
    /// It is over.
    Ended,
    /// One side gave it up.
    Waived,
    /// The agreement was terminated, and it did not survive.
    Terminated,
    /// It has not begun.
    NotYet,
    /// It differs between answers to open questions.
    Depends,
    /// The version that has it does not bind.
    NonBinding,
    /// The engine was not asked, or had no answer.
    Unknown,
}

impl ClauseStatus {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            ClauseStatus::InForce => "in-force",
            ClauseStatus::Suspended => "suspended",
            ClauseStatus::Ended => "ended",
            ClauseStatus::Waived => "waived",
            ClauseStatus::Terminated => "terminated",
            ClauseStatus::NotYet => "not-yet",
            ClauseStatus::Depends => "depends",
            ClauseStatus::NonBinding => "non-binding",
            ClauseStatus::Unknown => "unknown",
        }
    }
}

/// The steps of the clause itself.
fn steps(answer: &Answer) -> impl Iterator<Item = &Step> {
    answer.because.iter().filter(|b| b.role == Role::Stands).flat_map(|b| &b.steps)
}

fn message(step: &Step) -> &'static str {
    step.text.said.as_ref().map_or("", |s| s.message)
}

/// How a clause stands.
pub(super) fn of(answer: Option<&Answer>, program: &Program, version: Option<VersionId>) -> ClauseStatus {
    let binds = version.is_none_or(|v| program.versions[v.index()].status == Status::Binding);
    let Some(answer) = answer.filter(|_| binds) else {
        return if binds { ClauseStatus::Unknown } else { ClauseStatus::NonBinding };
    };
    match answer.outcome {
        Outcome::InForce => ClauseStatus::InForce,
        Outcome::NotYet => ClauseStatus::NotYet,
        Outcome::Depends => ClauseStatus::Depends,
        Outcome::NonBinding => ClauseStatus::NonBinding,
        Outcome::Ended => {
            let has = |wanted: &str| steps(answer).any(|s| message(s) == wanted);
            let over = steps(answer).any(|s| message(s).starts_with("step-ended-"));
            match () {
                () if has("step-ended-waived") => ClauseStatus::Waived,
                () if has("step-ended-terminated") => ClauseStatus::Terminated,
                () if !over && has("step-rests") => ClauseStatus::Suspended,
                () => ClauseStatus::Ended,
            }
        }
        _ => ClauseStatus::Unknown,
    }
}

impl Teller<'_> {
    /// How a clause stands, and why; nothing where it is simply in force, or where the whole version does not bind.
    pub fn status_words(
        &self,
        status: ClauseStatus,
        answer: Result<&Answer, &String>,
        day: Day,
    ) -> Option<String> {
        let on = || ("day", self.tongue.day(day).into());
        let answer = match answer {
            Ok(answer) => answer,
            Err(_) if status == ClauseStatus::NonBinding => return None,
            Err(why) => return Some(self.say("prose-is-unknown", &[on(), ("reason", why.into())])),
        };
        let (text, wanted) = match status {
            ClauseStatus::InForce | ClauseStatus::NonBinding | ClauseStatus::Unknown => return None,
            ClauseStatus::Depends => {
                let questions: Vec<&str> = answer
                    .depends_on
                    .iter()
                    .map(|d| self.program.opens[d.open.index()].name.as_str())
                    .collect();
                let questions = self.list(&questions);
                return Some(self.say("prose-is-depends", &[on(), ("questions", questions.into())]));
            }
            ClauseStatus::Suspended => (self.say("prose-is-suspended", &[on()]), "step-rests"),
            ClauseStatus::Ended | ClauseStatus::Waived | ClauseStatus::Terminated => {
                (self.say("prose-is-ended", &[on()]), "step-ended-")
            }
            ClauseStatus::NotYet => (self.say("prose-is-not-yet", &[on()]), "step-"),
        };
        let step = steps(answer).find(|s| message(s).starts_with(wanted));
        let Some(step) = step else { return Some(text) };
        // Why it rests is told without saying again that it does.
        let why = self.tongue.part_of(self.program, &step.text, "why");
        let why = why.filter(|_| status == ClauseStatus::Suspended);
        let mut reason = why.unwrap_or_else(|| self.tongue.words(self.program, &step.text));
        if !step.records.is_empty() {
            let records: Vec<String> =
                step.records.iter().map(|r| self.tongue.words(self.program, r)).collect();
            let records = self.commas(&records);
            reason = self.say("with-records", &[("step", reason.into()), ("records", records.into())]);
        }
        Some(self.say("prose-status", &[("status", text.into()), ("reason", reason.into())]))
    }
}
