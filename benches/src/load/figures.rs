//! What was measured, and how it is shown.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::Turn;

/// What came of all turns of one server.
#[derive(Debug, Default)]
pub struct Figures {
    wall: Duration,
    cpu: Option<Duration>,
    latencies: Vec<Duration>,
    /// How many different versions the answers told.
    versions: usize,
}

impl Figures {
    /// Takes in one more turn, and the CPU time that the server took for it.
    pub fn add(&mut self, turn: Turn, cpu: Option<Duration>) {
        self.wall += turn.wall;
        self.latencies.extend(turn.latencies);
        self.versions += turn.versions.len();
        if let Some(cpu) = cpu {
            *self.cpu.get_or_insert_default() += cpu;
        }
    }

    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.wall.as_secs_f64()
    }

    /// The time within which such a share of the requests was answered, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let at = (sorted.len() as f64 * share) as usize;
        sorted.get(at.min(sorted.len().saturating_sub(1))).map_or(f64::NAN, |d| d.as_secs_f64() * 1e3)
    }

    /// CPU time of the server for a request, in microseconds.
    pub fn cpu(&self) -> Option<f64> {
        self.cpu.map(|cpu| cpu.as_secs_f64() * 1e6 / self.latencies.len() as f64)
    }

    /// How many requests shared a write.
    pub fn together(&self) -> f64 {
        self.latencies.len() as f64 / self.versions.max(1) as f64
    }
}

/// Columns of text and numbers under their names.
pub struct Table {
    /// What all of it is about.
    title: String,
    columns: Vec<&'static str>,
    rows: Vec<(String, Vec<Option<f64>>)>,
}

impl Table {
    /// An empty one.
    pub fn new(title: &str, columns: &[&'static str]) -> Table {
        Table { title: title.to_string(), columns: columns.to_vec(), rows: Vec::new() }
    }

    /// One more row.
    pub fn row(&mut self, name: &str, figures: Vec<Option<f64>>) {
        self.rows.push((name.to_string(), figures));
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        let row = |(name, figures): &(String, Vec<Option<f64>>)| {
            let own = self.columns.iter().zip(figures).map(|(c, f)| (c.to_string(), json!(f)));
            json!({"name": name, "figures": own.collect::<serde_json::Map<_, _>>()})
        };
        json!({"title": self.title, "rows": self.rows.iter().map(row).collect::<Vec<_>>()})
    }

    /// As aligned text.
    pub fn text(&self) -> String {
        let names = self.rows.iter().map(|(name, _)| name).chain([&self.title]);
        let first = names.map(|name| name.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = self.columns.iter().map(|c| c.chars().count().max(9)).collect();
        let mut out = format!("{:<first$}", self.title);
        for (column, width) in self.columns.iter().zip(&widths) {
            out.push_str(&format!("  {column:>width$}"));
        }
        for (name, figures) in &self.rows {
            out.push_str(&format!("\n{name:<first$}"));
            for (figure, width) in figures.iter().zip(&widths) {
                out.push_str(&format!("  {:>width$}", figure.map_or("–".to_string(), short)));
            }
        }
        out.push('\n');
        out
    }
}

/// A figure with as many digits as say something.
fn short(figure: f64) -> String {
    if figure >= 100.0 {
        format!("{figure:.0}")
    } else if figure >= 10.0 {
        format!("{figure:.1}")
    } else {
        format!("{figure:.2}")
    }
}
