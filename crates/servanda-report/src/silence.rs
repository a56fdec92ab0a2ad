//! What each norm is silent on, forbids and permits, in the words of its own conditions.

use servanda_program::{Clause, ClauseId, Cond, Moment, Norm, NormForm, PartyId, Program, Sign, VersionId};

use crate::tree::{Node, draw};
use crate::{Arg, Style, Tongue};

/// Deepest that the drawing goes: clause, norm, line.
const DEPTH: usize = 3;

/// For each wording of each clause, its norms and what each says about which acts.
pub fn explain_program(tongue: &Tongue, program: &Program, style: Style) -> String {
    let page = Page { tongue, program };
    let mut out = String::new();
    let mut shown: Vec<ClauseId> = Vec::new();
    if !program.laws.is_empty() {
        out.push_str(&format!("{}\n", style.strong(&tongue.say("silence-laws", &[]))));
        let nodes: Vec<Node> =
            program.laws.iter().map(|id| page.clause(program.clause(*id), style)).collect();
        out.push_str(&draw(tongue, &nodes, style, DEPTH));
        shown.extend(&program.laws);
    }
    for (at, version) in program.versions.iter().enumerate() {
        let fresh: Vec<ClauseId> =
            version.text.iter().map(|s| s.clause).filter(|c| !shown.contains(c)).collect();
        shown.extend(&fresh);
        if fresh.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let title = tongue.version_title(program, VersionId(at as u32));
        let (name, title) = (tongue.name(&version.name), tongue.name(title));
        out.push_str(&format!("{} {title}\n", style.strong(&name)));
        let nodes: Vec<Node> = fresh.iter().map(|id| page.clause(program.clause(*id), style)).collect();
        out.push_str(&draw(tongue, &nodes, style, DEPTH));
    }
    out
}

/// What every line needs.
struct Page<'p> {
    tongue: &'p Tongue,
    program: &'p Program,
}

impl Page<'_> {
    fn say(&self, message: &str, with: &[(&str, Arg<'_>)]) -> String {
        self.tongue.say(message, with)
    }

    fn clause(&self, clause: &Clause, style: Style) -> Node {
        let teller = self.tongue.teller(self.program, None);
        let mut below: Vec<Node> = clause.norms.iter().map(|n| self.norm(n)).collect();
        below.extend(clause.overrides.iter().map(|o| {
            let beaten = ("clause", Arg::from(self.program.clause_names[o.clause.index()].as_str()));
            Node::text(match &o.cond {
                Cond::Constant(true) => self.say("silence-beats", &[beaten]),
                cond => self.say("silence-beats-where", &[beaten, ("condition", teller.cond(cond).into())]),
            })
        }));
        if clause.norms.is_empty() {
            below.push(Node::text(self.say("silence-says-nothing", &[])));
        }
        let mut term: Vec<String> = Vec::new();
        if let Some(from) = &clause.from {
            term.push(self.say("silence-from", &[("moment", teller.moment(from).into())]));
        }
        if clause.until != Moment::Never {
            term.push(self.say("silence-until", &[("moment", teller.moment(&clause.until).into())]));
        }
        if let Some(cond) = &clause.while_ {
            term.push(self.say("silence-while", &[("condition", teller.cond(cond).into())]));
        }
        let name = self.tongue.name(&self.program.clause_names[clause.name.index()]);
        Node { head: style.strong(&name), below, ..Node::text(term.join(" ")) }
    }

    fn norm(&self, norm: &Norm) -> Node {
        let teller = self.tongue.teller(self.program, Some(norm.action));
        let say = |c: &Cond| teller.cond(c);
        let negated = |c: &Cond| teller.cond(&Cond::Not(Box::new(c.clone())));
        let names = |list: &[PartyId]| {
            let names: Vec<&str> =
                list.iter().map(|p| self.program.parties[p.index()].name.as_str()).collect();
            self.tongue.commas(&names)
        };
        let always = || self.say("acts-always", &[("parties", names(&norm.parties).into())]);
        let mut lines: Vec<(&str, String)> = Vec::new();
        let silent = match (&norm.reach, norm.form) {
            (Cond::Constant(true), NormForm::Alone) => self.say("acts-none", &[]),
            (Cond::Constant(true), _) => self.say("acts-others", &[]),
            (reach, NormForm::Alone) => negated(reach),
            (reach, _) => self.say("acts-others-and", &[("condition", negated(reach).into())]),
        };
        lines.push(("silent-for", silent));
        match (norm.sign, norm.form) {
            (Sign::Grant, NormForm::Alone) => lines.push(("permitted-for", names(&norm.parties))),
            (Sign::Bar, NormForm::Alone) => {
                let but = self.say("acts-everybody-but", &[("parties", names(&norm.holders).into())]);
                lines.push(("forbidden-for", but));
            }
            (Sign::Grant, _) => match &norm.meet {
                Cond::Constant(true) => lines.push(("permitted-for", always())),
                meet => {
                    let unless = self.say("acts-unless-freed", &[("condition", negated(meet).into())]);
                    lines.push(("permitted-for", say(meet)));
                    lines.push(("forbidden-for", unless));
                }
            },
            (Sign::Bar, NormForm::OnlyWhere) => {
                lines.push(("forbidden-for", negated(&norm.meet)));
                lines.push(("left-free-for", say(&norm.meet)));
            }
            (Sign::Bar, _) => lines.push(("forbidden-for", always())),
        }
        if norm.except != Cond::Constant(false) {
            lines.push(("steps-back-for", say(&norm.except)));
        }
        let line = |(message, acts): (&str, String)| Node::text(self.say(message, &[("acts", acts.into())]));
        Node { below: lines.into_iter().map(line).collect(), ..Node::text(teller.norm(norm)) }
    }
}
