//! The files of a language into a lexicon.

use super::{Era, Lexicon, Piece, Sense, TimeUnit, Word, pieces};
use crate::data::{Money, Numbers, Scalar, Table, Time, Words};
use crate::fold::fold_word;
use crate::mention::{Calendar, Qualifier};
use rustc_hash::FxHashMap;
use servanda_quantity::Number;

impl Lexicon {
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
        self.add_percents(&data.percent)?;
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
        self.add_percents(&numbers.percent)?;
        for (word, text) in &time.units {
            let unit =
                time_unit(text, false).ok_or_else(|| format!("`{word}` = {text:?}: not a unit of time"))?;
            self.add(word, Sense::Unit(unit));
        }
        self.add_money(&money, "")
    }

    /// Adds words and signs for hundredths and their kin, with the number of them in a whole.
    ///
    /// # Errors
    /// A whole of nothing.
    pub fn add_percents(&mut self, table: &Table<u32>) -> Result<(), String> {
        for (word, &whole) in table {
            let part = Number::hundred()
                .div(&Number::from(i64::from(whole)))
                .map_err(|_| format!("`{word}` = {whole}"))?;
            self.add(word, Sense::Percent(part));
        }
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
        self.add_all(&data.references, &Sense::Reference);
        self.add_all(&data.filler, &Sense::Filler);
    }

    /// Gives every phrase of a list the same meaning.
    pub fn add_all(&mut self, phrases: &[String], sense: &Sense) {
        for phrase in phrases {
            self.add(phrase, sense.clone());
        }
    }
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
