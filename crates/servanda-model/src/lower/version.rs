//! Versions: what stands in each, and from when it binds.

use servanda_program::{ClauseId, Moment, Standing, Suspension, Version, VersionId};
use servanda_syntax::ast::VersionFieldKind;

use super::day::Bound;
use super::{Ctx, Lowerer};
use crate::consolidate::VersionText;
use crate::vocabulary::{unknown, unknown_at};

impl<'a> Lowerer<'a> {
    /// Writes the versions and laws.
    pub(crate) fn versions(&mut self) {
        let texts = self.texts;
        self.program.laws = texts.laws.iter().map(|w| ClauseId(*w as u32)).collect();
        for version in &texts.versions {
            let lowered = self.version(version);
            self.program.versions.push(lowered);
        }
    }

    fn version(&mut self, version: &'a VersionText<'a>) -> Version {
        let ctx = Ctx::default();
        let signed = version.signed;
        let effective = if version.status == servanda_program::Status::Binding {
            match version.binding_from {
                Some(day) => Some(self.day(&ctx, day, Bound::From)),
                None => signed.map(Moment::Day),
            }
        } else {
            None
        };
        let requires = version.requires.map(|c| self.cond(&ctx, c));
        let lapses = version.lapses.map(|d| self.day(&ctx, d, Bound::Until));
        let mut parties = Vec::new();
        for field in &version.decl.fields {
            if let VersionFieldKind::Parties(names) = &field.kind {
                parties.extend(self.parties_of(names));
            }
        }
        let mut settles = Vec::new();
        for (reading, word) in &version.settles {
            let Some(open) = self.reading_open(&reading.text) else {
                let names = self.vocabulary.readings.iter().map(|(r, _)| r.name.text.as_str());
                self.report(unknown("unknown-reading", "reading", reading, names));
                continue;
            };
            let servanda_program::Answers::Words(answers) = self.opens.opens[open.index()].answers.clone()
            else {
                continue;
            };
            match answers.iter().position(|a| a.word == word.text) {
                Some(i) => settles.push((open, i as u32)),
                None => {
                    let d = unknown_at(
                        "unknown-word",
                        "answer",
                        &word.text,
                        word.span(),
                        answers.iter().map(|a| a.word.as_str()),
                    );
                    self.report(d);
                }
            }
        }
        let id = |v: usize| VersionId(v as u32);
        let text = version
            .text
            .iter()
            .map(|s| Standing {
                name: s.name,
                clause: ClauseId(s.wording as u32),
                birth: id(s.birth),
                ended: s.ended.map(|(v, how)| (id(v), how)),
                suspended: s
                    .suspended
                    .iter()
                    .map(|x| Suspension {
                        by: id(x.by),
                        from: x.from.map(|d| self.day(&ctx, d, Bound::From)),
                        until: x.until.map(|d| self.day(&ctx, d, Bound::Until)),
                    })
                    .collect(),
                blame: s.blame.iter().map(|(label, v)| (label.clone(), id(*v))).collect(),
            })
            .collect();
        let grounds = self.grounds(&version.decl.grounds);
        Version {
            name: version.decl.name.text.clone(),
            title: version.decl.title.value.clone(),
            base: version.base.map(id),
            status: version.status,
            signed,
            effective,
            retroactive: version.retroactive,
            requires,
            lapses,
            parties,
            text,
            struck: version.struck.clone(),
            settles,
            clarifies: version.clarifies,
            terminates: version.terminates,
            grounds,
            span: version.span,
        }
    }
}
