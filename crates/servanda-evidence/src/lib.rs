//! Citations that survive edits of a document, and what the documents say of each clause.

mod audit;
mod citation;
mod claim;
mod disagree;
mod terms;

pub use audit::paper::{Mentioned, Paper, Spot};
pub use audit::{
    Audit, CitationFinding, FigureFinding, Finding, Found, Settings, Unaccounted, Verdict, audit, outcome,
};
pub use citation::anchor::Text;
pub use citation::fold::{Folded, Level};
pub use citation::locate::{Confidence, Located, Place, locate};
pub use citation::selector::{Quote, Selector, SelectorError};
pub use claim::compare::{Likeness, Remark, compare};
pub use claim::{Declaration, DeclarationKind, Quantity, Stated, declarations};
pub use disagree::{Disagreement, DisagreementKind, Side};
pub use terms::{Says, Term, TermKind, term_languages, terms};
