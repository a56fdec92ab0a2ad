//! Round figures.

use servanda_quantity::Number;

/// A round number of millions and more, by its scale: what stands before it, exactly. `None` where the number is
/// easier to read in groups of three digits.
pub(crate) fn scaled(number: &Number) -> Option<(&'static str, Number)> {
    const SCALES: [(&str, i64); 3] =
        [("trillion", 1_000_000_000_000), ("billion", 1_000_000_000), ("million", 1_000_000)];
    /// Longest decimal that is easier to read with its scale.
    const SHORT: usize = 6;
    SCALES.into_iter().find_map(|(name, scale)| {
        let scale = Number::from(scale);
        if *number < scale {
            return None;
        }
        let short = number.div(&scale).ok()?;
        (short.is_decimal() && short.to_string().len() <= SHORT).then_some((name, short))
    })
}
