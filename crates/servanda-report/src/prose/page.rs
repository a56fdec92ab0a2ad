//! A reading as a page that opens nothing else. The template escapes everything, and the page's policy allows its
//! own style alone.

use std::fmt::Write;

use askama::Template;
use sha2::{Digest, Sha256};

use super::text::label_of;
use super::{ClauseReading, Reading, Sentence};
use crate::Tongue;
use crate::evidence::base64;

/// The style; its digest stands in the policy, so it is written byte for byte.
const STYLE: &str =
    concat!(include_str!("../../templates/evidence.css"), include_str!("../../templates/prose.css"));

#[derive(Template)]
#[template(path = "prose.html")]
struct Page<'a> {
    tongue: &'a Tongue,
    lang: &'a str,
    dir: &'static str,
    style: &'static str,
    style_hash: String,
    reading: &'a Reading,
    parts: Vec<Part<'a>>,
    blame: bool,
}

/// The clauses, or the laws.
struct Part<'a> {
    id: &'static str,
    title: String,
    clauses: Vec<&'a ClauseReading>,
}

impl Page<'_> {
    fn say(&self, message: &str) -> String {
        self.tongue.say(message, &[])
    }

    fn number(&self, clause: &ClauseReading, sentence: &usize) -> String {
        let sentence = self.tongue.say("prose-number", &[("number", (*sentence).into())]);
        format!("{}.{sentence}", clause.number_shown)
    }

    /// A sentence and its list, as markup whose texts are escaped.
    fn list(&self, sentence: &Sentence) -> String {
        let mut out = String::new();
        self.write(sentence, 0, &mut out);
        out
    }

    fn write(&self, sentence: &Sentence, depth: usize, out: &mut String) {
        // Writing to a string does not fail.
        let _ = write!(out, "<span>{}</span>", escaped(&sentence.text));
        if sentence.items.is_empty() {
            return;
        }
        out.push_str("<ol class=\"items\">");
        for (at, item) in sentence.items.iter().enumerate() {
            let label = escaped(&label_of(self.tongue, at, depth));
            let _ = write!(out, "<li><span class=\"number\">{label}</span>");
            self.write(item, depth + 1, out);
            out.push_str("</li>");
        }
        out.push_str("</ol>");
    }
}

/// A text in which no character means markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A reading as one HTML page, in the reader's language. `blame` tells who wrote which field.
pub fn prose_page(tongue: &Tongue, reading: &Reading, blame: bool) -> String {
    let (laws, clauses): (Vec<&ClauseReading>, _) = reading.clauses.iter().partition(|c| c.law);
    let part = |id, message: &str, clauses| Part { id, title: tongue.say(message, &[]), clauses };
    let parts = [part("clauses", "prose-heading-clauses", clauses), part("laws", "prose-heading-laws", laws)];
    let page = Page {
        tongue,
        lang: tongue.tag(),
        dir: if tongue.is_right_to_left() { "rtl" } else { "ltr" },
        style: STYLE,
        style_hash: format!("sha256-{}", base64(&Sha256::digest(STYLE.as_bytes()))),
        reading,
        parts: parts.into_iter().filter(|p| !p.clauses.is_empty()).collect(),
        blame,
    };
    // Writing to a string does not fail, and the template has no other source of errors.
    page.render().unwrap_or_default()
}
