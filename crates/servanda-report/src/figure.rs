//! Figures as people read them.

use servanda_quantity::{Figure, Number, Qualifier, Unit};

/// `about USD 135 billion`, `27 percent`, `EUR 1,234.50`, `1/3`.
pub fn figure(figure: &Figure) -> String {
    let qualifier = match figure.qualifier {
        Qualifier::Exact => "",
        Qualifier::About => "about ",
        Qualifier::AtLeast => "at least ",
        Qualifier::AtMost => "at most ",
    };
    match &figure.unit {
        Unit::One => format!("{qualifier}{}", grouped(&figure.number)),
        Unit::Percent => format!("{qualifier}{} percent", grouped(&figure.number)),
        Unit::Money(code) => format!("{qualifier}{code} {}", scaled(&figure.number)),
        Unit::Named(unit) => format!("{qualifier}{} {unit}", grouped(&figure.number)),
        Unit::MoneyPer(code, unit) => format!("{qualifier}{code} {} per {unit}", grouped(&figure.number)),
    }
}

/// Round millions and more by their name, everything else in groups of three digits. The number stays exact.
fn scaled(number: &Number) -> String {
    const SCALES: [(&str, i64); 3] =
        [("trillion", 1_000_000_000_000), ("billion", 1_000_000_000), ("million", 1_000_000)];
    /// Longest decimal that is easier to read with its scale.
    const SHORT: usize = 6;
    for (name, scale) in SCALES {
        let scale = Number::from(scale);
        if *number >= scale
            && let Ok(quotient) = number.div(&scale)
        {
            let text = quotient.to_string();
            if quotient.is_decimal() && text.len() <= SHORT {
                return format!("{text} {name}");
            }
        }
    }
    grouped(number)
}

/// `1,234,567.89`
fn grouped(number: &Number) -> String {
    let text = number.to_string();
    if !number.is_decimal() {
        return text;
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (digits, String::new()),
    };
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> String {
        figure(&Figure::exact(text.parse().unwrap(), Unit::Money("USD".into())))
    }

    #[test]
    fn round_figures_have_their_scale_and_others_their_groups() {
        assert_eq!(money("135000000000"), "USD 135 billion");
        assert_eq!(money("212500000000"), "USD 212.5 billion");
        assert_eq!(money("1234567.89"), "USD 1,234,567.89");
        assert_eq!(money("-999999"), "USD -999,999");
        assert_eq!(money("0"), "USD 0");
        assert_eq!(money("1000"), "USD 1,000");
    }
}
