//! The terms that every contract has: when it was made and takes effect, how long it lasts, how it is renewed, and
//! under which law.
//!
//! A term is a quantity (see `servanda_mention`) or the name of a place near a phrase that says what it is; the
//! phrases are data, one file a language. What is found is a proposal with its place in the text, for a person to
//! confirm: nothing here decides anything.

use servanda_mention::{Date, Kind, Mention, Value};
use servanda_quantity::{Day, MonthEnd, Number};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a term is about. The names are those of the Contract Understanding Atticus Dataset (Hendrycks et al. 2021).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermKind {
    /// The date of the contract.
    AgreementDate,
    /// The day on which it takes effect.
    EffectiveDate,
    /// The day on which its first term ends.
    ExpirationDate,
    /// The length of a renewal.
    RenewalTerm,
    /// How long before the end a party has to object to a renewal.
    NoticePeriod,
    /// The law that governs it.
    GoverningLaw,
}

impl TermKind {
    /// All kinds.
    pub const ALL: [TermKind; 6] = [
        TermKind::AgreementDate,
        TermKind::EffectiveDate,
        TermKind::ExpirationDate,
        TermKind::RenewalTerm,
        TermKind::NoticePeriod,
        TermKind::GoverningLaw,
    ];

    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            TermKind::AgreementDate => "agreement-date",
            TermKind::EffectiveDate => "effective-date",
            TermKind::ExpirationDate => "expiration-date",
            TermKind::RenewalTerm => "renewal-term",
            TermKind::NoticePeriod => "notice-period",
            TermKind::GoverningLaw => "governing-law",
        }
    }
}

/// What a term says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// A day.
    Day(Date),
    /// A length, with its unit (`year`, `month`, …).
    Length(Number, String),
    /// The end of a length from a day that the text gives elsewhere.
    Reckoned {
        /// The first day after it.
        day: Date,
        /// The length.
        length: Number,
        /// Its unit.
        unit: String,
    },
    /// No end.
    Perpetual,
    /// A place whose law governs.
    Place(String),
}

/// A term and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it is about.
    pub kind: TermKind,
    /// Its place, in Unicode scalar values.
    pub place: Range<usize>,
    /// What it says.
    pub says: Says,
}

/// The phrases of a language.
#[derive(serde::Deserialize)]
struct Cues {
    agreement: Vec<String>,
    effective: Vec<String>,
    expiration: Vec<String>,
    term: Vec<String>,
    renewal: Vec<String>,
    notice: Vec<String>,
    law: Vec<String>,
    perpetual: Vec<String>,
    anniversary: Vec<String>,
    #[serde(rename = "other-law")]
    other_law: Vec<String>,
    subject: Vec<String>,
    aliases: BTreeMap<String, String>,
    offices: Vec<String>,
    links: Vec<String>,
    laws: Vec<String>,
    adjectives: BTreeMap<String, String>,
}

/// Most characters of a contract's opening, where its own date stands.
const OPENING: usize = 2_500;
/// Most characters between a phrase and what it is about.
const NEAR: usize = 160;
/// Most characters between a phrase and the day that it names.
const CLOSE: usize = 60;

/// The terms of a contract in the language `tag`; none for a language without a file of phrases.
pub fn terms(text: &str, tag: &str) -> Vec<Term> {
    let Some(cues) = cues(tag) else { return Vec::new() };
    let mentions = servanda_mention::scan(text, tag).unwrap_or_default();
    let page = Page::new(text, &mentions);
    let mut out = Vec::new();
    let agreement = page.day_near(&cues.agreement, 0..OPENING).or_else(|| page.first_day(0..OPENING));
    let effective = page.day_near(&cues.effective, 0..page.chars.len());
    out.extend(agreement.clone().map(|(place, day)| Term {
        kind: TermKind::AgreementDate,
        place,
        says: Says::Day(day),
    }));
    let start = effective.clone().or(agreement);
    out.extend(start.clone().map(|(place, day)| Term {
        kind: TermKind::EffectiveDate,
        place,
        says: Says::Day(day),
    }));
    out.extend(page.expiration(&cues, start.map(|(_, day)| day)));
    out.extend(page.length_in(&cues.renewal, &[], TermKind::RenewalTerm));
    out.extend(page.length_in(&cues.notice, &cues.renewal, TermKind::NoticePeriod));
    out.extend(page.law(&cues));
    out
}

/// The languages whose contracts are known, by their primary subtag.
pub fn term_languages() -> &'static [&'static str] {
    &["en"]
}

fn cues(tag: &str) -> Option<Cues> {
    let file = match tag.split('-').next()? {
        "en" => include_str!("../terms/en.toml"),
        _ => return None,
    };
    toml::from_str(file).ok()
}

/// A text in small letters, with its sentences and quantities.
struct Page<'a> {
    chars: Vec<char>,
    small: Vec<char>,
    sentences: Vec<Range<usize>>,
    mentions: &'a [Mention],
}

impl<'a> Page<'a> {
    fn new(text: &str, mentions: &'a [Mention]) -> Page<'a> {
        let chars: Vec<char> = text.chars().collect();
        let small = chars
            .iter()
            .map(|c| if c.is_whitespace() { ' ' } else { c.to_lowercase().next().unwrap_or(*c) })
            .collect();
        let sentences = sentences(&chars);
        Page { chars, small, sentences, mentions }
    }

    /// The places of a phrase within a range.
    fn places<'p>(
        &'p self,
        phrase: &'p str,
        within: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + 'p {
        let phrase: Vec<char> = phrase.chars().collect();
        let end = within.end.min(self.small.len());
        (within.start..end).filter_map(move |at| {
            let stop = at + phrase.len();
            let word_start = at == 0 || !self.small[at - 1].is_alphabetic();
            (stop <= end && word_start && self.small[at..stop] == phrase[..]).then_some(at..stop)
        })
    }

    fn has(&self, phrases: &[String], within: Range<usize>) -> bool {
        phrases.iter().any(|phrase| self.places(phrase, within.clone()).next().is_some())
    }

    fn days(&self, within: Range<usize>) -> impl Iterator<Item = (Range<usize>, Date)> + '_ {
        self.mentions.iter().filter_map(move |m| match m.value {
            Value::Date(date)
                if within.contains(&m.place.start) && date.year.is_some() && date.day.is_some() =>
            {
                Some((m.place.clone(), date))
            }
            _ => None,
        })
    }

    fn first_day(&self, within: Range<usize>) -> Option<(Range<usize>, Date)> {
        self.days(within).next()
    }

    /// The day that stands nearest to one of the phrases, on either side, earliest phrase of the text first.
    fn day_near(&self, phrases: &[String], within: Range<usize>) -> Option<(Range<usize>, Date)> {
        let mut best: Option<(usize, (Range<usize>, Date))> = None;
        for phrase in phrases {
            for place in self.places(phrase, within.clone()) {
                let around = place.start.saturating_sub(CLOSE)..place.end + CLOSE;
                for day in self.days(around) {
                    let gap = if day.0.start >= place.end {
                        day.0.start - place.end
                    } else {
                        place.start.saturating_sub(day.0.end)
                    };
                    if best.as_ref().is_none_or(|(old, _)| gap < *old) {
                        best = Some((gap, day));
                    }
                }
            }
        }
        best.map(|(_, day)| day)
    }

    fn expiration(&self, cues: &Cues, start: Option<Date>) -> Option<Term> {
        let about = |sentence: &&Range<usize>| {
            self.has(&cues.term, (*sentence).clone()) || self.has(&cues.expiration[..14], (*sentence).clone())
        };
        let mut reckoned = None;
        let mut perpetual = None;
        for sentence in self.sentences.iter().filter(about) {
            // A day after a phrase of ending: "from 1 February 2019 through 31 January 2024".
            let ends =
                cues.expiration.iter().flat_map(|phrase| self.places(phrase, sentence.clone())).filter_map(
                    |place| {
                        let gap = place.end..(place.end + 40).min(sentence.end);
                        self.days(gap).find(|(_, day)| start.is_none_or(|start| *day > start))
                    },
                );
            if let Some((place, day)) = ends.min_by_key(|(place, _)| place.start) {
                return Some(Term { kind: TermKind::ExpirationDate, place, says: Says::Day(day) });
            }
            if self.has(&cues.term, sentence.clone()) && reckoned.is_none() {
                let begins = self.day_near(&cues.effective, sentence.clone()).map(|(_, day)| day).or(start);
                let lengths =
                    self.lengths(sentence.clone()).chain(self.anniversaries(cues, sentence.clone()));
                reckoned = lengths.into_iter().find_map(|(place, length, unit)| {
                    // What stands after a word of renewal is the length of a renewal.
                    let renewed = self.has(&cues.renewal, sentence.start..place.start)
                        || !matches!(unit.as_str(), "year" | "month");
                    let day = (!renewed).then(|| later(begins?, &length, &unit))??;
                    Some(Term {
                        kind: TermKind::ExpirationDate,
                        place,
                        says: Says::Reckoned { day, length, unit },
                    })
                });
            }
            if perpetual.is_none() && self.has(&cues.perpetual, sentence.clone()) {
                perpetual = Some(Term {
                    kind: TermKind::ExpirationDate,
                    place: sentence.clone(),
                    says: Says::Perpetual,
                });
            }
        }
        reckoned.or(perpetual)
    }

    fn lengths(&self, within: Range<usize>) -> impl Iterator<Item = (Range<usize>, Number, String)> + '_ {
        self.mentions.iter().filter_map(move |m| match (&m.kind, &m.value, &m.unit) {
            (Kind::Duration, Value::Number(number), Some(unit)) if within.contains(&m.place.start) => {
                Some((m.place.clone(), number.clone(), unit.clone()))
            }
            _ => None,
        })
    }

    /// "the second anniversary": an ordinal that counts years.
    fn anniversaries<'p>(
        &'p self,
        cues: &'p Cues,
        within: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, Number, String)> + 'p {
        self.mentions.iter().filter_map(move |m| {
            let Value::Number(number) = &m.value else { return None };
            let near = m.place.end..m.place.end + 16;
            let counts = m.kind == Kind::Ordinal
                && within.contains(&m.place.start)
                && self.has(&cues.anniversary, near);
            counts.then(|| (m.place.clone(), number.clone(), "year".to_owned()))
        })
    }

    /// The length nearest to one of the phrases, in a sentence that has one of `also` too.
    fn length_in(&self, phrases: &[String], also: &[String], kind: TermKind) -> Option<Term> {
        for sentence in &self.sentences {
            if !also.is_empty() && !self.has(also, sentence.clone()) {
                continue;
            }
            let mut best: Option<(usize, Term)> = None;
            for place in phrases.iter().flat_map(|phrase| self.places(phrase, sentence.clone())) {
                for (at, length, unit) in self.lengths(sentence.clone()) {
                    // Nobody renews a contract by days; those are of a notice.
                    if kind == TermKind::RenewalTerm && !matches!(unit.as_str(), "year" | "month") {
                        continue;
                    }
                    let gap = if at.start >= place.end {
                        at.start - place.end
                    } else {
                        place.start.saturating_sub(at.end)
                    };
                    if gap <= NEAR && best.as_ref().is_none_or(|(old, _)| gap < *old) {
                        best = Some((gap, Term { kind, place: at, says: Says::Length(length, unit) }));
                    }
                }
            }
            if let Some((_, term)) = best {
                return Some(term);
            }
        }
        None
    }

    /// The law of the sentence that is most clearly about the law of this contract.
    fn law(&self, cues: &Cues) -> Option<Term> {
        let about = |sentence: &&Range<usize>| self.has(&cues.law, (*sentence).clone());
        let clear = |sentence: &Range<usize>| {
            let subject = usize::from(self.has(&cues.subject, sentence.clone()));
            let verb = usize::from(self.has(&cues.law[..1], sentence.clone()));
            let other = usize::from(self.has(&cues.other_law, sentence.clone()));
            2 * verb + subject + 2 - 2 * other
        };
        let mut best: Option<(usize, Term)> = None;
        for sentence in self.sentences.iter().filter(about) {
            if let Some((place, name)) = self.law_in(cues, sentence) {
                let clear = clear(sentence);
                if best.as_ref().is_none_or(|(old, _)| clear > *old) {
                    let name = cues.aliases.get(&name).cloned().unwrap_or(name);
                    best =
                        Some((clear, Term { kind: TermKind::GoverningLaw, place, says: Says::Place(name) }));
                }
            }
        }
        best.map(|(_, term)| term)
    }

    fn law_in(&self, cues: &Cues, sentence: &Range<usize>) -> Option<(Range<usize>, String)> {
        let mut places: Vec<_> =
            cues.laws.iter().flat_map(|law| self.places(law, sentence.clone())).collect();
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
        let heads = || {
            let heads = cues.offices.iter().take(5).flat_map(|office| self.places(office, sentence.clone()));
            heads.min_by_key(|place| place.start).and_then(|place| self.name(place.end, sentence.end))
        };
        let after = places.iter().find_map(|place| self.place_after(place.end, sentence.end, cues));
        after
            .or_else(|| places.iter().find_map(|place| self.place_before(place.start, sentence.start, cues)))
            .or_else(heads)
    }

    /// "laws of the State of New York".
    fn place_after(&self, from: usize, end: usize, cues: &Cues) -> Option<(Range<usize>, String)> {
        let mut at = self.skip_space(from, end);
        at = self.skip_one(at, end, &cues.links)?;
        while let Some(next) = self.skip_one(at, end, &cues.offices) {
            at = next;
        }
        self.name(at, end)
    }

    fn skip_space(&self, mut at: usize, end: usize) -> usize {
        while at < end && !self.chars[at].is_alphanumeric() {
            at += 1;
        }
        at
    }

    fn skip_one(&self, at: usize, end: usize, phrases: &[String]) -> Option<usize> {
        phrases.iter().find_map(|phrase| {
            let length = phrase.chars().count();
            let stop = at + length;
            let same = stop < end && self.small[at..stop].iter().copied().eq(phrase.chars());
            (same && !self.small[stop].is_alphabetic()).then(|| self.skip_space(stop, end))
        })
    }

    /// Words that begin with a capital, with "of", "and" and a comma between them.
    fn name(&self, from: usize, end: usize) -> Option<(Range<usize>, String)> {
        let start = self.skip_space(from, end);
        let mut stop = start;
        let mut at = start;
        while at < end {
            let word_end = (at..end)
                .find(|&i| !self.chars[i].is_alphabetic() && !matches!(self.chars[i], '\'' | '’' | '-'))
                .unwrap_or(end);
            let word: String = self.chars[at..word_end].iter().collect();
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let link = matches!(word.as_str(), "of" | "and" | "the");
            if !capital && !link || word_end - start > 60 {
                break;
            }
            if capital {
                stop = word_end;
            }
            at = word_end;
            while at < end && matches!(self.chars[at], ' ' | '\n' | '\t' | '\r') {
                at += 1;
            }
            if at == word_end {
                break;
            }
        }
        let name = self.chars[start..stop]
            .iter()
            .map(|c| if c.is_whitespace() { ' ' } else { *c })
            .collect::<String>();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        (!name.is_empty()).then_some((start..stop, name))
    }

    /// "New York law", "English law".
    fn place_before(&self, end: usize, start: usize, cues: &Cues) -> Option<(Range<usize>, String)> {
        let mut from = end;
        let mut at = end;
        loop {
            while at > start && self.chars[at - 1].is_whitespace() {
                at -= 1;
            }
            let word_start =
                (start..at).rev().find(|&i| !self.chars[i].is_alphabetic()).map_or(start, |i| i + 1);
            if word_start >= at || !self.chars[word_start].is_uppercase() {
                break;
            }
            from = word_start;
            at = word_start;
        }
        let name: String =
            self.chars[from..end].iter().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        let name = cues.adjectives.get(&name).cloned().unwrap_or(name);
        (!name.is_empty()).then_some((from..end, name))
    }
}

/// The sentences of a text: up to a full stop before a capital, or an empty line.
fn sentences(chars: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..chars.len() {
        let blank = chars[at] == '\n'
            && chars[at + 1..].iter().find(|c| **c == '\n' || !c.is_whitespace()) == Some(&'\n');
        let stop = matches!(chars[at], '.' | ';') && {
            let mut rest =
                chars[at + 1..].iter().skip_while(|c| c.is_whitespace() || matches!(c, '"' | '”' | ')'));
            let spaced = chars.get(at + 1).is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”'));
            // "U.S." and "Inc." end no sentence: a letter or a short word before.
            let word = chars[start..at].iter().rev().take_while(|c| c.is_alphabetic()).count();
            spaced && word > 3 && rest.next().is_none_or(|c| c.is_uppercase() || c.is_ascii_digit())
        };
        if blank || stop || at - start > 4_000 {
            out.push(start..at + 1);
            start = at + 1;
        }
    }
    out.push(start..chars.len());
    out
}

/// The day a length after another, where the length is whole: the same day of a later month, or the last it has.
fn later(start: Date, length: &Number, unit: &str) -> Option<Date> {
    let day = Day::new(
        i16::try_from(start.year?).ok()?,
        i8::try_from(start.month?).ok()?,
        i8::try_from(start.day?).ok()?,
    )
    .ok()?;
    let count: i64 = length.to_string().parse().ok()?;
    let end = match unit {
        "year" => day.plus_months(count.checked_mul(12)?, MonthEnd::Down),
        "month" => day.plus_months(count, MonthEnd::Down),
        "week" => day.plus_days(count.checked_mul(7)?),
        "day" => day.plus_days(count),
        _ => return None,
    };
    let date = end.ok()?.date();
    Some(Date {
        year: Some(date.year().into()),
        month: u8::try_from(date.month()).ok(),
        day: u8::try_from(date.day()).ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, kind: TermKind) -> Option<String> {
        terms(text, "en").into_iter().find(|t| t.kind == kind).map(|t| match t.says {
            Says::Day(day) | Says::Reckoned { day, .. } => day.to_string(),
            Says::Length(number, unit) => format!("{number} {unit}"),
            Says::Perpetual => "perpetual".to_owned(),
            Says::Place(name) => name,
        })
    }

    const LEASE: &str = "This Lease is made as of March 3, 2021 between Harbour Mills Ltd and Oat & Co. \
        The initial term of this Lease shall be five (5) years. It renews for successive one-year periods unless a party \
        gives at least ninety (90) days notice before it renews.\n\n\
        This Lease shall be governed by the laws of the State of New York, without regard to conflicts of law.";

    #[test]
    fn the_terms_of_a_lease_are_found() {
        for (kind, wanted) in [
            (TermKind::AgreementDate, "2021-03-03"),
            (TermKind::EffectiveDate, "2021-03-03"),
            (TermKind::ExpirationDate, "2026-03-03"),
            (TermKind::RenewalTerm, "1 year"),
            (TermKind::NoticePeriod, "90 day"),
            (TermKind::GoverningLaw, "New York"),
        ] {
            assert_eq!(found(LEASE, kind).as_deref(), Some(wanted), "{kind:?}");
        }
    }

    #[test]
    fn a_day_that_is_written_wins_over_one_that_is_reckoned() {
        let text = "Made on 1 May 2020. The term of this Agreement is two years and it shall expire on 30 April 2022. English law governs it.";
        assert_eq!(found(text, TermKind::ExpirationDate).as_deref(), Some("2022-04-30"));
        assert_eq!(found(text, TermKind::GoverningLaw).as_deref(), Some("England"));
    }

    #[test]
    fn a_text_without_terms_has_none() {
        assert_eq!(terms("The parties met twice and agreed on nothing.", "en"), []);
        assert_eq!(terms("", "en"), []);
        assert_eq!(terms(LEASE, "tlh"), []);
    }
}
