//! What an agreement speaks of: parties, documents, actions, events.

use servanda_quantity::Unit;

use crate::anchor::Anchor;
use crate::expr::Expr;
use crate::{ActionId, EventId, OpenId, PartyId};

/// Somebody in the agreement, or whoever stands for anyone else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Who it is.
    pub title: Option<String>,
    /// Whether it stands for anyone who is not named.
    pub anyone_else: bool,
}

/// A document that citations point into. The text is never here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDocument {
    /// Its name in citations, such as `003`.
    pub name: String,
    /// The file's name in the folder that the user names.
    pub file: String,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// `sha256:` and hexadecimal digits of the whole file.
    pub digest: Option<String>,
}

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Citation {
    /// The document's name.
    pub source: String,
    /// First character, counted in Unicode scalar values of the decoded text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// `sha256:` and the first 16 hexadecimal digits of the SHA-256 of the span's UTF-8 bytes.
    pub digest: Option<String>,
    /// What finds the passage again after the document was edited.
    pub anchor: Option<Anchor>,
}

/// What supports a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grounds {
    /// Passages.
    pub cites: Vec<Citation>,
    /// Where outside the documents it comes from.
    pub outside: Option<String>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// What a datum is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// One of some words, in order. Yes/no is the words `yes` and `no`.
    Words(Vec<String>),
    /// A party.
    Party,
    /// An identifier: compared for equality, nothing else.
    Id,
    /// A number of a unit; `Money("")` is money of any currency.
    Figure(Unit),
    /// A day.
    Date,
    /// Words that nothing looks at.
    Text,
}

/// An attribute of an action.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name; attributes of a kind are called `product.interface`.
    pub name: String,
    /// What it is.
    pub ty: Type,
    /// Whether it may be left out, which then means *not given*.
    pub optional: bool,
    /// What it is when it is left out; may look at the history and at other attributes.
    pub default: Option<Expr>,
    /// The open question that it is when it is left out and has no default: `ACTION.ATTRIBUTE`.
    pub open: OpenId,
}

/// Something that can be done.
#[derive(Debug, Clone)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// Who can do it.
    pub by: Vec<PartyId>,
    /// Whether it touches somebody else's property: without a live permission it is forbidden once some
    /// clause reaches it.
    pub reserved: bool,
    /// Events that it brings about.
    pub brings: Vec<EventId>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
}

/// A field of an event.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it is.
    pub ty: Type,
    /// Whether it may be left out, which then means *not given*.
    pub optional: bool,
    /// What it is when it is left out.
    pub default: Option<Expr>,
    /// The open question that it is when it is left out and has no default: `EVENT.FIELD`.
    pub open: OpenId,
}

/// Something that can happen.
#[derive(Debug, Clone)]
pub struct EventType {
    /// Its name.
    pub name: String,
    /// What it is.
    pub title: Option<String>,
    /// Who can bring it about.
    pub by: Vec<PartyId>,
    /// The action that it performs.
    pub performs: Option<ActionId>,
    /// Where set, the event's absence from the log is this open fact (answers `yes`: it happened
    /// unrecorded, `no`), not a known absence.
    pub attested: Option<OpenId>,
    /// Its fields besides `by`.
    pub fields: Vec<Field>,
}
