//! Words of the engine in the reader's language.

use servanda_engine::{Part, Phrase, Said, Words};
use servanda_program::{ClauseId, Program};

use super::{Arg, Tongue, bidi};

impl Tongue {
    /// Words of an answer. Where they are the agreement's own, or no message says them, they stay as they are.
    pub fn words(&self, program: &Program, words: &Words) -> String {
        let said = words.said.as_ref().and_then(|said| self.said(program, said));
        said.unwrap_or_else(|| bidi::seal(&words.text).into_owned())
    }

    /// What stands in the words of an answer by a name, where it is a phrase.
    pub(crate) fn part_of(&self, program: &Program, words: &Words, name: &str) -> Option<String> {
        let (_, part) = words.said.as_ref()?.with.iter().find(|(n, _)| *n == name)?;
        match part {
            Part::Said(said) => self.said(program, said),
            _ => None,
        }
    }

    fn said(&self, program: &Program, said: &Said) -> Option<String> {
        let with: Vec<(&str, Arg<'_>)> = said
            .with
            .iter()
            .map(|(name, part)| Some((*name, self.part(program, part)?)))
            .collect::<Option<_>>()?;
        self.try_say(said.message, &with)
    }

    fn part<'p>(&self, program: &Program, part: &'p Part) -> Option<Arg<'p>> {
        Some(match part {
            Part::Name(name) => name.into(),
            Part::OneOf(names) => self.one_of(names).into(),
            Part::Day(day) => self.day(*day).into(),
            Part::Figure(figure) => self.figure_within(figure).into(),
            Part::Duration(duration) => self.duration(duration).into(),
            Part::Of(clause, phrase) => self.phrase(program, *clause, *phrase)?.into(),
            Part::Fact(fact) => {
                self.teller(program, None).expr(&program.facts.get(*fact as usize)?.expr).into()
            }
            Part::Said(said) => self.said(program, said)?.into(),
        })
    }

    /// A phrase of a clause; `None` where the program is not the one that the answer came from.
    fn phrase(&self, program: &Program, clause: ClauseId, phrase: Phrase) -> Option<String> {
        let clause = program.clauses.get(clause.index())?;
        let teller = self.teller(program, None);
        let norm = |at: u32| clause.norms.get(at as usize);
        let of_act = |at: u32| Some((norm(at)?, self.teller(program, Some(norm(at)?.action))));
        Some(match phrase {
            Phrase::Norm(at) => teller.norm(norm(at)?),
            Phrase::Meet(at) => of_act(at).map(|(n, teller)| teller.cond(&n.meet))?,
            Phrase::Except(at) => of_act(at).map(|(n, teller)| teller.cond(&n.except))?,
            Phrase::Until => teller.moment(&clause.until),
            Phrase::While => teller.cond(clause.while_.as_ref()?),
            Phrase::When(at) => teller.cond(&clause.powers.get(at as usize)?.when),
            Phrase::Value(at) => teller.expr(&clause.values.get(at as usize)?.expr),
        })
    }
}
