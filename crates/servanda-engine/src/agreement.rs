//! The end of the whole agreement. `docs/meaning.md`, "Terms".

use servanda_program::{EffectTarget, EffectVerb};
use servanda_quantity::Day;

use crate::opens::Eval;
use crate::world::{Point, Sought, World};

impl World<'_> {
    /// The first day, up to a point's, on which an effect `ends agreement` was set off or a version that terminates
    /// took effect, by the texts up to the one that is read.
    pub fn agreement_end(&self, pt: Point) -> Eval<Option<Day>> {
        self.seek(Sought::AgreementEnd, pt, || {
            let mut first: Option<Day> = None;
            for &version in self.chain {
                if self.program.versions[version.index()].terminates {
                    let day = self.effective(version, pt.day, pt.cut)?.filter(|&d| d <= pt.day);
                    first = first.into_iter().chain(day).min();
                }
                for k in self.places(Some(version)) {
                    for (i, effect) in k.clause.effects.iter().enumerate() {
                        if effect.verb == EffectVerb::Ends && effect.target == EffectTarget::Agreement {
                            let mut fired = Vec::new();
                            self.fired_by(&k, (i, effect), version, pt, &mut fired)?;
                            first = first.into_iter().chain(fired.iter().map(|f| f.day)).min();
                        }
                    }
                }
                if pt.text == Some(version) {
                    break;
                }
            }
            Ok(first)
        })
    }
}
