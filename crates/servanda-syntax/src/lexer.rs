//! Characters → tokens. Nothing is lost: the tokens of a text, joined, are the text.

use logos::Logos;

/// What a token is. `docs/language.md`, section 2.
#[derive(Logos, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    /// Blanks and line ends.
    #[regex(r"[ \t\r\n\f\u{feff}\u{a0}]+")]
    Blank,
    /// `-- …` to the end of the line.
    #[regex(r"--[^\n]*", allow_greedy = true)]
    Comment,
    /// A name without its parts: `api-exclusivity`. The day counts that begin with a digit are names as well.
    #[regex(r"[\p{XID_Start}_][\p{XID_Continue}]*(-[\p{XID_Continue}]+)*")]
    #[regex(r"30E360(ISDA)?", priority = 7)]
    Name,
    /// A name in backticks.
    #[regex(r"`[^`\n]+`")]
    Quoted,
    /// `1_000`
    #[regex(r"[0-9][0-9_]*", priority = 3)]
    Int,
    /// `32.5`
    #[regex(r"[0-9][0-9_]*\.[0-9][0-9_]*", priority = 4)]
    Decimal,
    /// `2025-10-28`
    #[regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", priority = 6)]
    Date,
    /// `2025-10`
    #[regex(r"[0-9]{4}-[0-9]{2}", priority = 5)]
    Month,
    /// `"…"`, `“…”`
    #[regex(r#""([^"\\]|\\(.|\n))*""#)]
    #[regex(r"“([^”\\]|\\(.|\n))*”")]
    Text,
    /// `..`
    #[token("..")]
    Range,
    /// `<=`
    #[token("<=")]
    LessEqual,
    /// `>=`
    #[token(">=")]
    GreaterEqual,
    /// One of `, . : | ( ) { } = < > + - * / %`
    #[regex(r"[,.:|(){}=<>+\-*/%]")]
    Mark,
    /// A character that the language does not know, or a text that is never closed.
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

/// The tokens of a text with their ranges in bytes, in order and without gaps.
pub fn tokens(text: &str) -> Vec<(Token, std::ops::Range<usize>)> {
    Token::lexer(text).spanned().map(|(token, range)| (token.unwrap_or(Token::Unknown), range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Token, &str)> {
        tokens(text).into_iter().filter(|(t, _)| !t.is_trivia()).map(|(t, r)| (t, &text[r])).collect()
    }

    #[test]
    fn ranges_dates_paths_and_names_are_told_apart() {
        use Token::*;
        assert_eq!(kinds("626..696"), [(Int, "626"), (Range, ".."), (Int, "696")]);
        assert_eq!(kinds("invested.2019"), [(Name, "invested"), (Mark, "."), (Int, "2019")]);
        assert_eq!(kinds("2025-10-28 2025-10"), [(Date, "2025-10-28"), (Month, "2025-10")]);
        assert_eq!(
            kinds("v2025-01 a - b a-b"),
            [(Name, "v2025-01"), (Name, "a"), (Mark, "-"), (Name, "b"), (Name, "a-b")]
        );
        assert_eq!(
            kinds("32.5% “x” `until` -- end"),
            [(Decimal, "32.5"), (Mark, "%"), (Text, "“x”"), (Quoted, "`until`")]
        );
        assert_eq!(kinds("30E360 30E3601"), [(Name, "30E360"), (Name, "30E360"), (Int, "1")]);
        assert_eq!(kinds("\"never closed"), [(Unknown, "\"never closed")]);
    }
}
