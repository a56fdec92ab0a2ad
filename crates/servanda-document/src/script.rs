//! What scripts tell about languages.

use whatlang::{Lang, Script};

/// Letters that one language writes and another of the same script does not (CLDR, exemplar characters).
const OWN_LETTERS: [(&str, &str); 6] = [
    ("ar", "ةىيكأإؤئ\u{64b}\u{64c}\u{64d}"),
    ("fa", "پچژگکی\u{200c}"),
    ("ur", "ٹڈڑںےہھپچژگکی"),
    ("ckb", "ڕڵۆێەپچژگکیڤ"),
    ("ps", "ټډړښګڼېۍپچژک"),
    ("ug", "ېۆۇۈەڭپچژگك"),
];

/// The letters that tell the language of a tag from others of its script.
pub(crate) fn own_letters(tag: &str) -> &'static str {
    OWN_LETTERS.iter().find(|(t, _)| *t == tag).map_or("", |(_, letters)| letters)
}

/// A language as `whatlang` knows it, by its primary tag (BCP 47, the shortest code of ISO 639).
pub(crate) fn lang(tag: &str) -> Option<Lang> {
    let code = match tag {
        "af" => "afr",
        "ak" => "aka",
        "am" => "amh",
        "ar" => "ara",
        "az" => "aze",
        "be" => "bel",
        "bg" => "bul",
        "bn" => "ben",
        "ca" => "cat",
        "cs" => "ces",
        "da" => "dan",
        "de" => "deu",
        "el" => "ell",
        "en" => "eng",
        "eo" => "epo",
        "es" => "spa",
        "et" => "est",
        "fa" => "pes",
        "fi" => "fin",
        "fr" => "fra",
        "gu" => "guj",
        "he" => "heb",
        "hi" => "hin",
        "hr" => "hrv",
        "hu" => "hun",
        "hy" => "hye",
        "id" => "ind",
        "it" => "ita",
        "ja" => "jpn",
        "jv" => "jav",
        "ka" => "kat",
        "km" => "khm",
        "kn" => "kan",
        "ko" => "kor",
        "la" => "lat",
        "lt" => "lit",
        "lv" => "lav",
        "mk" => "mkd",
        "ml" => "mal",
        "mr" => "mar",
        "my" => "mya",
        "nb" | "no" => "nob",
        "ne" => "nep",
        "nl" => "nld",
        "or" => "ori",
        "pa" => "pan",
        "pl" => "pol",
        "pt" => "por",
        "ro" => "ron",
        "ru" => "rus",
        "si" => "sin",
        "sk" => "slk",
        "sl" => "slv",
        "sn" => "sna",
        "sr" => "srp",
        "sv" => "swe",
        "ta" => "tam",
        "te" => "tel",
        "th" => "tha",
        "tk" => "tuk",
        "tl" => "tgl",
        "tr" => "tur",
        "uk" => "ukr",
        "ur" => "urd",
        "uz" => "uzb",
        "vi" => "vie",
        "yi" => "yid",
        "zh" => "cmn",
        "zu" => "zul",
        _ => return None,
    };
    Lang::from_code(code)
}

/// The writing of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Writing {
    Latin,
    Arabic,
    Devanagari,
    Cyrillic,
    Greek,
    Hebrew,
    Han,
    Kana,
    Hangul,
    Thai,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Myanmar,
    Khmer,
    Ethiopic,
    Georgian,
    Armenian,
}

impl Writing {
    /// The script of a letter (Unicode blocks); `None` for what is no letter of these.
    pub(crate) fn of(c: char) -> Option<Writing> {
        if !c.is_alphabetic() {
            return None;
        }
        Some(match u32::from(c) {
            0x41..=0x24f | 0x1e00..=0x1eff => Writing::Latin,
            0x370..=0x3ff | 0x1f00..=0x1fff => Writing::Greek,
            0x400..=0x52f => Writing::Cyrillic,
            0x530..=0x58f => Writing::Armenian,
            0x590..=0x5ff => Writing::Hebrew,
            0x600..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => {
                Writing::Arabic
            }
            0x900..=0x97f => Writing::Devanagari,
            0x980..=0x9ff => Writing::Bengali,
            0xa00..=0xa7f => Writing::Gurmukhi,
            0xa80..=0xaff => Writing::Gujarati,
            0xb00..=0xb7f => Writing::Oriya,
            0xb80..=0xbff => Writing::Tamil,
            0xc00..=0xc7f => Writing::Telugu,
            0xc80..=0xcff => Writing::Kannada,
            0xd00..=0xd7f => Writing::Malayalam,
            0xd80..=0xdff => Writing::Sinhala,
            0xe00..=0xe7f => Writing::Thai,
            0x1000..=0x109f => Writing::Myanmar,
            0x10a0..=0x10ff => Writing::Georgian,
            0x1200..=0x137f => Writing::Ethiopic,
            0x1780..=0x17ff => Writing::Khmer,
            0x3040..=0x30ff => Writing::Kana,
            0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff => Writing::Han,
            0x1100..=0x11ff | 0xac00..=0xd7af => Writing::Hangul,
            _ => return None,
        })
    }

    /// Whether a language is written so.
    pub(crate) fn writes(self, tag: &str) -> bool {
        let scripts = |script: Script| lang(tag).is_some_and(|lang| script.langs().contains(&lang));
        match self {
            Writing::Latin => scripts(Script::Latin),
            Writing::Arabic => scripts(Script::Arabic) || matches!(tag, "ckb" | "ps" | "ug"),
            Writing::Devanagari => scripts(Script::Devanagari),
            Writing::Cyrillic => scripts(Script::Cyrillic),
            Writing::Greek => tag == "el",
            Writing::Hebrew => scripts(Script::Hebrew),
            Writing::Han => matches!(tag, "zh" | "ja"),
            Writing::Kana => tag == "ja",
            Writing::Hangul => tag == "ko",
            Writing::Thai => tag == "th",
            Writing::Bengali => tag == "bn",
            Writing::Gurmukhi => tag == "pa",
            Writing::Gujarati => tag == "gu",
            Writing::Oriya => tag == "or",
            Writing::Tamil => tag == "ta",
            Writing::Telugu => tag == "te",
            Writing::Kannada => tag == "kn",
            Writing::Malayalam => tag == "ml",
            Writing::Sinhala => tag == "si",
            Writing::Myanmar => tag == "my",
            Writing::Khmer => tag == "km",
            Writing::Ethiopic => tag == "am",
            Writing::Georgian => tag == "ka",
            Writing::Armenian => tag == "hy",
        }
    }
}
