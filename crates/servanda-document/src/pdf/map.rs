//! The map from codes to characters that a font carries (ISO 32000-2, 9.10.3).

use std::collections::BTreeMap;

/// Most codes that are kept.
const CODES_MAX: usize = 1 << 17;

/// Most UTF-16 units that one code may stand for.
const UNITS_MAX: usize = 64;

/// Codes with their lengths in bytes → characters.
#[derive(Debug, Default)]
pub(super) struct CodeMap {
    codes: BTreeMap<(usize, u32), String>,
}

impl CodeMap {
    /// Reads the ranges and single codes of a map; everything else in it is passed over.
    pub(super) fn parse(content: &[u8]) -> CodeMap {
        let mut map = CodeMap::default();
        let mut words = Words { rest: content };
        while let Some(word) = words.next() {
            match word {
                Word::Name(b"beginbfchar") => map.singles(&mut words),
                Word::Name(b"beginbfrange") => map.ranges(&mut words),
                _ => {}
            }
        }
        map
    }

    /// The characters of a code. Some producers write the codes of their map with one byte where the strings have
    /// two, or the other way.
    pub(super) fn get(&self, code: u32, bytes: usize) -> Option<&str> {
        let other = if bytes == 1 { 2 } else { 1 };
        self.codes.get(&(bytes, code)).or_else(|| self.codes.get(&(other, code))).map(String::as_str)
    }

    fn singles(&mut self, words: &mut Words<'_>) {
        while let Some(Word::Hex(code)) = words.next() {
            let Some(Word::Hex(target)) = words.next() else { return };
            self.put(code.len(), number(&code), &units(&target), 0);
        }
    }

    fn ranges(&mut self, words: &mut Words<'_>) {
        while let Some(Word::Hex(first)) = words.next() {
            let (Some(Word::Hex(last)), Some(target)) = (words.next(), words.next()) else { return };
            let (low, high) = (number(&first), number(&last));
            match target {
                Word::Hex(target) => {
                    let target = units(&target);
                    for code in (low..=high).take(CODES_MAX - self.codes.len()) {
                        self.put(first.len(), code, &target, code - low);
                    }
                }
                Word::Open => {
                    let mut code = low;
                    while let Some(Word::Hex(target)) = words.next() {
                        self.put(first.len(), code, &units(&target), 0);
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    /// The last unit of the target is counted on by `more`.
    fn put(&mut self, bytes: usize, code: u32, target: &[u16], more: u32) {
        if self.codes.len() >= CODES_MAX {
            return;
        }
        let mut target = target.to_vec();
        if let Some(last) = target.last_mut() {
            *last = last.wrapping_add(more as u16);
        }
        self.codes.insert((bytes, code), String::from_utf16_lossy(&target));
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, &b| code << 8 | u32::from(b))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(UNITS_MAX).map(|b| u16::from_be_bytes([b[0], b[1]])).collect(),
    }
}

/// The words of a PostScript text, as far as maps have them.
struct Words<'c> {
    rest: &'c [u8],
}

enum Word<'c> {
    Hex(Vec<u8>),
    Open,
    Close,
    Name(&'c [u8]),
}

impl<'c> Words<'c> {
    fn next(&mut self) -> Option<Word<'c>> {
        self.rest = self.rest.trim_ascii_start();
        while let [b'%', ..] = self.rest {
            let end = self.rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(self.rest.len());
            self.rest = self.rest[end..].trim_ascii_start();
        }
        let (&first, after) = self.rest.split_first()?;
        match first {
            b'[' | b']' => {
                self.rest = after;
                Some(if first == b'[' { Word::Open } else { Word::Close })
            }
            b'<' if after.first() != Some(&b'<') => {
                let end = after.iter().position(|&b| b == b'>').unwrap_or(after.len());
                self.rest = after.get(end + 1..).unwrap_or_default();
                let digits: Vec<u8> =
                    after[..end].iter().filter_map(|b| (*b as char).to_digit(16)).map(|d| d as u8).collect();
                // A digit that is missing at the end is 0 (ISO 32000-2, 7.3.4.3).
                Some(Word::Hex(
                    digits.chunks(2).map(|d| d[0] << 4 | d.get(1).copied().unwrap_or(0)).collect(),
                ))
            }
            _ => {
                let end = after
                    .iter()
                    .position(|b| b.is_ascii_whitespace() || b"[]<>%".contains(b))
                    .unwrap_or(after.len());
                let (word, rest) = self.rest.split_at(end + 1);
                self.rest = rest;
                Some(Word::Name(word))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_single_codes_are_read_wherever_they_stand() {
        let map = CodeMap::parse(
            b"/CIDInit /ProcSet findresource begin << /x <0001> >> % note\n2 beginbfchar<0041><0627>\n<42> <D83DDE00>\nendbfchar \
              2 beginbfrange <0050> <0052> <0061> <0060><0061>[<0078> <00790079>] endbfrange <0001> beginbfrange <0001",
        );
        for (code, bytes, text) in [
            (0x41, 2, Some("ا")),
            (0x41, 1, Some("ا")),
            (0x42, 1, Some("😀")),
            (0x52, 2, Some("c")),
            (0x53, 2, None),
            (0x60, 2, Some("x")),
            (0x61, 2, Some("yy")),
        ] {
            assert_eq!(map.get(code, bytes), text, "{code:x}");
        }
        let wide = CodeMap::parse(b"beginbfrange <00000000> <ffffffff> <0041>");
        assert_eq!(wide.codes.len(), CODES_MAX);
    }
}
