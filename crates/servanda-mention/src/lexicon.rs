//! The words of a locale and what each of them can mean.

use crate::data::{Money, Numbers, Scalar, Table, Time, Words};
use crate::fold::{Class, fold, fold_word};
use crate::mention::{Calendar, Qualifier};
use rustc_hash::{FxHashMap, FxHashSet};
use servanda_quantity::Number;

/// A word by its number in a lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Word(u32);

impl Word {
    /// A word that the lexicon does not have.
    pub const UNKNOWN: Word = Word(0);
    /// A part of a word that says nothing.
    pub const NOTHING: Word = Word(1);
}

/// A length of time that a word stands for.
#[derive(Clone, Debug)]
pub(crate) struct TimeUnit {
    /// `year`, `month`, `week`, `day`, `hour`, `minute`, `second`.
    pub name: &'static str,
    /// How many of them.
    pub factor: Number,
    /// The word holds its number: "biennium", an Arabic dual.
    pub complete: bool,
    /// It has to follow its number directly.
    pub short: bool,
}

/// What a phrase can mean.
#[derive(Clone, Debug)]
pub(crate) enum Sense {
    Cardinal(u64),
    Scale { factor: Number, bound: bool },
    Group(u64),
    Ordinal(u64),
    OrdinalEnding,
    Part { part: Number, bound: bool },
    Added(Number),
    And,
    Minus,
    Point,
    Over,
    Of,
    Article,
    NotNumber,
    /// A currency with its code; `None` where the name is shared and its meaning open.
    Currency(Option<String>),
    /// A code or symbol: it may be glued to the number, and stand before it.
    Symbol(Option<String>),
    /// An ISO 4217 code: it counts in capitals only.
    Code(String),
    Minor { code: Option<String>, part: Number },
    NotMoney,
    Percent(Number),
    Unit(TimeUnit),
    UnitBetween,
    One,
    Rate,
    Month(Option<Calendar>, u8),
    Weekday,
    DayWord,
    BareDayWord,
    DateLink,
    YearWord,
    YearPreposition,
    Era(Era),
    Before(Qualifier),
    After(Qualifier),
    To,
    Between,
    Filler,
}

/// How years are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    Gregorian,
    BeforeChrist,
    Other(Calendar),
}

/// The words of a locale.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<Box<str>, Word>,
    marks: FxHashMap<char, Word>,
    steps: FxHashMap<(u32, Word), u32>,
    senses: Vec<Vec<Sense>>,
    prefixes: Vec<(String, Word)>,
    endings: Vec<String>,
    compound: bool,
    bound: FxHashMap<Box<str>, Word>,
    longest: usize,
    /// Letters on digits that multiply them.
    pub suffixes: FxHashMap<String, Number>,
    /// The same, beside an amount of money only.
    pub money_suffixes: FxHashMap<String, Number>,
    /// The ISO 4217 codes.
    pub codes: FxHashSet<String>,
    /// A number after an hour counts minutes.
    pub spoken_minutes: bool,
    /// Units come before tens.
    pub units_first: bool,
    /// A digit pair may follow a digit.
    pub spoken_pairs: bool,
}

impl Lexicon {
    /// An empty lexicon.
    pub fn new() -> Lexicon {
        Lexicon { senses: vec![Vec::new()], ..Lexicon::default() }
    }

    /// The word spelt `folded`.
    pub fn word(&self, folded: &str) -> Word {
        self.words.get(folded).copied().unwrap_or(Word::UNKNOWN)
    }

    /// The word for a mark.
    pub fn mark(&self, mark: char) -> Word {
        self.marks.get(&mark).copied().unwrap_or(Word::UNKNOWN)
    }

    /// The phrase position after `word` from `node`; 0 is the start.
    pub fn step(&self, node: u32, word: Word) -> Option<u32> {
        self.steps.get(&(node, word)).copied()
    }

    /// What the phrase that ends at `node` can mean.
    pub fn senses(&self, node: u32) -> &[Sense] {
        &self.senses[node as usize]
    }

    /// The parts of a word that is not known whole, each with its offset in bytes: particles before it, endings
    /// after it, number words written as one.
    pub fn parts(&self, word: &str) -> Option<Vec<(usize, Word)>> {
        let mut out = Vec::new();
        self.take_apart(word, 0, 2, &mut out).then_some(out)
    }

    fn take_apart(&self, word: &str, offset: usize, particles: usize, out: &mut Vec<(usize, Word)>) -> bool {
        let rest = &word[offset..];
        if rest.is_empty() {
            return false;
        }
        let known = self.word(rest);
        if known != Word::UNKNOWN {
            out.push((offset, known));
            return true;
        }
        for ending in &self.endings {
            if let Some(stem) = rest.strip_suffix(ending.as_str()) {
                let known = self.word(stem);
                if known != Word::UNKNOWN && stem.chars().count() > 1 {
                    out.push((offset, known));
                    return true;
                }
            }
        }
        if self.compound && rest.len() >= 5 && self.compounds(rest, offset, out) {
            return true;
        }
        if particles > 0 {
            for (prefix, particle) in &self.prefixes {
                if rest.starts_with(prefix.as_str()) {
                    let depth = out.len();
                    out.push((offset, *particle));
                    if self.take_apart(word, offset + prefix.len(), particles - 1, out) {
                        return true;
                    }
                    out.truncate(depth);
                }
            }
        }
        false
    }

    /// Cuts a compound into the fewest number words that make it up.
    fn compounds(&self, word: &str, offset: usize, out: &mut Vec<(usize, Word)>) -> bool {
        if word.len() > 160 {
            return false;
        }
        // best[i]: the cut that ends at byte i, as (pieces, start, word).
        let mut best: Vec<Option<(usize, usize, Word)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0, Word::NOTHING));
        for start in 0..word.len() {
            let Some((pieces, ..)) = best[start] else { continue };
            for end in start + 1..=word.len().min(start + self.longest) {
                if !word.is_char_boundary(end) || !word.is_char_boundary(start) {
                    continue;
                }
                let Some(&piece) = self.bound.get(&word[start..end]) else { continue };
                if best[end].is_none_or(|(old, ..)| pieces + 1 < old) {
                    best[end] = Some((pieces + 1, start, piece));
                }
            }
        }
        let mut cuts = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let Some((_, start, piece)) = best[end] else { return false };
            cuts.push((offset + start, piece));
            end = start;
        }
        cuts.reverse();
        out.extend(cuts);
        true
    }

    fn intern(&mut self, word: &str) -> Word {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let number = Word(self.words.len() as u32 + self.marks.len() as u32 + 2);
        self.words.insert(word.into(), number);
        number
    }

    /// Adds a meaning to a phrase.
    pub fn add(&mut self, phrase: &str, sense: Sense) {
        let mut node = 0;
        let mut any = false;
        for part in pieces(phrase) {
            let word = match part {
                Piece::Word(word) => self.intern(&word),
                Piece::Mark(mark) => {
                    let number = Word(self.words.len() as u32 + self.marks.len() as u32 + 2);
                    *self.marks.entry(mark).or_insert(number)
                }
            };
            any = true;
            node = match self.steps.get(&(node, word)) {
                Some(&next) => next,
                None => {
                    let next = self.senses.len() as u32;
                    self.senses.push(Vec::new());
                    self.steps.insert((node, word), next);
                    next
                }
            };
        }
        if any {
            self.senses[node as usize].push(sense);
        }
    }

    /// A number word that lives in compounds; with `alone`, outside them too.
    fn add_piece(&mut self, word: &str, sense: Sense) {
        let folded = fold_word(word);
        // A name that no text can have keeps the bound form apart from a free word of the same letters.
        let hidden = format!("{folded}+");
        let number = match self.words.get(hidden.as_str()) {
            Some(&known) => known,
            None => {
                let number = self.intern(&hidden);
                let node = self.senses.len() as u32;
                self.senses.push(Vec::new());
                self.steps.insert((0, number), node);
                number
            }
        };
        let node = self.steps[&(0, number)];
        self.senses[node as usize].push(sense);
        self.longest = self.longest.max(folded.len());
        self.bound.insert(folded.into(), number);
    }

    /// Adds the words of `numbers.toml`.
    ///
    /// # Errors
    /// The entry that cannot be read.
    pub fn add_numbers(&mut self, data: &Numbers, region: &str) -> Result<(), String> {
        self.units_first = data.units_first;
        self.spoken_pairs = data.spoken_pairs;
        self.compound = data.compound;
        for (word, &value) in &data.cardinals {
            self.add(word, Sense::Cardinal(value));
            if self.compound {
                self.add_piece(word, Sense::Cardinal(value));
            }
        }
        for (word, &value) in &data.bound {
            self.add_piece(word, Sense::Cardinal(value));
        }
        for (table, bound) in [(&data.scales, false), (&data.bound_scales, true)] {
            for (word, factor) in table {
                let factor = scalar(factor)?;
                if self.compound {
                    self.add_piece(word, Sense::Scale { factor: factor.clone(), bound });
                }
                self.add(word, Sense::Scale { factor, bound });
            }
        }
        for (word, factor) in &data.suffixes {
            self.suffixes.insert(word.clone(), scalar(factor)?);
        }
        for (word, factor) in data.regional_suffixes.get(region).into_iter().flatten() {
            self.suffixes.insert(word.clone(), scalar(factor)?);
        }
        for (word, factor) in &data.money_suffixes {
            self.money_suffixes.insert(word.clone(), scalar(factor)?);
        }
        for (word, &value) in &data.groups {
            self.add(word, Sense::Group(value));
        }
        for (word, &value) in &data.ordinals {
            self.add(word, Sense::Ordinal(value));
            if self.compound {
                self.add_piece(word, Sense::Ordinal(value));
            }
        }
        if self.compound {
            for ending in &data.ordinal_suffixes {
                self.add_piece(ending, Sense::OrdinalEnding);
            }
        }
        for (table, bound) in [(&data.parts, false), (&data.bound_parts, true)] {
            for (word, part) in table {
                self.add(word, Sense::Part { part: fraction(part)?, bound });
            }
        }
        for (word, part) in &data.added {
            self.add(word, Sense::Added(fraction(part)?));
        }
        for ending in &data.ordinal_endings {
            self.add(ending, Sense::OrdinalEnding);
        }
        self.add_all(&data.and, &Sense::And);
        self.add_all(&data.minus, &Sense::Minus);
        self.add_all(&data.point, &Sense::Point);
        self.add_all(&data.over, &Sense::Over);
        self.add_all(&data.of, &Sense::Of);
        self.add_all(&data.articles, &Sense::Article);
        self.add_all(&data.not_numbers, &Sense::NotNumber);
        let mut prefixes: Vec<_> = data.prefixes.iter().collect();
        prefixes.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        for (prefix, meaning) in prefixes {
            let word = if meaning.is_empty() { Word::NOTHING } else { self.intern(&fold_word(meaning)) };
            self.prefixes.push((fold_word(prefix), word));
        }
        self.endings = data.endings.iter().map(|e| fold_word(e)).collect();
        self.endings.sort_by_key(|e| std::cmp::Reverse(e.len()));
        Ok(())
    }

    /// Adds an ISO 4217 code.
    pub fn add_code(&mut self, code: &str) {
        self.codes.insert(code.to_owned());
        self.add(code, Sense::Code(code.to_owned()));
    }

    /// Adds the words of `money.toml`.
    ///
    /// # Errors
    /// The entry that cannot be read.
    pub fn add_money(&mut self, data: &Money) -> Result<(), String> {
        for (name, code) in &data.names {
            self.add(name, Sense::Currency((!code.is_empty()).then(|| code.clone())));
        }
        for code in &data.small_codes {
            self.add(code, Sense::Symbol(Some(code.to_uppercase())));
        }
        for (name, minor) in &data.minor {
            let (code, part) = match minor.split_once(' ') {
                Some((code, part)) => (Some(code.to_owned()), part),
                None => (None, minor.as_str()),
            };
            self.add(name, Sense::Minor { code, part: fraction(part)? });
        }
        self.add_all(&data.not_money, &Sense::NotMoney);
        Ok(())
    }

    /// Adds the words of `time.toml`.
    ///
    /// # Errors
    /// The entry that cannot be read.
    pub fn add_time(&mut self, data: &Time) -> Result<(), String> {
        for (table, short) in [(&data.units, false), (&data.short_units, true)] {
            for (word, text) in table {
                let unit = time_unit(text, short).ok_or_else(|| format!("`{word}` = {text:?}: not a unit of time"))?;
                self.add(word, Sense::Unit(unit));
            }
        }
        self.spoken_minutes = data.spoken_minutes;
        self.add_all(&data.between, &Sense::UnitBetween);
        self.add_all(&data.one, &Sense::One);
        self.add_all(&data.rates, &Sense::Rate);
        for (table, calendar) in [
            (&data.months, None),
            (&data.persian_months, Some(Calendar::Persian)),
            (&data.islamic_months, Some(Calendar::Islamic)),
            (&data.indian_months, Some(Calendar::Indian)),
        ] {
            self.add_months(table, calendar);
        }
        for word in data.weekdays.keys() {
            self.add(word, Sense::Weekday);
        }
        self.add_all(&data.day_words, &Sense::DayWord);
        self.add_all(&data.bare_day_words, &Sense::BareDayWord);
        self.add_all(&data.date_links, &Sense::DateLink);
        self.add_all(&data.year_words, &Sense::YearWord);
        self.add_all(&data.year_prepositions, &Sense::YearPreposition);
        for (word, era) in &data.eras {
            let era = match era.as_str() {
                "gregorian" => Era::Gregorian,
                "bce" => Era::BeforeChrist,
                "persian" => Era::Other(Calendar::Persian),
                "islamic" => Era::Other(Calendar::Islamic),
                "indian" => Era::Other(Calendar::Indian),
                other => return Err(format!("`{word}` = {other:?}: not an era")),
            };
            self.add(word, Sense::Era(era));
        }
        Ok(())
    }

    /// Adds names of months.
    pub fn add_months(&mut self, names: &Table<u8>, calendar: Option<Calendar>) {
        for (name, &month) in names {
            self.add(name, Sense::Month(calendar, month));
        }
    }

    /// Adds the words of `words.toml`.
    pub fn add_words(&mut self, data: &Words) {
        for (list, qualifier) in [
            (&data.about, Qualifier::About),
            (&data.at_least, Qualifier::AtLeast),
            (&data.more_than, Qualifier::MoreThan),
            (&data.at_most, Qualifier::AtMost),
            (&data.additional, Qualifier::Additional),
        ] {
            self.add_all(list, &Sense::Before(qualifier));
        }
        for (list, qualifier) in [
            (&data.about_after, Qualifier::About),
            (&data.at_least_after, Qualifier::AtLeast),
            (&data.more_than_after, Qualifier::MoreThan),
            (&data.at_most_after, Qualifier::AtMost),
            (&data.additional_after, Qualifier::Additional),
        ] {
            self.add_all(list, &Sense::After(qualifier));
        }
        self.add_all(&data.to, &Sense::To);
        self.add_all(&data.between, &Sense::Between);
        self.add_all(&data.filler, &Sense::Filler);
    }

    /// Gives every phrase of a list the same meaning.
    pub fn add_all(&mut self, phrases: &[String], sense: &Sense) {
        for phrase in phrases {
            self.add(phrase, sense.clone());
        }
    }
}

enum Piece {
    Word(String),
    Mark(char),
}

/// The words and marks of a phrase, folded as the words of a text are.
fn pieces(phrase: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in phrase.chars() {
        let folded = fold(c);
        match folded.class {
            Class::Letter => {
                if folded.letter != '\0' {
                    word.push(folded.letter);
                }
            }
            Class::Nothing => {}
            _ => {
                if !word.is_empty() {
                    out.push(Piece::Word(std::mem::take(&mut word)));
                }
                if folded.class == Class::Mark {
                    out.push(Piece::Mark(c));
                }
            }
        }
    }
    if !word.is_empty() {
        out.push(Piece::Word(word));
    }
    out
}

fn scalar(value: &Scalar) -> Result<Number, String> {
    match value {
        Scalar::Small(value) => Ok(Number::from(i64::try_from(*value).map_err(|_| format!("{value} is too large; write it as text"))?)),
        Scalar::Text(text) => fraction(text),
    }
}

/// Reads "3", "1/4", "1e12".
fn fraction(text: &str) -> Result<Number, String> {
    let bad = || format!("{text:?} is not a number; write \"3\", \"1/4\" or \"1e12\"");
    if let Some((mantissa, exponent)) = text.split_once('e') {
        let exponent: u32 = exponent.parse().ok().filter(|&e| e <= 60).ok_or_else(bad)?;
        let ten = format!("1{}", "0".repeat(exponent as usize));
        let ten: Number = ten.parse().map_err(|_| bad())?;
        return mantissa.parse::<Number>().map_err(|_| bad())?.mul(&ten).map_err(|_| bad());
    }
    match text.split_once('/') {
        None => text.parse().map_err(|_| bad()),
        Some((above, below)) => {
            let above: Number = above.parse().map_err(|_| bad())?;
            above.div(&below.parse().map_err(|_| bad())?).map_err(|_| bad())
        }
    }
}

fn time_unit(text: &str, short: bool) -> Option<TimeUnit> {
    let (complete, text) = match text.strip_prefix('=') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (factor, name) = text.split_once(' ').unwrap_or(("1", text));
    let names = ["year", "month", "week", "day", "hour", "minute", "second"];
    let name = names.into_iter().find(|n| *n == name)?;
    Some(TimeUnit { name, factor: fraction(factor).ok()?, complete, short })
}
