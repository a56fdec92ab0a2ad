//! Citations that survive edits of a document, and what the documents say of each clause.

mod anchor;
mod audit;
mod audit_contradict;
mod audit_find;
mod audit_paper;
mod audit_swap;
mod claim;
mod claim_compare;
mod disagree;
mod disagree_figures;
mod disagree_terms;
mod fold;
mod locate;
mod selector;
mod terms;

pub use anchor::Text;
pub use audit::{
    Audit, CitationFinding, FigureFinding, Finding, Found, Settings, Unaccounted, Verdict, audit, outcome,
};
pub use audit_paper::{Mentioned, Paper, Spot};
pub use claim::{Declaration, DeclarationKind, Quantity, Stated, declarations};
pub use claim_compare::{Likeness, Remark, compare};
pub use disagree::{Disagreement, DisagreementKind, Side};
pub use fold::{Folded, Level};
pub use locate::{Confidence, Located, Place, locate};
pub use selector::{Quote, Selector, SelectorError};
pub use terms::{Says, Term, TermKind, term_languages, terms};
