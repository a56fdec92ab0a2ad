//! Trees back to text.

use servanda_syntax::ast::{Clause, File, Item, ItemKind};

/// A clause as it would stand in a file, without a trailing line end.
pub fn clause(clause: &Clause) -> String {
    let file = File { items: vec![Item { kind: ItemKind::Clause(clause.clone()), at: clause.name.at }] };
    servanda_syntax::print(&file).trim_end().to_string()
}
