//! Tokens → tree: recursive descent with error recovery. `docs/language.md`, sections 3 to 6.
//!
//! A broken field is skipped to the next field, a broken declaration to the next declaration; what is
//! skipped stays in the lossless tree. Keywords are keywords only where the grammar expects them.

mod day;
mod declaration;
mod expression;
mod field;
mod schedule;
mod span;
mod trial;

use servanda_quantity::{Day, Duration, DurationUnit, MonthEnd};
use servanda_text::{Diagnostic, SourceId, Span, nearest};
use unicode_normalization::UnicodeNormalization;

use crate::ast::{At, DurationOrName, File, Item, Name, Path, Text};
use crate::codes;
use crate::lexer::{Token, tokens};
use crate::tree::{Kind, Mark};

/// Largest text, in bytes.
const SIZE_MAX: usize = 8 << 20;

/// Deepest nesting of expressions and days.
const DEPTH_MAX: u32 = 32;

/// Most problems that are told.
const PROBLEMS_MAX: usize = 50;

/// The problem has been told already; skip to where reading can go on.
#[derive(Debug)]
pub(crate) struct Broken;

pub(crate) type Read<T> = Result<T, Broken>;

pub(crate) const DECLARATIONS: &[&str] = &[
    "agreement",
    "import",
    "party",
    "role",
    "source",
    "unit",
    "calendar",
    "schedule",
    "kind",
    "action",
    "event",
    "reading",
    "question",
    "fact",
    "undisclosed",
    "law",
    "version",
    "clause",
    "change",
    "template",
    "test",
];

pub(crate) const FIELDS: &[&str] = &[
    "for",
    "from",
    "until",
    "through",
    "while",
    "survives",
    "unless",
    "overrides",
    "on",
    "process",
    "value",
    "define",
    "ensure",
    "covers",
    "cites",
    "outside",
    "note",
];

/// Words that mean something by themselves after `is`.
const TESTS: &[&str] = &["given", "violated", "fulfilled", "not"];

/// Words that go on after an expression, so that a number before them has no unit.
const AFTER: &[&str] = &[
    "and", "or", "is", "has", "rounded", "if", "provided", "where", "else", "keeps", "by", "cure", "done",
    "worth", "counting", "within", "each", "once", "to", "of", "in", "after", "ends", "starts", "suspends",
    "resumes", "before", "takes", "answer", "add", "drop", "gives", "with", "because", "expect", "log",
    "assume", "known", "under", "recorded", "uses", "when", "only", "over",
];

/// Types of one word: what `undisclosed` before them is, is a value.
const VALUES: &[&str] = &["party", "id", "money", "percent", "number", "date", "text"];

/// What reading a text gives.
pub(crate) struct Outcome {
    pub file: File,
    pub diagnostics: Vec<Diagnostic>,
    pub tokens: Vec<(Token, std::ops::Range<usize>)>,
    pub marks: Vec<Mark>,
}

/// Reads a text. Always gives a tree, and all problems.
pub(crate) fn read(text: &str, source: SourceId) -> Outcome {
    if text.len() > SIZE_MAX {
        let at = Span::new(source, 0, 0);
        let problem = Diagnostic::error(
            codes::TOO_LARGE,
            at,
            format!("the file has {} bytes, more than the {SIZE_MAX} that are read", text.len()),
        )
        .help("split the agreement into several `.deed` files of one folder");
        return Outcome {
            file: File::default(),
            diagnostics: vec![problem],
            tokens: vec![(Token::Unknown, 0..text.len())],
            marks: Vec::new(),
        };
    }
    let all = tokens(text);
    let meaning: Vec<usize> = (0..all.len()).filter(|&i| !all[i].0.is_trivia()).collect();
    let mut parser = Parser {
        text,
        source,
        all: &all,
        meaning: &meaning,
        at: 0,
        depth: 0,
        diagnostics: Vec::new(),
        marks: Vec::new(),
        muted: false,
        in_template: false,
    };
    parser.hidden_characters();
    let file = parser.file();
    let (diagnostics, marks) = (parser.diagnostics, parser.marks);
    Outcome { file, diagnostics, tokens: all, marks }
}

pub(crate) struct Parser<'t> {
    text: &'t str,
    source: SourceId,
    all: &'t [(Token, std::ops::Range<usize>)],
    /// Indices of the tokens that mean something.
    meaning: &'t [usize],
    at: usize,
    depth: u32,
    diagnostics: Vec<Diagnostic>,
    marks: Vec<Mark>,
    muted: bool,
    /// Inside a template, which uses none.
    in_template: bool,
}

impl<'t> Parser<'t> {
    // ── looking ──────────────────────────────────────────────────────────────────────────────────

    fn token(&self, ahead: usize) -> Token {
        self.meaning.get(self.at + ahead).map_or(Token::End, |&i| self.all[i].0)
    }

    fn slice(&self, ahead: usize) -> &'t str {
        self.meaning.get(self.at + ahead).map_or("", |&i| &self.text[self.all[i].1.clone()])
    }

    fn span(&self) -> Span {
        match self.meaning.get(self.at) {
            Some(&i) => Span::new(self.source, self.all[i].1.start, self.all[i].1.end),
            None => Span::new(self.source, self.text.len(), self.text.len()),
        }
    }

    /// The place of the last token that was read.
    fn last(&self) -> Span {
        match self.at.checked_sub(1).and_then(|at| self.meaning.get(at)) {
            Some(&i) => Span::new(self.source, self.all[i].1.start, self.all[i].1.end),
            None => Span::new(self.source, 0, 0),
        }
    }

    fn since(&self, start: Span) -> At {
        At(if self.last().start < start.start { start } else { start.to(self.last()) })
    }

    fn at_end(&self) -> bool {
        self.at >= self.meaning.len()
    }

    fn word_at(&self, ahead: usize, word: &str) -> bool {
        self.token(ahead) == Token::Name && self.slice(ahead) == word
    }

    fn word(&self, word: &str) -> bool {
        self.word_at(0, word)
    }

    fn mark_at(&self, ahead: usize, mark: &str) -> bool {
        matches!(self.token(ahead), Token::Mark | Token::Range | Token::LessEqual | Token::GreaterEqual)
            && self.slice(ahead) == mark
    }

    fn mark(&self, mark: &str) -> bool {
        self.mark_at(0, mark)
    }

    fn is_name(&self, ahead: usize) -> bool {
        matches!(self.token(ahead), Token::Name | Token::Quoted)
    }

    fn any_of(&self, ahead: usize, words: &[&str]) -> bool {
        self.token(ahead) == Token::Name && words.contains(&self.slice(ahead))
    }

    fn is_number(&self, ahead: usize) -> bool {
        matches!(self.token(ahead), Token::Int | Token::Decimal)
    }

    /// Whether a declaration begins here.
    fn at_declaration(&self) -> bool {
        self.any_of(0, DECLARATIONS)
            && match self.slice(0) {
                "test" | "agreement" | "version" => {
                    matches!(self.token(1), Token::Text | Token::Name | Token::Quoted)
                }
                // `undisclosed money` is a value.
                "undisclosed" => self.is_name(1) && !self.any_of(1, VALUES),
                _ => matches!(self.token(1), Token::Name | Token::Quoted | Token::Int),
            }
    }

    /// Whether `names (may | must | alone | has power)` begins here.
    fn at_norm(&self) -> bool {
        let mut ahead = 0;
        loop {
            if !self.is_name(ahead) {
                return false;
            }
            ahead += 1;
            if self.any_of(ahead, &["may", "must", "alone"]) {
                return true;
            }
            if self.word_at(ahead, "has") {
                return self.word_at(ahead + 1, "power");
            }
            if self.mark_at(ahead, ",") || self.any_of(ahead, &["or", "and"]) {
                ahead += 1;
            } else {
                return false;
            }
            if ahead > 64 {
                return false;
            }
        }
    }

    /// Whether a field begins here.
    fn at_field(&self) -> bool {
        !self.at_declaration() && (self.any_of(0, FIELDS) || self.at_norm())
    }

    // ── taking ───────────────────────────────────────────────────────────────────────────────────

    fn bump(&mut self) {
        self.at += 1;
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.word(word) || self.mark(word);
        if found {
            self.bump();
        }
        found
    }

    fn eat2(&mut self, first: &str, second: &str) -> bool {
        let found = self.word(first) && self.word_at(1, second);
        if found {
            self.at += 2;
        }
        found
    }

    fn need(&mut self, word: &str) -> Read<()> {
        if self.eat(word) { Ok(()) } else { self.expected(&format!("`{word}`")) }
    }

    fn name(&mut self) -> Read<Name> {
        self.name_as("a name")
    }

    fn name_as(&mut self, what: &str) -> Read<Name> {
        let at = At(self.span());
        let raw = self.slice(0);
        let text = match self.token(0) {
            Token::Name | Token::Int => raw,
            Token::Quoted => raw.trim_matches('`'),
            _ => return self.expected(what),
        };
        let text: String = text.nfc().collect();
        self.confusable(&text, at.0);
        self.bump();
        Ok(Name { text, at })
    }

    fn path(&mut self) -> Read<Path> {
        let start = self.span();
        let mut parts = vec![self.name()?];
        while self.mark(".") {
            self.bump();
            parts.push(self.name_as("a name after the point")?);
        }
        Ok(Path { parts, at: self.since(start) })
    }

    /// `names`: separated by commas, `or`, `and`.
    fn names(&mut self) -> Read<Vec<Name>> {
        let mut out = vec![self.name()?];
        while self.mark(",") || self.word("or") || self.word("and") {
            self.bump();
            out.push(self.name()?);
        }
        Ok(out)
    }

    /// Words separated by commas.
    fn words(&mut self) -> Read<Vec<Name>> {
        let mut out = vec![self.name()?];
        while self.eat(",") {
            out.push(self.name()?);
        }
        Ok(out)
    }

    fn string(&mut self) -> Read<Text> {
        match self.optional_string() {
            Some(text) => Ok(text),
            None => self.expected("a text in quotation marks"),
        }
    }

    fn optional_string(&mut self) -> Option<Text> {
        if self.token(0) != Token::Text {
            return None;
        }
        let at = At(self.span());
        let raw = self.slice(0);
        let inner = raw.char_indices().nth(1).map_or(0, |(i, _)| i)
            ..raw.char_indices().next_back().map_or(raw.len(), |(i, _)| i);
        let mut value = String::new();
        let mut escaped = false;
        for c in raw[inner].chars() {
            match (escaped, c) {
                (false, '\\') => escaped = true,
                (true, 'n') => {
                    value.push('\n');
                    escaped = false;
                }
                (_, c) => {
                    value.push(c);
                    escaped = false;
                }
            }
        }
        self.bump();
        Some(Text { value, at })
    }

    fn date(&mut self) -> Read<Day> {
        if self.token(0) != Token::Date {
            return self.expected("a day such as 2026-06-01");
        }
        match self.slice(0).parse() {
            Ok(day) => {
                self.bump();
                Ok(day)
            }
            Err(_) => {
                let problem = Diagnostic::error(
                    codes::BAD_DATE,
                    self.span(),
                    format!("there is no day {}", self.slice(0)),
                )
                .label("expected a day of the calendar, year-month-day");
                self.report(problem)
            }
        }
    }

    fn int(&mut self, what: &str) -> Read<u32> {
        if self.token(0) != Token::Int {
            return self.expected(what);
        }
        match self.slice(0).replace('_', "").parse() {
            Ok(number) => {
                self.bump();
                Ok(number)
            }
            Err(_) => {
                let problem = Diagnostic::error(
                    codes::BAD_NUMBER,
                    self.span(),
                    format!("the number {} is too large here", self.slice(0)),
                );
                self.report(problem)
            }
        }
    }

    fn at_duration(&self) -> bool {
        self.token(0) == Token::Int && self.token(1) == Token::Name && duration_unit(self.slice(1)).is_some()
    }

    /// A duration, or a template's hole for one.
    fn duration_or_name(&mut self) -> Read<DurationOrName> {
        Ok(if self.is_name(0) {
            DurationOrName::Name(self.name()?)
        } else {
            DurationOrName::Duration(self.duration()?)
        })
    }

    fn duration(&mut self) -> Read<Duration> {
        if !self.at_duration() {
            return self.expected("a duration such as `30 days`");
        }
        let count = self.int("a number")?;
        let unit = duration_unit(self.slice(0)).unwrap_or(DurationUnit::Days);
        self.bump();
        let mut month_end = MonthEnd::Exact;
        if self.word("rounded") && (self.word_at(1, "down") || self.word_at(1, "up")) {
            month_end = if self.word_at(1, "down") { MonthEnd::Down } else { MonthEnd::Up };
            self.at += 2;
        }
        let calendar = if unit == DurationUnit::BusinessDays && self.eat("in") {
            Some(self.name_as("the name of a calendar")?.text)
        } else {
            None
        };
        Ok(Duration { count, unit, month_end, calendar })
    }

    // ── problems ─────────────────────────────────────────────────────────────────────────────────

    fn report<T>(&mut self, problem: Diagnostic) -> Read<T> {
        self.tell(problem);
        Err(Broken)
    }

    /// Tells of a problem behind which reading goes on.
    fn tell(&mut self, problem: Diagnostic) {
        if self.muted {
            return;
        }
        if self.diagnostics.len() + 1 == PROBLEMS_MAX {
            let at = problem.primary.as_ref().map_or(self.span(), |l| l.span);
            self.muted = true;
            self.diagnostics.push(problem);
            self.diagnostics.push(Diagnostic::note(
                codes::TOO_MANY,
                at,
                format!("further problems of this file are not told; mend these {PROBLEMS_MAX} first"),
            ));
        } else {
            self.diagnostics.push(problem);
        }
    }

    /// Words that a condition could not ask for, since `is given` and the like mean something else.
    fn told_apart(&mut self, words: &[Name]) {
        for word in words.iter().filter(|w| TESTS.contains(&w.text.as_str())) {
            let told = format!(
                "`is {}` has a meaning of its own, so that nothing could ask for this word",
                word.text
            );
            self.tell(
                Diagnostic::error(codes::RESERVED_NAME, word.span(), told)
                    .help(format!("choose another word, such as `was-{}`", word.text)),
            );
        }
    }

    fn expected<T>(&mut self, what: &str) -> Read<T> {
        let found = match self.token(0) {
            Token::End => "the end of the file".to_string(),
            Token::Unknown if self.slice(0).starts_with(['"', '“']) => {
                let problem = Diagnostic::error(
                    codes::UNCLOSED_TEXT,
                    self.span(),
                    "this text has no closing quotation mark",
                )
                .help("close it with the mark that belongs to it: \"…\" or “…”");
                return self.report(problem);
            }
            Token::Unknown => {
                let problem = Diagnostic::error(
                    codes::UNKNOWN_CHARACTER,
                    self.span(),
                    format!("the language has no use for `{}`", self.slice(0)),
                )
                .label(format!("expected {what}"));
                return self.report(problem);
            }
            _ => format!("`{}`", self.slice(0)),
        };
        let problem =
            Diagnostic::error(codes::UNEXPECTED, self.span(), format!("expected {what}, found {found}"));
        self.report(problem)
    }

    fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let problem = Diagnostic::error(
                codes::TOO_DEEP,
                self.span(),
                format!("this is nested deeper than {DEPTH_MAX} levels"),
            )
            .help("give a part of it a name with `define` or `value`");
            return self.report(problem);
        }
        Ok(())
    }

    /// Reports characters that change the order in which a text is shown (Trojan Source, CVE-2021-42574).
    fn hidden_characters(&mut self) {
        for (i, c) in self.text.char_indices() {
            let bare = c == '\r' && !self.text[i + 1..].starts_with('\n');
            let order = matches!(
                c,
                '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            );
            // Line ends that only some programs show as such: a comment could look like a clause.
            if bare || order || matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}') {
                let problem = Diagnostic::error(
                    codes::BIDI_CONTROL,
                    Span::new(self.source, i, i + c.len_utf8()),
                    format!("an invisible character U+{:04X} changes how this is shown", c as u32),
                )
                .help("remove it; right-to-left letters need no such character");
                let _: Read<()> = self.report(problem);
            }
        }
    }

    /// Reports a name that mixes scripts whose letters look alike (UTS #39, highly restrictive level).
    fn confusable(&mut self, name: &str, at: Span) {
        use unicode_security::{RestrictionLevel, RestrictionLevelDetection};
        // Blanks and marks in a backticked name belong to no script.
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        if letters.is_ascii() || letters.check_restriction_level(RestrictionLevel::HighlyRestrictive) {
            return;
        }
        let problem = Diagnostic::error(
            codes::MIXED_SCRIPT,
            at,
            format!("the name `{name}` mixes letters of several scripts that can look alike"),
        )
        .help("write the name in one script");
        let _: Read<()> = self.report(problem);
    }

    // ── files ────────────────────────────────────────────────────────────────────────────────────

    fn file(&mut self) -> File {
        let mut items = Vec::new();
        while !self.at_end() {
            let (start, from) = (self.span(), self.at);
            self.depth = 0;
            let kind = self.declaration();
            let broken = kind.is_err();
            if let Ok(kind) = kind {
                items.push(Item { kind, at: self.since(start) });
            }
            if broken {
                if self.at == from {
                    self.bump();
                }
                while !self.at_end() && !self.at_declaration() {
                    self.bump();
                }
            }
            self.node(if broken { Kind::Error } else { Kind::Declaration }, from);
        }
        File { items }
    }

    /// Marks the tokens since `from` as one node of the lossless tree.
    fn node(&mut self, kind: Kind, from: usize) {
        if from < self.at {
            let last = self.meaning[self.at - 1];
            self.marks.push(Mark { kind, start: self.meaning[from], end: last + 1 });
        }
    }

    /// A problem with a word that should have begun something, with the nearest such word.
    fn unknown(&mut self, code: &'static str, what: &str, words: &[&str]) -> Read<()> {
        if self.token(0) != Token::Name {
            return self.expected(what);
        }
        let word = self.slice(0);
        let mut problem = Diagnostic::error(code, self.span(), format!("`{word}` begins no {what}"));
        problem = match nearest(word, words.iter().copied()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("expected one of {}", words.join(", "))),
        };
        self.report(problem)
    }
}

pub(crate) fn duration_unit(word: &str) -> Option<DurationUnit> {
    Some(match word {
        "day" | "days" => DurationUnit::Days,
        "week" | "weeks" => DurationUnit::Weeks,
        "month" | "months" => DurationUnit::Months,
        "quarter" | "quarters" => DurationUnit::Quarters,
        "year" | "years" => DurationUnit::Years,
        "business-day" | "business-days" => DurationUnit::BusinessDays,
        _ => return None,
    })
}
