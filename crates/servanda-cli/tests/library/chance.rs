//! Random logs and questions over the vocabulary of any agreement, from a sequence of choices.

use std::collections::BTreeMap;

use servanda_engine::{Act, Ask, Assumptions, Datum, Question, Record, Time, ValueRef};
use servanda_program::{ActionId, ClauseName, EventId, PartyId, Program, Type};
use servanda_quantity::{Day, Figure, Number, Unit};

/// A sequence of choices; one that is missing is the first of its kind.
pub struct Dice {
    throws: Vec<u16>,
    at: usize,
}

impl Dice {
    pub fn new(throws: Vec<u16>) -> Dice {
        Dice { throws, at: 0 }
    }

    fn pick(&mut self, n: usize) -> usize {
        let throw = self.throws.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(throw) % n.max(1)
    }

    /// Once in `n` times.
    fn rarely(&mut self, n: usize) -> bool {
        self.pick(n) == n - 1
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len())].clone()
    }

    /// One of some days, or one beside it.
    pub fn day(&mut self, days: &[Day]) -> Day {
        let day = self.one(days);
        day.plus_days([0, 1, -1, 30][self.pick(4)]).unwrap_or(day)
    }

    fn datum(&mut self, ty: &Type, program: &Program, days: &[Day]) -> Datum {
        match ty {
            Type::Words(words) => Datum::Word(self.one(words)),
            Type::Party => Datum::Party(PartyId(self.pick(program.parties.len()) as u32)),
            Type::Id => Datum::Word(self.one(&["r1", "r2"]).to_string()),
            Type::Figure(unit) => {
                let number = self.one(&[1i64, 0, 5, 10, 50, 100, 1_000, 10_000, 800_000]);
                let unit = match unit {
                    Unit::Money(any) if any.is_empty() => {
                        Unit::Money(program.currency.clone().unwrap_or_else(|| "EUR".into()))
                    }
                    unit => unit.clone(),
                };
                Datum::Figure(Figure::exact(Number::from(number), unit))
            }
            Type::Date => Datum::Day(self.day(days)),
            Type::Text => Datum::Word("a text".into()),
        }
    }

    /// Up to `most` records.
    pub fn log(&mut self, program: &Program, days: &[Day], most: usize) -> Vec<Record> {
        let count = if program.events.is_empty() { 0 } else { self.pick(most + 1) };
        (0..count)
            .map(|n| {
                let event = EventId(self.pick(program.events.len()) as u32);
                let ty = &program.events[event.index()];
                let stranger = self.rarely(8);
                let by = if stranger {
                    PartyId(self.pick(program.parties.len()) as u32)
                } else {
                    self.one(&ty.by)
                };
                let data = ty
                    .fields
                    .iter()
                    .map(|f| (!self.rarely(8)).then(|| self.datum(&f.ty, program, days)))
                    .collect();
                let time = Time::midnight(self.day(days));
                let mut digest = [0; 32];
                digest[..8].copy_from_slice(&(n as u64).to_be_bytes());
                Record {
                    source: String::new(),
                    id: None,
                    event,
                    time,
                    recorded: time,
                    by: Some(by),
                    data,
                    corrects: None,
                    withdrawn: false,
                    digest,
                }
            })
            .collect()
    }

    /// A question of any kind.
    pub fn question(&mut self, program: &Program, days: &[Day]) -> Question {
        let clause = |dice: &mut Dice| ClauseName(dice.pick(program.clause_names.len()) as u32);
        let values: Vec<(ClauseName, &str)> =
            program.clauses.iter().flat_map(|c| c.values.iter().map(|v| (c.name, v.name.as_str()))).collect();
        let keys: BTreeMap<String, String> = program
            .clauses
            .iter()
            .flat_map(|c| &c.values)
            .filter_map(|v| v.key.clone())
            .map(|key| (key, self.one(&["r1", "r2"]).to_string()))
            .collect();
        let ask = match self.pick(9) {
            0 => Ask::InForce(clause(self)),
            1 => Ask::Ends(clause(self)),
            2 => Ask::Owes(PartyId(self.pick(program.parties.len()) as u32)),
            3 if !program.actions.is_empty() => Ask::Who(ActionId(self.pick(program.actions.len()) as u32)),
            4 | 5 if !values.is_empty() => {
                let (clause, value) = self.one(&values);
                Ask::Value(ValueRef::Clause(clause, value.to_string()))
            }
            _ if program.actions.is_empty() => Ask::InForce(clause(self)),
            _ => {
                let action = ActionId(self.pick(program.actions.len()) as u32);
                let ty = &program.actions[action.index()];
                let with = ty
                    .attributes
                    .iter()
                    .map(|a| (!self.rarely(4)).then(|| self.datum(&a.ty, program, days)))
                    .collect();
                Ask::May(Act { party: self.one(&ty.by), action, with })
            }
        };
        Question {
            as_of: self.day(days),
            known_at: None,
            version: None,
            events: Vec::new(),
            assume: Assumptions { keys, ..Assumptions::default() },
            ask,
        }
    }
}
