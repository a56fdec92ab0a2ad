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
    Scale {
        factor: Number,
        bound: bool,
    },
    /// Two of a scale.
    DualScale(Number),
    Group(u64),
    Ordinal(u64),
    /// An ordinal that means something else as well.
    WeakOrdinal(u64),
    /// It makes an ordinal of a weak one.
    Determiner,
    OrdinalEnding,
    /// An ending that may stand apart from its digits.
    EndingApart,
    ShareLink,
    ShareNoun,
    /// "only", after an amount in words.
    Closing,
    /// "तारीख", after a day's number.
    DayNoun,
    Part {
        part: Number,
        bound: bool,
    },
    /// A word for a part that means something else as well.
    WeakPart,
    /// A cardinal that is a part before a word with the article.
    DefinitePart(Number),
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
    Minor {
        part: Number,
    },
    /// So many of an ISO unit.
    Multiple {
        code: String,
        count: Number,
    },
    NotMoney,
    Percent(Number),
    Unit(TimeUnit),
    UnitBetween,
    One,
    OneAfter,
    PluralUnit,
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
    /// It qualifies amounts, no dates and lengths of time.
    AfterAmount(Qualifier),
    To,
    /// The same after a word for "between".
    ToWithin,
    Between,
    BetweenAfter,
    Filler,
}

/// How years are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    Gregorian,
    BeforeChrist,
    Other(Calendar),
}

/// What phrases that begin with a word can do: whether a quantity can begin there is asked at every word of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Roles(u8);

impl Roles {
    const COUNTS: u8 = 1;
    const LEADS: u8 = 2;
    const MEASURES: u8 = 4;
    const QUALIFIES: u8 = 8;

    fn add(&mut self, sense: &Sense) {
        self.0 |= match sense {
            Sense::Cardinal(_)
            | Sense::Scale { .. }
            | Sense::DualScale(_)
            | Sense::DefinitePart(_)
            | Sense::Group(_)
            | Sense::Ordinal(_)
            | Sense::WeakOrdinal(_)
            | Sense::Part { .. }
            | Sense::Added(_)
            | Sense::Month(..)
            | Sense::NotNumber => Self::COUNTS,
            Sense::Unit(unit) if unit.complete => Self::COUNTS,
            Sense::Unit(_) => Self::MEASURES,
            Sense::Minus
            | Sense::Article
            | Sense::One
            | Sense::DayWord
            | Sense::Weekday
            | Sense::YearWord
            | Sense::Currency(_)
            | Sense::Symbol(_)
            | Sense::Code(_)
            | Sense::Percent(_)
            | Sense::Era(_) => Self::LEADS,
            Sense::Before(_) | Sense::Between => Self::QUALIFIES,
            _ => 0,
        };
    }

    /// A quantity may begin here.
    pub fn counts(self) -> bool {
        self.0 & Self::COUNTS != 0
    }

    /// A quantity may begin here if one of the next words counts or measures.
    pub fn leads(self) -> bool {
        self.0 & Self::LEADS != 0
    }

    /// A qualifier may begin here.
    pub fn qualifies(self) -> bool {
        self.0 & Self::QUALIFIES != 0
    }

    /// It counts, or is a unit of time.
    pub fn follows(self) -> bool {
        self.0 & (Self::COUNTS | Self::MEASURES) != 0
    }
}

/// The words of a locale.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<Box<str>, Word>,
    marks: FxHashMap<char, Word>,
    steps: FxHashMap<(u32, Word), u32>,
    senses: Vec<Vec<Sense>>,
    /// By word: the phrase position after it, where a phrase begins with it.
    first: Vec<u32>,
    /// By word: what the phrases that begin with it can do.
    roles: Vec<Roles>,
    prefixes: Vec<(String, Word)>,
    endings: Vec<String>,
    ordinal_suffixes: Vec<String>,
    /// Number words are written together.
    pub compound: bool,
    /// Ordinals are made of compounds with an ending: "ventunesimo".
    pub compound_ordinals: bool,
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
    /// An ordinal after a cardinal is a share of it.
    pub ordinal_shares: bool,
    /// The percent sign may stand before its number.
    pub percent_first: bool,
    /// A slash between digits may be the decimal sign.
    pub slash_decimal: bool,
    joined_units: bool,
    /// The article, where it is written on the front of a word.
    pub definite: Vec<String>,
    /// A unit of time by itself may be one of it.
    pub bare_units: bool,
    /// Spellings that folding unites although they mean different currencies: "د.أ" and "د.إ".
    pub spelt: FxHashMap<String, String>,
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
        self.marks.get(&plain_mark(mark)).copied().unwrap_or(Word::UNKNOWN)
    }

    /// The phrase position after `word` from `node`; 0 is the start.
    pub fn step(&self, node: u32, word: Word) -> Option<u32> {
        if node == 0 {
            return self.first.get(word.0 as usize).copied().filter(|&next| next != 0);
        }
        self.steps.get(&(node, word)).copied()
    }

    /// What phrases that begin with `word` can do.
    pub fn roles(&self, word: Word) -> Roles {
        self.roles.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// Keeps what `step` and `roles` ask first in tables by word.
    fn begins(&mut self, word: Word, node: u32, sense: &Sense) {
        let at = word.0 as usize;
        if self.first.len() <= at {
            self.first.resize(at + 1, 0);
            self.roles.resize(at + 1, Roles::default());
        }
        self.first[at] = node;
        self.roles[at].add(sense);
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
                if known != Word::UNKNOWN && stem.chars().count() > 1 && self.takes_ending(known) {
                    out.push((offset, known));
                    return true;
                }
            }
        }
        if self.joined_unit(rest, offset, out)
            || self.ordinal_word(rest, offset, out)
            || (self.compound && rest.len() >= 5 && self.compounds(rest, offset, out))
        {
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

    /// "دهساله": a number word with a unit, a scale or the like of three letters or more behind it.
    fn joined_unit(&self, word: &str, offset: usize, out: &mut Vec<(usize, Word)>) -> bool {
        if !self.joined_units || word.len() > 60 {
            return false;
        }
        let means = |word: Word, wanted: fn(&Sense) -> bool| {
            self.step(0, word).is_some_and(|node| self.senses(node).iter().any(wanted))
        };
        let counts = |s: &Sense| matches!(s, Sense::Cardinal(_) | Sense::Scale { .. });
        let counted = |s: &Sense| {
            matches!(
                s,
                Sense::Unit(_)
                    | Sense::Scale { .. }
                    | Sense::Percent(_)
                    | Sense::Currency(_)
                    | Sense::Multiple { .. }
            )
        };
        let cut = word.char_indices().skip(2).map(|(cut, _)| cut).find(|&cut| {
            let (number, unit) = (self.word(&word[..cut]), self.word(&word[cut..]));
            number != Word::UNKNOWN
                && unit != Word::UNKNOWN
                && word[cut..].chars().count() > 2
                && means(number, counts)
                && means(unit, counted)
        });
        if let Some(cut) = cut {
            out.push((offset, self.word(&word[..cut])));
            out.push((offset + cut, self.word(&word[cut..])));
        }
        cut.is_some()
    }

    /// Whether a word keeps its meaning with an ending. Number words do not: "یک" is one and "یکی" somebody.
    fn takes_ending(&self, word: Word) -> bool {
        let senses = self.step(0, word).map_or(&[][..], |node| self.senses(node));
        senses.iter().all(|s| {
            !matches!(s, Sense::Cardinal(_) | Sense::Ordinal(_) | Sense::Part { .. } | Sense::And | Sense::To)
        })
    }

    /// A number word with the ending of an ordinal: "पाँचवाँ".
    fn ordinal_word(&self, word: &str, offset: usize, out: &mut Vec<(usize, Word)>) -> bool {
        let found = self.ordinal_suffixes.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending.as_str())?;
            let number = self.step(0, self.word(stem)).is_some_and(|node| {
                self.senses(node).iter().any(|s| matches!(s, Sense::Cardinal(_) | Sense::Scale { .. }))
            });
            number.then_some(stem)
        });
        if let Some(stem) = found {
            out.push((offset, self.word(stem)));
            out.push((offset + stem.len(), self.word(&word[stem.len()..])));
        }
        found.is_some()
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
        let mut begin = None;
        for part in pieces(phrase) {
            let word = match part {
                Piece::Word(word) => self.intern(&word),
                Piece::Mark(mark) => {
                    let number = Word(self.words.len() as u32 + self.marks.len() as u32 + 2);
                    *self.marks.entry(plain_mark(mark)).or_insert(number)
                }
            };
            let start = node == 0;
            node = match self.steps.get(&(node, word)) {
                Some(&next) => next,
                None => {
                    let next = self.senses.len() as u32;
                    self.senses.push(Vec::new());
                    self.steps.insert((node, word), next);
                    next
                }
            };
            if start {
                begin = Some((word, node));
            }
        }
        if let Some((word, next)) = begin {
            self.begins(word, next, &sense);
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
        self.begins(number, node, &sense);
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
        self.ordinal_shares = data.ordinal_shares;
        self.percent_first = data.percent_first;
        self.slash_decimal = data.slash_decimal;
        self.joined_units = data.joined_units;
        self.spoken_pairs = data.spoken_pairs;
        self.compound = data.compound;
        self.compound_ordinals = data.compound && !data.ordinal_suffixes.is_empty();
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
        for (word, factor) in &data.dual_scales {
            self.add(word, Sense::DualScale(scalar(factor)?));
        }
        for (word, part) in &data.definite_parts {
            self.add(word, Sense::DefinitePart(fraction(part)?));
        }
        self.definite = data.definite.clone();
        for (word, &value) in &data.groups {
            self.add(word, Sense::Group(value));
        }
        for (word, &value) in &data.ordinals {
            self.add(word, Sense::Ordinal(value));
            if self.compound {
                self.add_piece(word, Sense::Ordinal(value));
            }
        }
        for ending in &data.ordinal_suffixes {
            if self.compound {
                self.add_piece(ending, Sense::OrdinalEnding);
            } else {
                self.add(ending, Sense::OrdinalEnding);
                self.ordinal_suffixes.push(fold_word(ending));
            }
        }
        for (word, &value) in &data.weak_ordinals {
            self.add(word, Sense::WeakOrdinal(value));
        }
        self.add_all(&data.determiners, &Sense::Determiner);
        self.add_all(&data.weak_parts, &Sense::WeakPart);
        for (word, &whole) in &data.percent {
            let part = Number::hundred()
                .div(&Number::from(i64::from(whole)))
                .map_err(|_| format!("`{word}` = {whole}"))?;
            self.add(word, Sense::Percent(part));
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
        self.add_all(&data.ordinal_endings_apart, &Sense::EndingApart);
        self.add_all(&data.share_links, &Sense::ShareLink);
        self.add_all(&data.share_nouns, &Sense::ShareNoun);
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

    /// Adds what another language counts in: its cardinals, scales, suffixes, names of money and units of time.
    ///
    /// # Errors
    /// The entry that cannot be read.
    pub fn add_foreign(&mut self, numbers: &Numbers, mut money: Money, time: &Time) -> Result<(), String> {
        // One letter ("c") is too little in a text of another script: "80C" is a section of a statute.
        money.minor.retain(|name, _| name.chars().count() > 1);
        for (word, &value) in &numbers.cardinals {
            self.add(word, Sense::Cardinal(value));
        }
        for (table, bound) in [(&numbers.scales, false), (&numbers.bound_scales, true)] {
            for (word, factor) in table {
                self.add(word, Sense::Scale { factor: scalar(factor)?, bound });
            }
        }
        for (word, factor) in &numbers.suffixes {
            self.suffixes.insert(word.clone(), scalar(factor)?);
        }
        for (word, &whole) in &numbers.percent {
            self.add(
                word,
                Sense::Percent(
                    Number::hundred().div(&Number::from(i64::from(whole))).map_err(|_| word.clone())?,
                ),
            );
        }
        for (word, text) in &time.units {
            let unit =
                time_unit(text, false).ok_or_else(|| format!("`{word}` = {text:?}: not a unit of time"))?;
            self.add(word, Sense::Unit(unit));
        }
        self.add_money(&money, "")
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
    pub fn add_money(&mut self, data: &Money, region: &str) -> Result<(), String> {
        let mut spellings: FxHashMap<String, Vec<(&String, &String)>> = FxHashMap::default();
        for (name, code) in &data.names {
            spellings.entry(folded_phrase(name)).or_default().push((name, code));
        }
        for same in spellings.into_values().filter(|same| same.iter().any(|(_, code)| *code != same[0].1)) {
            self.spelt.extend(same.into_iter().map(|(name, code)| (name.clone(), code.clone())));
        }
        for (name, code) in &data.names {
            let code = data.regional_names.get(name).and_then(|names| names.get(region)).unwrap_or(code);
            self.add(name, Sense::Currency((!code.is_empty()).then(|| code.clone())));
        }
        for code in &data.small_codes {
            self.add(code, Sense::Symbol(Some(code.to_uppercase())));
        }
        for (name, minor) in &data.minor {
            self.add(name, Sense::Minor { part: fraction(minor)? });
        }
        for (name, multiple) in &data.multiples {
            let (code, count) = multiple
                .split_once(' ')
                .ok_or_else(|| format!("`{name}` = {multiple:?}: write a code and a number, \"IRR 10\""))?;
            self.add(name, Sense::Multiple { code: code.to_owned(), count: fraction(count)? });
        }
        self.add_all(&data.not_money, &Sense::NotMoney);
        self.add_all(&data.closing, &Sense::Closing);
        Ok(())
    }

    /// Adds the words of `time.toml`.
    ///
    /// # Errors
    /// The entry that cannot be read.
    pub fn add_time(&mut self, data: &Time) -> Result<(), String> {
        for (table, short) in [(&data.units, false), (&data.short_units, true)] {
            for (word, text) in table {
                let unit = time_unit(text, short)
                    .ok_or_else(|| format!("`{word}` = {text:?}: not a unit of time"))?;
                self.add(word, Sense::Unit(unit));
            }
        }
        self.spoken_minutes = data.spoken_minutes;
        self.add_all(&data.between, &Sense::UnitBetween);
        self.add_all(&data.one, &Sense::One);
        self.add_all(&data.one_after, &Sense::OneAfter);
        self.add_all(&data.plural_units, &Sense::PluralUnit);
        self.bare_units = data.bare_units;
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
        self.add_all(&data.day_nouns, &Sense::DayNoun);
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
        self.add_all(&data.to_within, &Sense::ToWithin);
        self.add_all(&data.between, &Sense::Between);
        self.add_all(&data.between_after, &Sense::BetweenAfter);
        self.add_all(&data.amount_at_most_after, &Sense::AfterAmount(Qualifier::AtMost));
        self.add_all(&data.filler, &Sense::Filler);
    }

    /// Gives every phrase of a list the same meaning.
    pub fn add_all(&mut self, phrases: &[String], sense: &Sense) {
        for phrase in phrases {
            self.add(phrase, sense.clone());
        }
    }
}

/// The typewriter's apostrophe for the printer's: phrases such as "vent'" are written with either.
fn plain_mark(mark: char) -> char {
    if mark == '\u{2019}' { '\'' } else { mark }
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

/// A phrase in the letters and marks by which it is compared.
fn folded_phrase(phrase: &str) -> String {
    let word = |piece| match piece {
        Piece::Word(word) => word,
        Piece::Mark(mark) => mark.to_string(),
    };
    pieces(phrase).into_iter().map(word).collect::<Vec<_>>().join(" ")
}

fn scalar(value: &Scalar) -> Result<Number, String> {
    match value {
        Scalar::Small(value) => Ok(Number::from(
            i64::try_from(*value).map_err(|_| format!("{value} is too large; write it as text"))?,
        )),
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
