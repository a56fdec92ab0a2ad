//! Tokens → tree: recursive descent with error recovery. `docs/language.md`, sections 3 to 6.
//!
//! A broken field is skipped to the next field, a broken declaration to the next declaration; what is
//! skipped stays in the lossless tree. Keywords are keywords only where the grammar expects them.

mod day;
mod declaration;
mod expression;
mod field;
mod trial;

use rowan::GreenNode;
use servanda_quantity::{Day, Duration, DurationUnit, MonthEnd};
use servanda_text::{Diagnostic, SourceId, Span, nearest};
use unicode_normalization::UnicodeNormalization;

use crate::ast::{At, File, Item, Name, Path, Text};
use crate::codes;
use crate::lexer::{Lexeme, Token, tokens};
use crate::tree::{self, Mark, SyntaxKind};
use crate::words::{DECLARATIONS, FIELDS, GROUNDS, NEVER_UNITS, TEST_STEPS, VERSION_FIELDS};

/// Largest text, in bytes.
const SIZE_MAX: usize = 16 << 20;

/// Deepest nesting of parentheses, `not`s and days, as the reader recurses.
const DEPTH_MAX: u32 = 100;

/// Highest tree of an expression or a day: a chain of operators makes a tree as high as it is long.
const HEIGHT_MAX: u32 = 250;

/// Most problems that are told.
const PROBLEMS_MAX: usize = 100;

/// Most characters of the user's text in one message.
const SHOWN_MAX: usize = 40;

/// The problem has been told already; skip to where reading can go on.
#[derive(Debug)]
pub(crate) struct Broken;

pub(crate) type Read<T> = Result<T, Broken>;

/// What reading a text gives.
pub(crate) struct Outcome {
    pub file: File,
    pub diagnostics: Vec<Diagnostic>,
    pub green: GreenNode,
}

/// Reads a text. Always gives a tree, and all problems up to a limit.
pub(crate) fn read(text: &str, source: SourceId) -> Outcome {
    if text.len() > SIZE_MAX {
        let problem = Diagnostic::error(
            codes::TOO_LARGE,
            Span::new(source, 0, 0),
            format!("the file has {} bytes; no more than {SIZE_MAX} are read", text.len()),
        )
        .help("split the agreement into several `.deed` files of one folder");
        // The tree holds a text that is not read as one token, as far as its lengths reach.
        let held = if text.len() < u32::MAX as usize { text } else { "" };
        let lexemes = [Lexeme { token: Token::Unknown, start: 0, end: held.len() as u32 }];
        let green = tree::build(held, if held.is_empty() { &[] } else { &lexemes }, Vec::new());
        return Outcome { file: File::default(), diagnostics: vec![problem], green };
    }
    let all = tokens(text);
    let meaning: Vec<u32> = (0..all.len() as u32).filter(|&i| !all[i as usize].token.is_trivia()).collect();
    let mut parser = Parser {
        text,
        source,
        all: &all,
        meaning: &meaning,
        at: 0,
        depth: 0,
        in_list: false,
        in_duty: false,
        diagnostics: Vec::new(),
        marks: Vec::new(),
        muted: false,
    };
    parser.hidden_characters();
    let file = parser.file();
    let (mut diagnostics, marks) = (parser.diagnostics, parser.marks);
    // In the order of the text; the note about the rest stays last.
    diagnostics.sort_by_key(|d| (d.code == codes::TOO_MANY_PROBLEMS, d.primary.as_ref().map(|l| l.span.start)));
    let green = tree::build(text, &all, marks);
    Outcome { file, diagnostics, green }
}

pub(crate) struct Parser<'t> {
    text: &'t str,
    source: SourceId,
    all: &'t [Lexeme],
    /// Indices of the tokens that mean something.
    meaning: &'t [u32],
    /// Index into `meaning` of the next token.
    at: usize,
    depth: u32,
    /// Inside a list of days, where a bare `and` separates.
    in_list: bool,
    /// Inside a part of a duty, where `by` at the start of a line begins the next part.
    in_duty: bool,
    diagnostics: Vec<Diagnostic>,
    marks: Vec<Mark>,
    muted: bool,
}

impl<'t> Parser<'t> {
    // ── looking ──────────────────────────────────────────────────────────────────────────────────

    fn lexeme(&self, ahead: usize) -> Option<Lexeme> {
        self.meaning.get(self.at + ahead).map(|&i| self.all[i as usize])
    }

    fn token(&self, ahead: usize) -> Token {
        self.lexeme(ahead).map_or(Token::End, |l| l.token)
    }

    fn slice(&self, ahead: usize) -> &'t str {
        self.lexeme(ahead).map_or("", |l| &self.text[l.range()])
    }

    fn span(&self) -> Span {
        match self.lexeme(0) {
            Some(l) => Span { source: self.source, start: l.start, end: l.end },
            None => Span::new(self.source, self.text.len(), self.text.len()),
        }
    }

    /// The place of the last token that was read.
    fn last(&self) -> Span {
        match self.at.checked_sub(1).and_then(|at| self.meaning.get(at)) {
            Some(&i) => {
                let l = self.all[i as usize];
                Span { source: self.source, start: l.start, end: l.end }
            }
            None => Span::new(self.source, 0, 0),
        }
    }

    fn since(&self, start: Span) -> At {
        At(if self.last().start < start.start { start } else { start.to(self.last()) })
    }

    fn at_end(&self) -> bool {
        self.at >= self.meaning.len()
    }

    /// Whether the token stands first on its line.
    fn line_first(&self, ahead: usize) -> bool {
        let Some(&here) = self.meaning.get(self.at + ahead) else { return true };
        let before = (self.at + ahead).checked_sub(1).map(|i| self.meaning[i] + 1);
        let Some(before) = before else { return true };
        self.all[before as usize..here as usize]
            .iter()
            .any(|l| l.token == Token::Blank && self.text[l.range()].contains('\n'))
    }

    /// The column of the token, in characters.
    fn column(&self, ahead: usize) -> usize {
        let start = self.lexeme(ahead).map_or(self.text.len(), |l| l.start as usize);
        self.text[..start].chars().rev().take_while(|&c| c != '\n').count()
    }

    fn word_at(&self, ahead: usize, word: &str) -> bool {
        self.token(ahead) == Token::Name && self.slice(ahead) == word
    }

    fn word(&self, word: &str) -> bool {
        self.word_at(0, word)
    }

    fn mark_at(&self, ahead: usize, mark: &str) -> bool {
        self.token(ahead) == Token::Mark && self.slice(ahead) == mark
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

    /// Whether a currency and a number begin here.
    fn is_currency(&self, ahead: usize) -> bool {
        let word = self.slice(ahead);
        self.token(ahead) == Token::Name
            && word.len() == 3
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && self.is_number(ahead + 1)
    }

    /// Whether a declaration begins here.
    fn at_declaration(&self) -> bool {
        self.any_of(0, DECLARATIONS)
            && !self.mark_at(1, ":")
            && (matches!(self.token(1), Token::Name | Token::Quoted | Token::Int | Token::Text)
                || self.line_first(0))
    }

    /// Whether `names (may | must | alone may | has power)` begins here.
    fn at_norm(&self, from: usize) -> bool {
        let mut ahead = from;
        while self.is_name(ahead) {
            ahead += 1;
            if self.any_of(ahead, &["may", "must"])
                || (self.word_at(ahead, "alone") && self.word_at(ahead + 1, "may"))
                || (self.word_at(ahead, "has") && self.word_at(ahead + 1, "power"))
            {
                return true;
            }
            if !(self.mark_at(ahead, ",") || self.any_of(ahead, &["or", "and"])) {
                return false;
            }
            ahead += 1;
        }
        false
    }

    /// Whether reading can go on here after something broken: a token at the start of a line that begins a
    /// declaration, a field or a step. Looks at two tokens only, so that skipping stays linear.
    fn at_harbour(&self) -> bool {
        if !self.line_first(0) {
            return false;
        }
        [DECLARATIONS, FIELDS, GROUNDS, VERSION_FIELDS, TEST_STEPS, &["add", "drop", "answer", "takes"]]
            .iter()
            .any(|words| self.any_of(0, words))
            || (self.is_name(0) && self.any_of(1, &["may", "must", "alone", "has"]))
            || (self.is_name(0) && self.mark_at(1, ":"))
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
        if self.eat(word) { Ok(()) } else { self.expected(codes::UNEXPECTED, &format!("`{word}`")) }
    }

    fn name(&mut self) -> Read<Name> {
        self.name_as("a name")
    }

    fn name_as(&mut self, what: &str) -> Read<Name> {
        let at = At(self.span());
        let raw = self.slice(0);
        let text = match self.token(0) {
            Token::Name => raw,
            Token::Quoted => &raw[1..raw.len() - 1],
            _ => return self.expected(codes::EXPECTED_NAME, what),
        };
        let text = if text.is_ascii() { text.to_string() } else { self.normalised(text, at.0) };
        if text.chars().any(char::is_control) {
            self.hidden(at.0, "a control character");
        }
        self.bump();
        Ok(Name { text, at })
    }

    /// A name of a source, or a name after a point: digits count as well.
    fn name_or_digits(&mut self, what: &str) -> Read<Name> {
        if self.token(0) != Token::Int {
            return self.name_as(what);
        }
        let name = Name { text: self.slice(0).to_string(), at: At(self.span()) };
        self.bump();
        Ok(name)
    }

    /// Normal form C of a name with letters beyond ASCII, after a look at what it could hide.
    fn normalised(&mut self, raw: &str, at: Span) -> String {
        use unicode_security::{MixedScript, RestrictionLevel, RestrictionLevelDetection};
        let text: String = raw.nfc().collect();
        // Whether a name in backticks mixes scripts is a matter of its letters, not of its blanks and dots.
        let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if !letters.as_str().is_single_script()
            && !letters.as_str().check_restriction_level(RestrictionLevel::ModeratelyRestrictive)
        {
            let problem = Diagnostic::error(
                codes::MIXED_SCRIPT,
                at,
                format!("the name `{}` mixes letters of scripts that look alike", shown(&text)),
            )
            .help("write the name in one script");
            self.report(problem);
        }
        if text.chars().any(|c| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'))
        {
            self.hidden(at, "an invisible character");
        }
        text
    }

    fn hidden(&mut self, at: Span, what: &str) {
        let problem = Diagnostic::error(codes::HIDDEN_CHARACTER, at, format!("{what} is hidden in this name"))
            .help("remove it");
        self.report(problem);
    }

    fn path(&mut self) -> Read<Path> {
        self.path_as("a name")
    }

    fn path_as(&mut self, what: &str) -> Read<Path> {
        let (start, from) = (self.span(), self.at);
        let mut parts = vec![self.name_as(what)?];
        while self.mark(".") {
            self.bump();
            if self.token(0) == Token::Decimal {
                // `x.2019.5`: the digits after a point are names, though they look like a decimal.
                let at = At(self.span());
                parts.extend(self.slice(0).split('.').map(|text| Name { text: text.to_string(), at }));
                self.bump();
            } else {
                parts.push(self.name_or_digits("a name after the point")?);
            }
        }
        if parts.len() > 1 {
            self.node(SyntaxKind::Path, from);
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

    /// Words separated by commas. A comma before `NAME :` belongs to the list around this one.
    fn words(&mut self, what: &str) -> Read<Vec<Name>> {
        let mut out = vec![self.name_as(what)?];
        while self.mark(",") && !(self.is_name(1) && self.mark_at(2, ":")) {
            self.bump();
            out.push(self.name_as(what)?);
        }
        Ok(out)
    }

    fn paths(&mut self) -> Read<Vec<Path>> {
        let mut out = vec![self.path()?];
        while self.eat(",") {
            out.push(self.path()?);
        }
        Ok(out)
    }

    fn string(&mut self) -> Read<Text> {
        match self.optional_string() {
            Some(text) => Ok(text),
            None => self.expected(codes::EXPECTED_TEXT, "a text in quotation marks"),
        }
    }

    fn optional_string(&mut self) -> Option<Text> {
        if self.token(0) != Token::Text {
            return None;
        }
        let at = At(self.span());
        let raw = self.slice(0);
        let quote = raw.chars().next().map_or(0, char::len_utf8);
        let last = raw.chars().next_back().map_or(0, char::len_utf8);
        let inner = &raw[quote..raw.len() - last];
        let mut value = String::with_capacity(inner.len());
        let mut chars = inner.char_indices();
        while let Some((i, c)) = chars.next() {
            if c != '\\' {
                value.push(c);
                continue;
            }
            match chars.next() {
                Some((_, 'n')) => value.push('\n'),
                Some((_, c @ ('"' | '\\' | '“' | '”'))) => value.push(c),
                Some((end, c)) => {
                    value.push(c);
                    let start = at.0.start as usize + quote;
                    let place = Span::new(self.source, start + i, start + end + c.len_utf8());
                    let problem = Diagnostic::error(
                        codes::BAD_ESCAPE,
                        place,
                        format!("`\\{c}` stands for no character in a text"),
                    )
                    .help("write `\\\\` for a backslash, `\\\"` for a quotation mark, `\\n` for a line end");
                    self.report(problem);
                }
                None => {}
            }
        }
        self.bump();
        Some(Text { value, at })
    }

    fn date(&mut self) -> Read<Day> {
        if self.token(0) != Token::Date {
            return self.expected(codes::EXPECTED_DAY, "a day such as 2026-06-01");
        }
        let day = match self.slice(0).parse() {
            Ok(day) => day,
            Err(_) => {
                let problem =
                    Diagnostic::error(codes::BAD_DATE, self.span(), format!("there is no day {}", self.slice(0)))
                        .label("expected a day of the calendar, as year-month-day");
                self.report(problem);
                Day(0)
            }
        };
        self.bump();
        Ok(day)
    }

    fn int(&mut self, what: &str) -> Read<u32> {
        if self.token(0) != Token::Int {
            return self.expected(codes::UNEXPECTED, what);
        }
        let raw = self.slice(0);
        let number = if well_grouped(raw) { raw.replace('_', "").parse().ok() } else { None };
        if number.is_none() {
            let problem = Diagnostic::error(
                codes::BAD_NUMBER,
                self.span(),
                format!("the number `{}` cannot be read here", shown(raw)),
            )
            .label(format!("expected a whole number up to {}", u32::MAX));
            self.report(problem);
        }
        self.bump();
        Ok(number.unwrap_or(0))
    }

    /// Whether a duration begins here. The unit stands on the line of the number, as units do.
    fn at_duration(&self, ahead: usize) -> bool {
        self.token(ahead) == Token::Int
            && self.token(ahead + 1) == Token::Name
            && duration_unit(self.slice(ahead + 1)).is_some()
            && !self.line_first(ahead + 1)
    }

    fn duration(&mut self) -> Read<Duration> {
        self.duration_before(None)
    }

    /// A duration. `next` is the word after it that could be mistaken for the `in` of its calendar.
    fn duration_before(&mut self, next: Option<&str>) -> Read<Duration> {
        let from = self.at;
        if !self.at_duration(0) {
            return self.expected(codes::UNEXPECTED, "a duration such as `30 days`");
        }
        let count = self.int("a number")?;
        let unit = duration_unit(self.slice(0)).unwrap_or(DurationUnit::Days);
        self.bump();
        let mut month_end = MonthEnd::Exact;
        if self.word("rounded") && self.any_of(1, &["down", "up"]) {
            month_end = if self.word_at(1, "down") { MonthEnd::Down } else { MonthEnd::Up };
            self.at += 2;
        }
        let mut calendar = None;
        if unit == DurationUnit::BusinessDays
            && self.word("in")
            && next.is_none_or(|next| self.word_at(2, next))
        {
            self.bump();
            calendar = Some(self.name_as("the name of a calendar")?.text);
        }
        self.node(SyntaxKind::Duration, from);
        Ok(Duration { count, unit, month_end, calendar })
    }

    // ── problems ─────────────────────────────────────────────────────────────────────────────────

    fn report(&mut self, problem: Diagnostic) {
        if self.muted {
            return;
        }
        if self.diagnostics.len() < PROBLEMS_MAX {
            self.diagnostics.push(problem);
            return;
        }
        self.muted = true;
        let at = problem.primary.as_ref().map_or(self.span(), |l| l.span);
        self.diagnostics.push(Diagnostic::note(
            codes::TOO_MANY_PROBLEMS,
            at,
            format!("the file has more problems; mend the first {PROBLEMS_MAX}"),
        ));
    }

    /// Says what was expected here and what was found instead.
    fn expected<T>(&mut self, code: &'static str, what: &str) -> Read<T> {
        if self.muted {
            return Err(Broken);
        }
        let (span, raw) = (self.span(), self.slice(0));
        let problem = match self.token(0) {
            Token::Unclosed if raw.starts_with('`') => Diagnostic::error(
                codes::UNCLOSED_TEXT,
                span,
                if raw == "`" { "a name in backticks is empty or not closed" } else { "a name in backticks is not closed" },
            )
            .help("close it on the same line with a backtick"),
            Token::Unclosed => {
                let close = if raw.starts_with('“') { "”" } else { "\"" };
                Diagnostic::error(codes::UNCLOSED_TEXT, span, "a text is not closed")
                    .help(format!("close it on the same line with `{close}`; `\\n` stands for a line end"))
            }
            Token::BadNumber => self.bad_number(span, raw),
            Token::Unknown => {
                let c = raw.chars().next().unwrap_or(' ');
                let name = if c.is_control() || c.is_whitespace() || raw.trim().is_empty() {
                    format!("the character U+{:04X}", c as u32)
                } else {
                    format!("`{}`", shown(raw))
                };
                Diagnostic::error(codes::UNKNOWN_CHARACTER, span, format!("the language has no use for {name}"))
                    .label(format!("expected {what}"))
            }
            Token::End => Diagnostic::error(code, span, format!("expected {what}, found the end of the file")),
            _ => {
                let found = Diagnostic::error(code, span, format!("expected {what}, found `{}`", shown(raw)));
                if raw == "_" { found.help("join the words of a name with `-`") } else { found }
            }
        };
        self.report(problem);
        Err(Broken)
    }

    fn bad_number(&self, span: Span, raw: &str) -> Diagnostic {
        let problem = Diagnostic::error(codes::BAD_NUMBER, span, format!("`{}` is no number", shown(raw)));
        if raw.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            problem.help("write days as 2025-10-28, months as 2025-10, and a minus between blanks")
        } else if raw.contains('_') && raw.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
            problem.help("put `_` only between digits")
        } else {
            problem.help("put a blank between the number and its unit, or a name that begins with digits in backticks")
        }
    }

    fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEPTH_MAX { self.too_deep() } else { Ok(()) }
    }

    fn too_deep<T>(&mut self) -> Read<T> {
        let problem = Diagnostic::error(codes::TOO_DEEP, self.span(), "this is nested too deeply")
            .label(format!("no more than {DEPTH_MAX} levels, and {HEIGHT_MAX} operators in a row"))
            .help("give a part of it a name with `define` or `value`");
        self.report(problem);
        Err(Broken)
    }

    /// The height of a tree over two others, within the limit.
    fn height(&mut self, a: u32, b: u32) -> Read<u32> {
        let height = a.max(b) + 1;
        if height > HEIGHT_MAX { self.too_deep() } else { Ok(height) }
    }

    /// Reports characters that change the order in which a text is shown (Trojan Source, CVE-2021-42574),
    /// and those that break lines for some readers and not for others.
    fn hidden_characters(&mut self) {
        let text = self.text;
        // What is looked for begins with one of few bytes; most texts have none of them.
        if !text.bytes().any(|b| (b < b' ' && b != b'\n' && b != b'\t') || b == 0x7f || b == 0xc2 || b == 0xd8 || b >= 0xe2) {
            return;
        }
        for (i, c) in text.char_indices() {
            let at = Span::new(self.source, i, i + c.len_utf8());
            let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let breaks = matches!(c, '\u{2028}' | '\u{2029}')
                || (c.is_control() && !matches!(c, '\n' | '\t') && !text[i..].starts_with("\r\n"))
                || (c == '\u{feff}' && i > 0);
            if bidi {
                let problem = Diagnostic::error(
                    codes::BIDI_CONTROL,
                    at,
                    format!("the invisible character U+{:04X} changes the order in which text is shown", c as u32),
                )
                .help("remove it; right-to-left letters need none");
                self.report(problem);
            } else if breaks {
                let problem = Diagnostic::error(
                    codes::HIDDEN_CHARACTER,
                    at,
                    format!("the control character U+{:04X} is hidden here", c as u32),
                )
                .help("remove it, or write a line end or a blank");
                self.report(problem);
            }
        }
    }

    // ── files ────────────────────────────────────────────────────────────────────────────────────

    fn file(&mut self) -> File {
        let mut items = Vec::new();
        while !self.at_end() {
            let (start, from) = (self.span(), self.at);
            self.reset(0);
            match self.declaration() {
                Ok((node, kind)) => {
                    items.push(Item { kind, at: self.since(start) });
                    self.node(node, from);
                }
                Err(Broken) => {
                    if self.at == from {
                        self.bump();
                    }
                    while !self.at_end() && !(self.at_declaration() && self.line_first(0)) {
                        self.bump();
                    }
                    self.node(SyntaxKind::Error, from);
                }
            }
        }
        File { items }
    }

    fn reset(&mut self, depth: u32) {
        self.depth = depth;
        self.in_list = false;
        self.in_duty = false;
    }

    /// Skips to where a field, a step or a declaration begins, at least one token past `from`.
    fn skip(&mut self, from: usize) {
        self.reset(0);
        let skipped = self.at;
        if self.at == from {
            self.bump();
        }
        while !self.at_end() && !self.at_harbour() {
            self.bump();
        }
        self.node(SyntaxKind::Error, skipped);
    }

    /// Reads items as long as `item` gives some; a broken one is skipped.
    fn series<T>(&mut self, mut item: impl FnMut(&mut Self) -> Read<Option<T>>) -> Vec<T> {
        let mut out = Vec::new();
        loop {
            let from = self.at;
            match item(self) {
                Ok(Some(item)) => out.push(item),
                Ok(None) => return out,
                Err(Broken) => self.skip(from),
            }
        }
    }

    /// Marks the tokens since `from` as one node of the lossless tree.
    fn node(&mut self, kind: SyntaxKind, from: usize) {
        if from < self.at {
            let last = self.meaning[(self.at - 1).min(self.meaning.len() - 1)];
            self.marks.push(Mark { kind, start: self.meaning[from], end: last + 1 });
        }
    }

    /// A problem with a word that should have begun something, with the nearest word that does.
    fn unknown<T>(&mut self, code: &'static str, what: &str, words: &[&[&'static str]]) -> Read<T> {
        if self.muted || self.token(0) != Token::Name {
            return self.expected(code, what);
        }
        let word = self.slice(0);
        let problem = Diagnostic::error(code, self.span(), format!("expected {what}, found `{}`", shown(word)));
        let problem = match nearest(word, words.iter().flat_map(|w| w.iter().copied())) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        };
        self.report(problem);
        Err(Broken)
    }

    /// Reports a part that is there twice.
    fn repeated(&mut self, what: &str) {
        let problem = Diagnostic::error(codes::REPEATED_PART, self.last(), format!("{what} is given twice"))
            .help("remove one of the two");
        self.report(problem);
    }
}

/// The beginning of a piece of the user's text, short enough for a message.
fn shown(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    if text.chars().nth(SHOWN_MAX).is_none() {
        return text.chars().map(clean).collect();
    }
    text.chars().take(SHOWN_MAX).map(clean).chain(['…']).collect()
}

/// Whether `_` stands only between digits.
fn well_grouped(raw: &str) -> bool {
    raw.split('.').all(|part| part.split('_').all(|group| !group.is_empty()))
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

/// Whether a word can never be the unit of the number before it, unless it stands in backticks.
pub(crate) fn never_unit(word: &str) -> bool {
    [NEVER_UNITS, DECLARATIONS, FIELDS, GROUNDS, VERSION_FIELDS, TEST_STEPS].iter().any(|words| words.contains(&word))
}
