//! The anchor of a citation: what finds the passage again after the document was edited, without quoting it.
//!
//! Only the data and how it is written; `docs/citations.md`, "Anchors". `servanda-evidence` makes and uses it.

use std::fmt;
use std::str::FromStr;

/// Six-bit characters, RFC 4648, section 5.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Characters after the version and its colon, without samples.
const FIXED: usize = 3 + 1 + 1 + 6 + 6 * 3 + 11;

/// Characters of a sample.
const SAMPLE: usize = 6;

/// Most samples.
pub const ANCHOR_SAMPLES_MAX: usize = 4;

/// Most letters of a passage with an anchor, and the largest hash of a window: 18 bits.
pub const ANCHOR_LETTERS_MAX: u32 = (1 << 18) - 1;

/// The six windows around and at the ends of a passage, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edge {
    /// Before the window before the passage.
    FarBefore,
    /// Just before the passage.
    Before,
    /// Its first letters.
    Head,
    /// Its last letters.
    Tail,
    /// Just after the passage.
    After,
    /// After the window after the passage.
    FarAfter,
}

impl Edge {
    /// All of them, in order.
    pub const ALL: [Edge; 6] =
        [Edge::FarBefore, Edge::Before, Edge::Head, Edge::Tail, Edge::After, Edge::FarAfter];
}

/// What finds a passage again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Anchor {
    /// Letters of the passage, 1 to [`ANCHOR_LETTERS_MAX`].
    pub letters: u32,
    /// How often the passage stood in the document, 1 to 63; 63 is *63 or more*.
    pub occurrences: u8,
    /// Which edges stood in the document once: a bit each, the first edge the highest of six.
    pub once: u8,
    /// A hash of the whole passage, 36 bits.
    pub whole: u64,
    /// A hash of each edge, 18 bits; 0 where there is none.
    pub edges: [u32; 6],
    /// One bit for each of 66 minwise hashes.
    pub sketch: u128,
    /// Windows from within, by place, each at most once: letters after the start, and hash (18 bits, not 0).
    pub samples: Vec<(u32, u32)>,
}

impl Anchor {
    /// Whether an edge is there and stood in the document once.
    pub fn identifies(&self, edge: Edge) -> bool {
        self.edges[edge as usize] != 0 && self.once & (1 << (5 - edge as u8)) != 0
    }
}

/// Why a text is not an anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnchorError {
    /// There is no colon, or something else than a number before it.
    NoVersion,
    /// A version that is not known.
    Version(String),
    /// A character that is not of the alphabet.
    Character(char),
    /// As many characters as no anchor has.
    Length(usize),
    /// A part that no passage has, in words.
    Part(&'static str),
}

impl fmt::Display for AnchorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnchorError::NoVersion => f.write_str("it does not begin with a version such as `1:`"),
            AnchorError::Version(version) => write!(f, "its version is `{version}`, and only `1` is known"),
            AnchorError::Character(c) => write!(f, "`{}` is none of its characters", c.escape_debug()),
            AnchorError::Length(n) => write!(
                f,
                "it has {n} characters after its version; there are {FIXED}, and {SAMPLE} for each of at most \
                 {ANCHOR_SAMPLES_MAX} samples"
            ),
            AnchorError::Part(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for AnchorError {}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::from("1:");
        let mut put = |value: u128, characters: u32| {
            for i in (0..characters).rev() {
                out.push(char::from(ALPHABET[(value >> (6 * i) & 63) as usize]));
            }
        };
        put(self.letters.into(), 3);
        put(self.occurrences.into(), 1);
        put(self.once.into(), 1);
        put(self.whole.into(), 6);
        self.edges.iter().for_each(|e| put((*e).into(), 3));
        put(self.sketch, 11);
        for (offset, hash) in &self.samples {
            put((*offset).into(), 3);
            put((*hash).into(), 3);
        }
        f.write_str(&out)
    }
}

impl FromStr for Anchor {
    type Err = AnchorError;

    fn from_str(text: &str) -> Result<Anchor, AnchorError> {
        let (version, body) = text.split_once(':').ok_or(AnchorError::NoVersion)?;
        if version.is_empty() || version.len() > 4 || !version.bytes().all(|b| b.is_ascii_digit()) {
            return Err(AnchorError::NoVersion);
        }
        if version != "1" {
            return Err(AnchorError::Version(version.to_string()));
        }
        let mut sextets = Vec::with_capacity(body.len().min(FIXED + SAMPLE * ANCHOR_SAMPLES_MAX));
        for c in body.chars().take(FIXED + SAMPLE * ANCHOR_SAMPLES_MAX + 1) {
            let value = ALPHABET.iter().position(|a| char::from(*a) == c).ok_or(AnchorError::Character(c))?;
            sextets.push(value as u128);
        }
        let n = body.chars().count();
        if n < FIXED || !(n - FIXED).is_multiple_of(SAMPLE) || (n - FIXED) / SAMPLE > ANCHOR_SAMPLES_MAX {
            return Err(AnchorError::Length(n));
        }
        let mut rest = sextets.into_iter();
        let mut take = |characters: usize| rest.by_ref().take(characters).fold(0u128, |v, s| v << 6 | s);
        let letters = take(3) as u32;
        let occurrences = take(1) as u8;
        let once = take(1) as u8;
        let whole = take(6) as u64;
        let mut edges = [0; 6];
        edges.iter_mut().for_each(|e| *e = take(3) as u32);
        let sketch = take(11);
        let samples: Vec<(u32, u32)> =
            (0..(n - FIXED) / SAMPLE).map(|_| (take(3) as u32, take(3) as u32)).collect();
        let anchor = Anchor { letters, occurrences, once, whole, edges, sketch, samples };
        match anchor.fault() {
            Some(what) => Err(AnchorError::Part(what)),
            None => Ok(anchor),
        }
    }
}

impl Anchor {
    /// What no passage has.
    fn fault(&self) -> Option<&'static str> {
        if self.letters == 0 {
            return Some("it is of a passage without letters");
        }
        if self.occurrences == 0 {
            return Some("it is of a passage that stood nowhere");
        }
        let absent =
            Edge::ALL.iter().any(|e| self.edges[*e as usize] == 0 && self.once & (1 << (5 - *e as u8)) != 0);
        if absent {
            return Some("it says of a window that is not there that it stood in the document once");
        }
        let ordered = self.samples.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if !ordered || self.samples.iter().any(|(offset, hash)| *hash == 0 || *offset >= self.letters) {
            return Some("its samples are out of order, empty, or beyond the end of the passage");
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor() -> Anchor {
        Anchor {
            letters: 70,
            occurrences: 1,
            once: 0b11_0011,
            whole: (1 << 36) - 2,
            edges: [1, 2, 3, 4, ANCHOR_LETTERS_MAX, 6],
            sketch: (1 << 66) - 5,
            samples: vec![(17, 9), (40, 10)],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let text = anchor().to_string();
        assert_eq!(text.len(), "1:".len() + FIXED + 2 * SAMPLE);
        assert_eq!(text.parse(), Ok(anchor()));
        assert!(anchor().identifies(Edge::FarBefore) && !anchor().identifies(Edge::Tail));
    }

    #[test]
    fn what_is_no_anchor_is_refused_for_its_reason() {
        let text = anchor().to_string();
        let refused = |t: &str| t.parse::<Anchor>().expect_err(t);
        assert_eq!(refused(""), AnchorError::NoVersion);
        assert_eq!(refused(&text[2..]), AnchorError::NoVersion);
        assert_eq!(refused(&text.replacen('1', "2", 1)), AnchorError::Version("2".into()));
        assert_eq!(refused(&text.replacen('A', "é", 1)), AnchorError::Character('é'));
        assert_eq!(refused(&text[..text.len() - 1]), AnchorError::Length(FIXED + 2 * SAMPLE - 1));
        assert!(matches!(
            refused(&format!("{text}{text}").replace("1:", "").replacen("", "1:", 1)),
            AnchorError::Length(_)
        ));
        let part = |change: fn(&mut Anchor)| {
            let mut wrong = anchor();
            change(&mut wrong);
            assert!(matches!(refused(&wrong.to_string()), AnchorError::Part(_)), "{wrong:?}");
        };
        part(|a| a.letters = 0);
        part(|a| a.occurrences = 0);
        part(|a| a.edges[0] = 0);
        part(|a| a.samples.reverse());
        part(|a| a.samples[1].0 = 70);
        part(|a| a.samples[0].1 = 0);
    }
}
