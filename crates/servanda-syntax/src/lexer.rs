//! Characters → tokens. Nothing is lost: the tokens of a text, joined, are the text.

use logos::Logos;

/// What a token is. `docs/language.md`, section 2.
#[derive(Logos, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    /// Blanks and line ends.
    #[regex(r"[ \t\r\n\u{feff}]+")]
    Blank,
    /// `-- …` to the end of the line.
    #[regex(r"--[^\n]*", allow_greedy = true)]
    Comment,
    /// A name: `api-exclusivity`.
    #[regex(r"\p{XID_Start}(-?[\p{XID_Continue}--_])*", priority = 6)]
    Name,
    /// A name in backticks.
    #[regex(r"`[^`\n]+`")]
    Quoted,
    /// `1_000`
    #[regex(r"[0-9][0-9_]*", priority = 7)]
    Int,
    /// `32.5`
    #[regex(r"[0-9][0-9_]*\.[0-9][0-9_]*", priority = 7)]
    Decimal,
    /// `2025-10-28`
    #[regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", priority = 9)]
    Date,
    /// `2025-10`
    #[regex(r"[0-9]{4}-[0-9]{2}", priority = 8)]
    Month,
    /// Digits with letters or hyphens that make no number: `60days`, `5-3`, `2025-1-1`.
    #[regex(r"[0-9][0-9_]*(\.[0-9][0-9_]*)?(-?\p{XID_Continue})*", priority = 1)]
    BadNumber,
    /// `"…"`, `“…”`
    #[regex(r#""([^"\\\n]|\\[^\n])*""#)]
    #[regex(r"“([^”\\\n]|\\[^\n])*”")]
    Text,
    /// A text or a name in backticks that is not closed on its line.
    #[regex(r#""([^"\\\n]|\\[^\n])*"#, priority = 1)]
    #[regex(r"“([^”\\\n]|\\[^\n])*", priority = 1)]
    #[regex(r"`[^`\n]*", priority = 1)]
    Unclosed,
    /// An operator or another mark.
    #[token("..")]
    #[token("<=")]
    #[token(">=")]
    #[regex(r"[,.:|(){}=<>+\-*/%_]")]
    Mark,
    /// A character that the language does not know.
    Unknown,
    /// The end of the text; never in the list of tokens.
    End,
}

impl Token {
    /// Whether the token means nothing.
    pub fn is_trivia(self) -> bool {
        matches!(self, Token::Blank | Token::Comment)
    }
}

/// A token with its range in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub token: Token,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Lexeme {
    /// The range as indices into the text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The tokens of a text of less than 4 GiB, in order and without gaps.
pub fn tokens(text: &str) -> Vec<Lexeme> {
    Token::lexer(text)
        .spanned()
        .map(|(token, range)| Lexeme {
            token: token.unwrap_or(Token::Unknown),
            start: range.start as u32,
            end: range.end as u32,
        })
        .collect()
}

/// Whether a name can be written without backticks: whether it is one token of kind [`Token::Name`].
pub(crate) fn is_plain_name(text: &str) -> bool {
    let mut lexer = Token::lexer(text);
    lexer.next() == Some(Ok(Token::Name)) && lexer.remainder().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Token, &str)> {
        tokens(text).into_iter().filter(|l| !l.token.is_trivia()).map(|l| (l.token, &text[l.range()])).collect()
    }

    #[test]
    fn ranges_dates_paths_and_names_are_told_apart() {
        use Token::*;
        assert_eq!(kinds("626..696"), [(Int, "626"), (Mark, ".."), (Int, "696")]);
        assert_eq!(kinds("invested.2019"), [(Name, "invested"), (Mark, "."), (Int, "2019")]);
        assert_eq!(kinds("2025-10-28 2025-10"), [(Date, "2025-10-28"), (Month, "2025-10")]);
        assert_eq!(kinds("v2025-01 a - b a-b a--b"), [
            (Name, "v2025-01"),
            (Name, "a"),
            (Mark, "-"),
            (Name, "b"),
            (Name, "a-b"),
            (Name, "a"),
        ]);
        assert_eq!(kinds("32.5% “x” `until` 1_000 -- end"), [
            (Decimal, "32.5"),
            (Mark, "%"),
            (Text, "“x”"),
            (Quoted, "`until`"),
            (Int, "1_000"),
        ]);
        assert_eq!(kinds("मुंबई Câmara 東京"), [(Name, "मुंबई"), (Name, "Câmara"), (Name, "東京")]);
        assert_eq!(kinds("x = y <= z"), [(Name, "x"), (Mark, "="), (Name, "y"), (Mark, "<="), (Name, "z")]);
    }

    #[test]
    fn what_makes_no_token_is_one_broken_token() {
        use Token::*;
        assert_eq!(kinds("60days 5-3 2025-1-1 2025-10-281 1.5x"), [
            (BadNumber, "60days"),
            (BadNumber, "5-3"),
            (BadNumber, "2025-1-1"),
            (BadNumber, "2025-10-281"),
            (BadNumber, "1.5x"),
        ]);
        assert_eq!(kinds("\"never closed\nx"), [(Unclosed, "\"never closed"), (Name, "x")]);
        assert_eq!(kinds("`x\n``"), [(Unclosed, "`x"), (Unclosed, "`"), (Unclosed, "`")]);
        assert_eq!(kinds("a;b"), [(Name, "a"), (Unknown, ";"), (Name, "b")]);
    }
}
