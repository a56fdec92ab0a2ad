//! How much a document may hold.

/// The name of the limit on the text.
pub(crate) const TEXT_CHARS: &str = "characters of text";

/// Bounds on one document. Reaching one is an error with the name of the bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub input_bytes: usize,
    /// Unicode scalar values of the text.
    pub text_chars: usize,
    /// Files in an archive.
    pub zip_entries: usize,
    /// Bytes that all parts together unpack to.
    pub unpacked_bytes: usize,
    /// How many times larger than its packed form a part may be, once it has a MiB.
    pub unpacked_ratio: usize,
    /// Elements inside each other (XML, HTML), forms inside each other (PDF).
    pub depth: usize,
    /// Elements (XML, HTML), texts and forms that all pages show (PDF).
    pub nodes: usize,
    /// Pages of a PDF.
    pub pages: usize,
}

impl Default for Limits {
    /// What the longest agreements need, ten times over.
    fn default() -> Limits {
        Limits {
            input_bytes: 64 << 20,
            text_chars: 8_000_000,
            zip_entries: 4_096,
            unpacked_bytes: 128 << 20,
            unpacked_ratio: 200,
            depth: 512,
            nodes: 2_000_000,
            pages: 5_000,
        }
    }
}

/// How a document is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much it may hold.
    pub limits: Limits,
    /// The encoding of text without a byte order mark, by a label of the Encoding Standard (`windows-1256`); UTF-8,
    /// or what the HTML declares, where it is not given.
    pub encoding: Option<String>,
    /// The languages that passages may be in, by their primary tags.
    pub languages: Vec<String>,
}
