//! Canonical JSON: one spelling for each value (RFC 8785).

use std::fmt::Write;

use serde_json::{Number, Value};

/// The largest integer up to which every integer is a double (RFC 7493 §2.2).
const INTEGER_MAX: i64 = 1 << 53;

/// A value in canonical form (RFC 8785, JCS): members sorted by their UTF-16 code units, no white space, numbers as
/// ECMAScript writes the double that is nearest to them.
///
/// A number with more digits than a double can keep loses them: ask [`inexact`] before. One that is beyond all
/// doubles, for which RFC 8785 has no form, keeps its digits.
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// The digits of the first number whose value the canonical form does not keep exactly, such as
/// `9007199254740993` or `0.1000000000000000055`.
pub fn inexact(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => {
            let digits = number.to_string();
            let kept = double(number).is_some_and(|double| decimal(&digits) == decimal(&ecmascript(double)));
            (!kept).then_some(digits)
        }
        Value::Array(items) => items.iter().find_map(inexact),
        Value::Object(members) => members.values().find_map(inexact),
        Value::Null | Value::Bool(_) | Value::String(_) => None,
    }
}

/// Whether a text is the canonical form of the value that was read from it.
pub(crate) fn is_canonical(text: &str, value: &Value) -> bool {
    let mut out = String::with_capacity(text.len());
    write(value, &mut out) && out == text
}

/// Writes a value; says whether RFC 8785 has a form for all of it.
fn write(value: &Value, out: &mut String) -> bool {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::String(text) => write_string(text, out),
        Value::Number(number) => {
            if let Some(integer) = number.as_i64().filter(|i| (-INTEGER_MAX..=INTEGER_MAX).contains(i)) {
                out.push_str(&integer.to_string());
            } else if let Some(double) = double(number) {
                out.push_str(&ecmascript(double));
            } else {
                out.push_str(&number.to_string());
                return false;
            }
        }
        Value::Array(items) => {
            let mut all = true;
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                all &= write(item, out);
            }
            out.push(']');
            return all;
        }
        Value::Object(members) => {
            let mut all = true;
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, (name, member)) in members.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_string(name, out);
                out.push(':');
                all &= write(member, out);
            }
            out.push('}');
            return all;
        }
    }
    true
}

/// A string as RFC 8785 §3.2.2.2 has it: only what must be escaped is, in the shortest way.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => {
                // Writing into a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

/// The nearest double, where the number is not beyond all of them.
fn double(number: &Number) -> Option<f64> {
    number.to_string().parse().ok().filter(|double: &f64| double.is_finite())
}

/// A finite double as ECMAScript writes it (ECMA-262, `Number::toString`; RFC 8785 §3.2.2.3).
fn ecmascript(double: f64) -> String {
    // Also −0.
    if double == 0.0 {
        return "0".to_string();
    }
    let shortest = shortest(double.abs());
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let digits = mantissa.replace('.', "");
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    // The value is 0.DIGITS × 10^point.
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or(0));
    let plain = match point {
        _ if count <= point && point <= 21 => format!("{digits}{}", zeros(point - count)),
        1..=21 => {
            let (whole, fraction) = digits.split_at(point.unsigned_abs() as usize);
            format!("{whole}.{fraction}")
        }
        -5..=0 => format!("0.{}{digits}", zeros(-point)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            let sign = if point > 0 { '+' } else { '-' };
            format!("{first}{dot}{rest}e{sign}{}", (point - 1).abs())
        }
    };
    if double < 0.0 { format!("-{plain}") } else { plain }
}

/// The shortest digits that lead back to a positive double, such as `1.25e-7`. Of several, the nearest; of two that are
/// equally near, the one whose last digit is even (ECMA-262, `Number::toString`, note 2).
fn shortest(double: f64) -> String {
    let shortest = format!("{double:e}");
    let digits = shortest.bytes().take_while(|b| *b != b'e').filter(u8::is_ascii_digit).count();
    // Rust's own choice of two that are equally near is the larger; with a given number of digits it is the even one.
    let even = format!("{double:.*e}", digits - 1);
    if even.parse() == Ok(double) { even } else { shortest }
}

/// The exact value of the digits of a JSON number: sign, digits without zeros at the ends, power of ten. `None` where
/// the power is beyond all reason.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0').trim_end_matches('0');
    if digits.is_empty() {
        return Some((false, String::new(), 0));
    }
    let trailing = all.len() - all.trim_end_matches('0').len();
    let power = exponent
        .parse::<i64>()
        .ok()?
        .checked_add(i64::try_from(trailing).ok()?)?
        .checked_sub(i64::try_from(fraction.len()).ok()?)?;
    Some((negative, digits.to_string(), power))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> String {
        canonical(&serde_json::from_str(text).unwrap())
    }

    /// RFC 8785, appendix B.
    #[test]
    fn doubles_are_written_as_the_rfc_lists_them() {
        for (bits, expected) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            assert_eq!(ecmascript(f64::from_bits(bits)), expected);
            assert_eq!(form(expected), expected);
        }
    }

    #[test]
    fn a_number_has_one_form_however_it_was_written() {
        for (written, expected) in [
            ("1.0", "1"),
            ("-0", "0"),
            ("-0.0e5", "0"),
            ("1E2", "100"),
            ("100e-2", "1"),
            ("4.50", "4.5"),
            ("2e-3", "0.002"),
            ("1e-27", "1e-27"),
            ("9007199254740993", "9007199254740992"),
            ("18446744073709551615", "18446744073709552000"),
            ("333333333.33333329", "333333333.3333333"),
        ] {
            assert_eq!(form(written), expected, "{written}");
        }
    }

    #[test]
    fn digits_that_would_be_lost_are_found() {
        let lost = |text: &str| inexact(&serde_json::from_str(text).unwrap());
        for kept in
            ["0", "-0", "1.50", "0.1", "1e300", "9007199254740992", "1e23", "[{\"a\":12.34}]", "\"1e999\""]
        {
            assert_eq!(lost(kept), None, "{kept}");
        }
        for gone in
            ["9007199254740993", "0.1000000000000000055", "1e+400", "1e+99999999999999999999", "1e-400"]
        {
            assert_eq!(lost(&format!("{{\"a\":[1,{gone}]}}")).as_deref(), Some(gone));
        }
    }

    #[test]
    fn what_has_no_canonical_form_is_not_canonical() {
        for text in [
            "1e400",
            "[1e400]",
            "1.0",
            "{\"b\":1,\"a\":2}",
            "{\"a\":1,\"a\":1}",
            "[ ]",
            "\"\\u0041\"",
            "\"\\/\"",
        ] {
            assert!(!is_canonical(text, &serde_json::from_str(text).unwrap()), "{text}");
        }
        assert!(is_canonical("{\"a\":[1,\"é\",null,true]}", &serde_json::json!({"a": [1, "é", null, true]})));
    }

    /// RFC 8785 §3.2.2 and §3.2.3.
    #[test]
    fn strings_and_members_are_as_the_rfc_has_them() {
        assert_eq!(
            form(
                r#"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
                "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#
            ),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
             \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
        let sorted = form(
            r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
                "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
        );
        let order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"];
        let places: Vec<_> = order.iter().map(|name| sorted.find(name).unwrap()).collect();
        assert!(places.is_sorted(), "{sorted}");
        assert_eq!(form("\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u007f\""), "\"\\b\\t\\n\\f\\r\u{7f}\"");
    }
}
