//! Titles in further languages: `unknown-language` and `duplicate-title`.

use servanda_program::{ActionId, ClauseId, EventId, PartyId, Title, Titled, VersionId};
use servanda_syntax::ast;
use servanda_text::{Diagnostic, nearest};

use super::Lowerer;

/// The languages of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk \
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za \
    zh zu";

/// Whether a word is a BCP 47 tag of a language: one of ISO 639-1, or one with three letters, and what follows it.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = |n: usize| first.len() == n && first.bytes().all(|b| b.is_ascii_lowercase());
    let known = letters(3) || (letters(2) && LANGUAGES.split_whitespace().any(|l| l == first));
    let part = |p: &str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    known && parts.all(part)
}

impl Lowerer<'_> {
    /// Writes the titles in further languages.
    pub(crate) fn titles(&mut self) {
        let (vocabulary, texts) = (self.vocabulary, self.texts);
        self.program.language =
            vocabulary.agreement.and_then(|a| a.language.as_ref()).map(|l| l.text.clone());
        for (i, titles) in vocabulary.party_titles.iter().enumerate() {
            self.titles_of(Titled::Party(PartyId(i as u32)), titles);
        }
        for (i, action) in vocabulary.actions.iter().enumerate() {
            self.titles_of(Titled::Action(ActionId(i as u32)), &action.ast.titles);
        }
        for (i, event) in vocabulary.events.iter().enumerate() {
            self.titles_of(Titled::Event(EventId(i as u32)), &event.ast.titles);
        }
        for (i, wording) in texts.wordings.iter().enumerate() {
            self.titles_of(Titled::Clause(ClauseId(i as u32)), &wording.clause.titles);
        }
        for (i, version) in texts.versions.iter().enumerate() {
            self.titles_of(Titled::Version(VersionId(i as u32)), &version.decl.titles);
        }
    }

    fn titles_of(&mut self, of: Titled, titles: &[ast::Title]) {
        for (at, title) in titles.iter().enumerate() {
            let (tag, span) = (title.language.text.as_str(), title.language.span());
            if !is_language(tag) {
                let near = nearest(tag, LANGUAGES.split_whitespace());
                let near = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                self.report(
                    Diagnostic::error(
                        "unknown-language",
                        span,
                        format!("no language has the tag `{tag}`{near}"),
                    )
                    .help("write a BCP 47 tag such as `it`, `fa` or `pt-BR`"),
                );
                continue;
            }
            let same = |l: &str| l.eq_ignore_ascii_case(tag);
            let own = self.program.language.as_deref().is_some_and(same);
            if own || titles[..at].iter().any(|t| same(&t.language.text)) {
                let first = if own { "the title itself is in it" } else { "a title in it stands before" };
                self.report(
                    Diagnostic::error(
                        "duplicate-title",
                        span,
                        format!("there are two titles in `{tag}`: {first}"),
                    )
                    .help("keep one of them"),
                );
                continue;
            }
            let (language, text) = (tag.to_string(), title.text.value.clone());
            self.program.titles.push(Title { of, language, text });
        }
    }
}
