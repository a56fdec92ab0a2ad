//! A checked text with the engine that answers over it.

use std::collections::BTreeMap;

use servanda_engine::Engine;
use servanda_program::Program;
use servanda_text::{Severity, Sources};
use servanda_wire::Reader;

use crate::fault::{Fault, Problem};

/// Most problems of a text that are told.
const PROBLEMS_MAX: usize = 100;
/// Most files of a text.
const FILES_MAX: usize = 1_000;
/// Most bytes of a text, all files together.
const TEXT_BYTES_MAX: usize = 4 << 20;

/// What answers about a program.
pub struct Answering<'p> {
    /// What answers.
    pub engine: Engine<'p>,
    /// What reads questions and events.
    pub reader: Reader<'p>,
}

self_cell::self_cell!(
    struct Kept {
        owner: Program,

        #[not_covariant]
        dependent: Answering,
    }
);

/// A clause in the text of a version, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The clause.
    pub clause: String,
    /// For each field in order its label (`may host`, `until`) and the version that wrote it.
    pub blame: Vec<(String, String)>,
    /// The version that waived or terminated it.
    pub ended: Option<String>,
}

/// A program, its engine with the log, and the text that both come from.
pub struct Live {
    files: BTreeMap<String, String>,
    /// By version.
    texts: BTreeMap<String, Vec<Standing>>,
    kept: Kept,
}

impl Live {
    /// Checks a text. The files of the library that it imports become part of it, so that it means the same whatever library a
    /// later Servanda brings.
    ///
    /// # Errors
    /// `faulty-text` with the problems of the text; `no-text`, `text-too-large`; a zone that nobody knows.
    pub fn check(mut files: BTreeMap<String, String>) -> Result<Live, Fault> {
        if !files.keys().any(|name| name.ends_with(".deed")) {
            return Err(Fault::new("no-text", "there is no file whose name ends in `.deed` among `files`"));
        }
        let bytes: usize = files.iter().map(|(name, text)| name.len() + text.len()).sum();
        if files.len() > FILES_MAX || bytes > TEXT_BYTES_MAX {
            return Err(Fault::new(
                "text-too-large",
                format!("the text has more than {FILES_MAX} files or {TEXT_BYTES_MAX} bytes"),
            ));
        }
        let list: Vec<(String, String)> = files.iter().map(|(n, t)| (n.clone(), t.clone())).collect();
        let mut sources = Sources::new();
        let checked = servanda_model::load(&mut sources, &list);
        let Some(program) = checked.program else {
            let errors = checked.diagnostics.iter().filter(|d| d.severity == Severity::Error);
            let problems: Vec<Problem> = errors.take(PROBLEMS_MAX).map(|d| problem(d, &sources)).collect();
            let first = problems.first().map(|p| format!("{}: {}", p.place, p.message)).unwrap_or_default();
            return Err(Fault {
                code: "faulty-text".into(),
                message: format!("the text has errors, and cannot be asked; the first is {first}"),
                problems,
            });
        };
        for (_, source) in sources.iter() {
            if source.name.starts_with("standard/") && !files.contains_key(&source.name) {
                files.insert(source.name.clone(), source.text.clone());
            }
        }
        let standing = |s: &servanda_model::StandingText| Standing {
            clause: s.clause.name.text.clone(),
            blame: s.blame.clone(),
            ended: s.ended.clone(),
        };
        let texts = checked
            .texts
            .iter()
            .map(|text| (text.version.clone(), text.clauses.iter().map(standing).collect()))
            .collect();
        let kept = Kept::try_new(program, |program| {
            Ok::<_, Fault>(Answering { engine: Engine::new(program), reader: Reader::new(program)? })
        })?;
        Ok(Live { files, texts, kept })
    }

    /// The text: names of files and what stands in them.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// The clauses in the text of a version, and which version wrote each of their fields; `None` where there is no such version.
    pub fn text_of(&self, version: &str) -> Option<&[Standing]> {
        self.texts.get(version).map(Vec::as_slice)
    }

    /// The program.
    pub fn program(&self) -> &Program {
        self.kept.borrow_owner()
    }

    /// Does something with the engine and the reader.
    pub fn with<R>(&self, work: impl for<'q> FnOnce(&Answering<'q>) -> R) -> R {
        self.kept.with_dependent(|_, answering| work(answering))
    }

    /// Does something that changes the engine.
    pub fn with_mut<R>(&mut self, work: impl for<'q> FnOnce(&mut Answering<'q>) -> R) -> R {
        self.kept.with_dependent_mut(|_, answering| work(answering))
    }
}

fn problem(diagnostic: &servanda_text::Diagnostic, sources: &Sources) -> Problem {
    let place = diagnostic.primary.as_ref().map(|label| {
        let (line, column) = sources.line_column(label.span);
        format!("{}:{line}:{column}", sources.get(label.span.source).name)
    });
    Problem {
        code: diagnostic.code.to_string(),
        message: diagnostic.message.clone(),
        place: place.unwrap_or_default(),
        help: diagnostic.help.first().cloned(),
    }
}
