//! The lossless tree: every character of a text, blanks and comments included, under named nodes.

use rowan::{GreenNode, GreenNodeBuilder};

use crate::lexer::{Lexeme, Token};

/// Most tokens of skipped text that are kept one by one; beyond, they are kept as one token of kind
/// [`SyntaxKind::Skipped`], so that a file of brackets takes no more memory than its text.
const SKIPPED_MAX: u32 = 1_000;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What a node or a token of the tree is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum SyntaxKind { $($(#[$doc])* $name,)* }

        const KINDS: &[SyntaxKind] = &[$(SyntaxKind::$name,)*];
    };
}

kinds! {
    /// Token: blanks and line ends.
    Blank,
    /// Token: `-- …`.
    Comment,
    /// Token: a name.
    Name,
    /// Token: a name in backticks.
    Quoted,
    /// Token: digits.
    Int,
    /// Token: digits with a point and a fraction.
    Decimal,
    /// Token: a day.
    Date,
    /// Token: a month.
    Month,
    /// Token: digits that make no number.
    BadNumber,
    /// Token: a text in quotation marks.
    Text,
    /// Token: a text that is not closed.
    Unclosed,
    /// Token: an operator or another mark.
    Mark,
    /// Token: a character that the language does not know.
    Unknown,
    /// Token: a long text that was skipped.
    Skipped,
    /// The whole file.
    File,
    /// What could not be read.
    Error,
    /// Rule `agreement`.
    Agreement,
    /// Rule `import`.
    Import,
    /// Rule `party`.
    Party,
    /// Rule `role`.
    Role,
    /// Rule `source`.
    Source,
    /// Rule `unit`.
    Unit,
    /// Rule `calendar`.
    Calendar,
    /// Rule `kind`.
    Kind,
    /// Rule `action`.
    Action,
    /// Rule `event`.
    Event,
    /// Rule `reading`.
    Reading,
    /// Rule `question`.
    Question,
    /// Rule `fact`.
    Fact,
    /// Rule `law`.
    Law,
    /// Rule `version`.
    Version,
    /// Rule `clause`.
    Clause,
    /// Rule `change`.
    Change,
    /// Rule `template`.
    Template,
    /// Rule `test`.
    Test,
    /// A setting of a declaration, such as `zone …`, `language …`, `reserved`.
    Setting,
    /// The name of a time zone.
    Zone,
    /// Rule `attr`.
    Attr,
    /// Rule `type`.
    Type,
    /// Rule `answer`.
    Answer,
    /// Rule `vfield`.
    VersionField,
    /// `uses NAME` with its arguments.
    Uses,
    /// Rule `arg`.
    Arg,
    /// Rule `param`.
    Param,
    /// `add …`, `drop …`.
    Edit,
    /// Rule `norm`.
    Norm,
    /// `if`, `provided` and `when` of a norm.
    NormCond,
    /// Rule `duty-part`.
    DutyPart,
    /// `for …`
    For,
    /// `from …`
    From,
    /// `until …`, `through …`
    Until,
    /// `while …`
    While,
    /// `unless …`
    Unless,
    /// `overrides …`
    Overrides,
    /// Rule `effect`.
    Effect,
    /// Rule `process`.
    Process,
    /// `states …`
    States,
    /// Rule `step`.
    Step,
    /// Rule `value`.
    Value,
    /// `if …` of a value.
    ValueCond,
    /// Rule `define`.
    Define,
    /// `cites …`
    Cites,
    /// Rule `cite`.
    Cite,
    /// `outside …`
    Outside,
    /// `note …`
    Note,
    /// A step of a test.
    TestStep,
    /// `NAME datum`, `PATH datum`.
    Datum,
    /// Rule `day`.
    Day,
    /// `{ … }` after `reads`.
    Reads,
    /// Rule `when`.
    When,
    /// Rules `cond` and `expr`.
    Expr,
    /// `( … )`
    Paren,
    /// `max( … )`, `min( … )`
    Call,
    /// Rule `FIGURE`.
    Figure,
    /// Rule `DURATION`.
    Duration,
    /// Rule `PATH`.
    Path,
}

impl From<Token> for SyntaxKind {
    fn from(token: Token) -> SyntaxKind {
        match token {
            Token::Blank => SyntaxKind::Blank,
            Token::Comment => SyntaxKind::Comment,
            Token::Name => SyntaxKind::Name,
            Token::Quoted => SyntaxKind::Quoted,
            Token::Int => SyntaxKind::Int,
            Token::Decimal => SyntaxKind::Decimal,
            Token::Date => SyntaxKind::Date,
            Token::Month => SyntaxKind::Month,
            Token::BadNumber => SyntaxKind::BadNumber,
            Token::Text => SyntaxKind::Text,
            Token::Unclosed => SyntaxKind::Unclosed,
            Token::Mark => SyntaxKind::Mark,
            Token::Unknown | Token::End => SyntaxKind::Unknown,
        }
    }
}

impl From<SyntaxKind> for rowan::SyntaxKind {
    fn from(kind: SyntaxKind) -> Self {
        rowan::SyntaxKind(kind as u16)
    }
}

/// The language, as `rowan` wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deed {}

impl rowan::Language for Deed {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        KINDS.get(usize::from(raw.0)).copied().unwrap_or(SyntaxKind::Error)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        kind.into()
    }
}

/// A node of the lossless tree.
pub type SyntaxNode = rowan::SyntaxNode<Deed>;
/// A token of the lossless tree.
pub type SyntaxToken = rowan::SyntaxToken<Deed>;
/// A node or a token.
pub type SyntaxElement = rowan::SyntaxElement<Deed>;

/// A node over a range of tokens, both counted in all tokens. Marks nest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub kind: SyntaxKind,
    pub start: u32,
    pub end: u32,
}

/// The tree of a text. `marks` stand in the order in which their nodes ended, inner before outer.
pub(crate) fn build(text: &str, lexemes: &[Lexeme], mut marks: Vec<Mark>) -> GreenNode {
    // Outer nodes first; of two with one range the one that ended later is the outer one.
    marks.reverse();
    marks.sort_by_key(|m| (m.start, u32::MAX - m.end));
    let mut builder = GreenNodeBuilder::new();
    builder.start_node(SyntaxKind::File.into());
    let mut open: Vec<u32> = Vec::new();
    let mut marks = marks.into_iter().peekable();
    let mut i = 0u32;
    while (i as usize) < lexemes.len() {
        while open.last().is_some_and(|&end| end <= i) {
            open.pop();
            builder.finish_node();
        }
        let mut long = None;
        while let Some(mark) = marks.next_if(|m| m.start <= i) {
            builder.start_node(mark.kind.into());
            open.push(mark.end);
            if mark.kind == SyntaxKind::Error && mark.end - mark.start > SKIPPED_MAX {
                long = Some(mark.end);
                break;
            }
        }
        let lexeme = lexemes[i as usize];
        match long {
            Some(end) => {
                let last = lexemes[end as usize - 1];
                builder.token(SyntaxKind::Skipped.into(), &text[lexeme.start as usize..last.end as usize]);
                while marks.next_if(|m| m.start < end).is_some() {}
                i = end;
            }
            None => {
                builder.token(SyntaxKind::from(lexeme.token).into(), &text[lexeme.range()]);
                i += 1;
            }
        }
    }
    for _ in open {
        builder.finish_node();
    }
    builder.finish_node();
    builder.finish()
}
