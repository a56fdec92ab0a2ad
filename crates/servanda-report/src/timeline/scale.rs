//! Days along a line.

use servanda_quantity::Day;

/// A window of days on a line of some length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub from: Day,
    pub until: Day,
    /// How long the line is: columns, or units of a picture.
    pub length: f64,
}

impl Scale {
    /// Where a day begins, within the line.
    pub fn at(&self, day: Day) -> f64 {
        let all = f64::from(self.until.0 - self.from.0).max(1.0);
        let day = day.clamp(self.from, self.until);
        f64::from(day.0 - self.from.0) / all * self.length
    }

    /// The first day that a column holds, where the line has so many columns.
    pub fn day(&self, column: usize) -> Day {
        let all = f64::from(self.until.0 - self.from.0);
        Day(self.from.0 + (column as f64 / self.length * all).round() as i32)
    }

    /// First days of years that stand at least `apart` from each other, with their years.
    pub fn years(&self, apart: f64) -> Vec<(Day, i16)> {
        let (first, last) = (self.from.date().year(), self.until.date().year());
        let per_year = self.length / (f64::from(self.until.0 - self.from.0).max(1.0) / 365.25);
        let step =
            [1, 2, 5, 10, 20, 50].into_iter().find(|s| f64::from(*s) * per_year >= apart).unwrap_or(100);
        (first..=last)
            .filter(|y| y % step == 0)
            .filter_map(|y| Some((Day::new(y, 1, 1).ok()?, y)))
            .filter(|(day, _)| (self.from..self.until).contains(day))
            .collect()
    }
}
