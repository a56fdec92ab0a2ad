//! Tables with aligned columns.

use unicode_width::UnicodeWidthStr;

use crate::Style;
use crate::tongue::bidi;

/// Rows of cells under a heading.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
    /// Whether cells may run from right to left: each is then kept apart from its neighbours, and the columns go
    /// from left to right, where a terminal puts them.
    pub(crate) isolating: bool,
}

impl Table {
    /// A table with a heading.
    pub fn new(heading: &[impl AsRef<str>]) -> Table {
        Table { rows: vec![heading.iter().map(|h| h.as_ref().to_string()).collect()], isolating: false }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether there is nothing below the heading.
    pub fn is_empty(&self) -> bool {
        self.rows.len() <= 1
    }

    /// The table as lines, each with its line end, `indent` columns from the left. Columns are as wide as their
    /// widest cell, counted in columns of a terminal; a column without any text is left out.
    pub fn text(&self, style: Style, indent: usize) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |c: usize| self.rows.iter().filter_map(|r| r.get(c)).map(|t| shown(t)).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let used: Vec<bool> = (0..columns)
            .map(|c| self.rows.iter().skip(1).any(|r| r.get(c).is_some_and(|t| !t.is_empty())))
            .collect();
        let mut out = String::new();
        for (r, row) in self.rows.iter().enumerate() {
            let mut line = if self.isolating { bidi::LEFT_TO_RIGHT_MARK } else { "" }.to_string();
            line.push_str(&" ".repeat(indent));
            for (c, cell) in row.iter().enumerate().filter(|(c, _)| used[*c]) {
                let pad = widths[c] - shown(cell);
                let cell = if r == 0 { style.faint(cell) } else { cell.clone() };
                let apart = self.isolating && !cell.is_empty();
                line.push_str(&if apart { bidi::isolate(&cell) } else { cell });
                line.push_str(&" ".repeat(pad + 2));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Columns of a terminal that a cell takes: colours take none.
fn shown(cell: &str) -> usize {
    let mut pieces = cell.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().width();
    first + pieces.map(|p| p.split_once('m').map_or(0, |(_, text)| text.width())).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_whatever_the_script() {
        let mut table = Table::new(&["who", "what", "empty"]);
        table.row(vec!["微软".into(), "buys".into(), String::new()]);
        table.row(vec!["a".into(), "sells".into(), String::new()]);
        assert_eq!(table.text(Style::PLAIN, 2), "  who   what\n  微软  buys\n  a     sells\n");
    }
}
