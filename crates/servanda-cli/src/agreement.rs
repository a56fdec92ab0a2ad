//! An agreement from the user's files.

use std::path::{Path, PathBuf};

use servanda_model::Checked;
use servanda_program::Program;
use servanda_syntax::ast::File;
use servanda_text::{Severity, Sources, render_all};

use crate::context::{Context, Fault};
use crate::world::{Kind, Stream, World};

/// Most bytes of one file of an agreement.
const FILE_BYTES_MAX: usize = 16 << 20;

/// An agreement that was read and checked.
pub struct Agreement {
    /// Its texts.
    pub sources: Sources,
    /// What the check gave.
    pub checked: Checked,
}

impl Agreement {
    /// Reads and checks a file, or the `.deed` files of a folder. A folder `standard` beside the files, or
    /// beside their folder, holds templates that take the place of the library's.
    ///
    /// # Errors
    /// A path that leads nowhere, a folder without `.deed` files, a file that is not UTF-8.
    pub fn load(world: &dyn World, path: &Path) -> Result<Agreement, Fault> {
        let mut files = Vec::new();
        let mut overrides = Vec::new();
        for file in deed_files(world, path)? {
            files.push((own_name(&file), read_text(world, &file)?));
        }
        for folder in standard_folders(world, path) {
            let entries = world.read_folder(&folder).unwrap_or_default();
            for file in entries.into_iter().filter(|f| is_deed(f)) {
                let name = format!("standard/{}", file.file_name().unwrap_or_default().to_string_lossy());
                if !overrides.iter().any(|(n, _)| *n == name) {
                    overrides.push((name, read_text(world, &file)?));
                }
            }
        }
        files.extend(overrides);
        let mut sources = Sources::new();
        let checked = servanda_model::load(&mut sources, &files);
        Ok(Agreement { sources, checked })
    }

    /// Reads and checks an agreement that is going to be asked. One with errors cannot be: they are told on
    /// the error stream.
    ///
    /// # Errors
    /// As [`Agreement::load`], and an agreement with errors.
    pub fn usable(context: &mut Context<'_>, path: &Path) -> Result<Agreement, Fault> {
        let agreement = Agreement::load(context.world, path)?;
        if agreement.checked.program.is_none() {
            let drawing = context.drawing(Stream::Error);
            let errors: Vec<_> = agreement
                .checked
                .diagnostics
                .iter()
                .filter(|d| d.severity == Severity::Error)
                .cloned()
                .collect();
            write!(context.err, "{}", render_all(&errors, &agreement.sources, drawing))?;
            return Err(Fault::Agreement(format!(
                "the agreement `{}` has {}, and cannot be asked",
                path.display(),
                counted(errors.len(), "error")
            )));
        }
        Ok(agreement)
    }

    /// The trees of its texts, templates that it imports included.
    pub fn files(&self) -> Vec<File> {
        self.sources.iter().map(|(id, source)| servanda_syntax::parse(&source.text, id).file).collect()
    }

    /// The program.
    ///
    /// # Errors
    /// The check found errors.
    pub fn program(&self) -> Result<&Program, Fault> {
        self.checked.program.as_ref().ok_or_else(|| Fault::Agreement("the agreement has errors".to_string()))
    }
}

/// `1 error`, `2 errors`
pub fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The files of an agreement: the file itself, or the `.deed` files of a folder by name.
pub fn deed_files(world: &dyn World, path: &Path) -> Result<Vec<PathBuf>, Fault> {
    match world.kind(path) {
        None => Err(Fault::input(format!("`{}`: there is no such file or folder", path.display()))),
        Some(Kind::File) => Ok(vec![path.to_path_buf()]),
        Some(Kind::Folder) => {
            let mut files =
                world.read_folder(path).map_err(|e| Fault::input(format!("`{}`: {e}", path.display())))?;
            files.retain(|f| is_deed(f) && world.kind(f) == Some(Kind::File));
            files.sort();
            if files.is_empty() {
                return Err(Fault::input(format!(
                    "`{}`: there is no `.deed` file in the folder",
                    path.display()
                )));
            }
            Ok(files)
        }
    }
}

fn is_deed(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
    path.extension().is_some_and(|e| e == "deed") && !hidden
}

fn standard_folders(world: &dyn World, path: &Path) -> Vec<PathBuf> {
    let beside = |p: &Path| match p.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Some(PathBuf::from("standard")),
        Some(parent) => Some(parent.join("standard")),
        None => None,
    };
    let folders = match world.kind(path) {
        Some(Kind::Folder) => vec![Some(path.join("standard")), beside(path)],
        _ => vec![beside(path)],
    };
    folders
        .into_iter()
        .flatten()
        .filter(|f| world.kind(f) == Some(Kind::Folder) && f.as_path() != path)
        .collect()
}

/// What messages call a file. One that lies in a folder `standard` and is asked about itself is not a library.
fn own_name(path: &Path) -> String {
    let in_standard = path.parent().and_then(Path::file_name).is_some_and(|n| n == "standard");
    if in_standard {
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    } else {
        path.display().to_string()
    }
}

/// A file as text.
///
/// # Errors
/// A file that cannot be read, is too large, or is not UTF-8.
pub fn read_text(world: &dyn World, path: &Path) -> Result<String, Fault> {
    if world.kind(path) == Some(Kind::Folder) {
        return Err(Fault::input(format!("`{}` is a folder; a file is needed", path.display())));
    }
    let bytes = world.read_file(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Fault::input(format!("`{}`: there is no such file", path.display())),
        _ => Fault::input(format!("`{}`: {e}", path.display())),
    })?;
    if is_deed(path) && bytes.len() > FILE_BYTES_MAX {
        return Err(Fault::input(format!("`{}` has more than {FILE_BYTES_MAX} bytes", path.display())));
    }
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        Fault::input(format!(
            "`{}` is not UTF-8 text: byte {at} does not belong to any character",
            path.display()
        ))
    })
}
