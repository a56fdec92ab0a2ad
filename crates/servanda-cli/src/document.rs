//! Documents of the user's as text. What has to be parsed is parsed by another process.

use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};

use servanda_document::{Document, Limits, Media, Options};

use crate::world::{Ended, Kind, World};

/// Bytes of the line that a request begins with.
const HEADING_BYTES_MAX: usize = 64 << 10;

/// How documents are read here: within the usual limits, in the languages whose quantities are known.
pub fn options(encoding: Option<&str>) -> Options {
    Options {
        limits: Limits::default(),
        encoding: encoding.map(str::to_string),
        languages: servanda_mention::languages().into_iter().map(str::to_string).collect(),
    }
}

/// The name of a document: its file name without folders.
pub fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads a document. Plain text and Markdown are decoded here, everything else is read by a confined process, so that
/// nothing in a document can stop or bloat this one.
///
/// # Errors
/// A sentence without its subject, the document: `cannot be read: …`, `is encrypted: …`.
pub fn read(world: &dyn World, path: &Path, options: &Options) -> Result<Document, String> {
    let bytes = bytes(world, path, options)?;
    let name = name_of(path);
    let media = servanda_document::media_of(&name, &bytes).map_err(|e| e.to_string())?;
    if media.is_plain() {
        return servanda_document::read_with(&name, &bytes, options).map_err(|e| e.to_string());
    }
    let ended = world.contained(request(&name, &bytes, options)).map_err(|e| stopped(&e.to_string()))?;
    let (media, text) = match ended {
        Ended::Answered(answer) => answered(&answer)?,
        Ended::Stopped(why) => return Err(stopped(&why)),
    };
    servanda_document::document(&name, &bytes, media, text, options).map_err(|e| e.to_string())
}

/// The bytes of a file, and no more of them than are allowed.
fn bytes(world: &dyn World, path: &Path, options: &Options) -> Result<Vec<u8>, String> {
    match world.kind(path) {
        Some(Kind::File) => {}
        Some(Kind::Folder) => return Err("is a folder: name the documents in it".to_string()),
        None => return Err("is not there".to_string()),
    }
    let most = options.limits.input_bytes;
    let mut bytes = Vec::new();
    let mut file = world.open(path).map_err(|e| format!("cannot be read: {e}"))?;
    // One byte more than is allowed tells that there is more.
    Read::take(&mut file, most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("cannot be read: {e}"))?;
    if bytes.len() > most {
        return Err(format!("has too much in it: bytes of the file are limited to {most}"));
    }
    Ok(bytes)
}

fn stopped(why: &str) -> String {
    format!("cannot be read: the reader of this document stopped: {why}; nothing of it was used")
}

/// A line of JSON, and the bytes of the document.
fn request(name: &str, bytes: &[u8], options: &Options) -> Vec<u8> {
    let heading = json!({"name": name, "encoding": options.encoding});
    let mut request = format!("{heading}\n").into_bytes();
    request.extend_from_slice(bytes);
    request
}

/// The answer to a request: `{"media": …, "text": …}` or `{"error": …}`.
pub fn answer(request: &[u8]) -> Vec<u8> {
    let read = || -> Result<Value, String> {
        let end = request.iter().take(HEADING_BYTES_MAX).position(|&b| b == b'\n').ok_or("has no heading")?;
        let heading: Value = serde_json::from_slice(&request[..end]).map_err(|e| e.to_string())?;
        let options = options(heading["encoding"].as_str());
        let name = heading["name"].as_str().unwrap_or_default();
        let (media, text) =
            servanda_document::text_of(name, &request[end + 1..], &options).map_err(|e| e.to_string())?;
        Ok(json!({"media": media.word(), "text": text}))
    };
    read().unwrap_or_else(|why| json!({"error": why})).to_string().into_bytes()
}

/// Format and text of an answer.
fn answered(answer: &[u8]) -> Result<(Media, String), String> {
    let strange = || stopped("its answer makes no sense");
    let mut answer: Value = serde_json::from_slice(answer).map_err(|_| strange())?;
    if let Some(error) = answer["error"].as_str() {
        return Err(error.to_string());
    }
    let media = answer["media"].as_str().and_then(Media::of_word).ok_or_else(strange)?;
    match answer["text"].take() {
        Value::String(text) => Ok((media, text)),
        _ => Err(strange()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::fake::Fake;

    fn page(ended: Option<Ended>) -> Result<Document, String> {
        let mut fake = Fake::with("papers/berth.html", "<p>The berth<p hidden>No");
        fake.ended = ended;
        read(&fake, Path::new("papers/berth.html"), &options(None))
    }

    #[test]
    fn a_page_is_read_by_the_other_process() {
        let document = page(None).unwrap();
        assert_eq!((document.name.as_str(), document.text.as_str()), ("berth.html", "The berth\n"));
        assert_eq!(document.digest, servanda_document::full_digest(b"<p>The berth<p hidden>No"));
    }

    #[test]
    fn whatever_becomes_of_the_other_process_is_one_message() {
        for (ended, told) in [
            (
                Ended::Stopped("it took more than 30 seconds".into()),
                "stopped: it took more than 30 seconds; nothing",
            ),
            (Ended::Answered(Vec::new()), "makes no sense"),
            (Ended::Answered(b"{\"media\": \"html\"}".to_vec()), "makes no sense"),
            (Ended::Answered(b"{\"media\": \"html\", \"text\": \" \"}".to_vec()), "has no text"),
            (Ended::Answered(b"{\"error\": \"is encrypted\"}".to_vec()), "is encrypted"),
        ] {
            let error = page(Some(ended)).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn text_is_read_here() {
        let mut fake = Fake::with("berth.txt", "The berth");
        fake.ended = Some(Ended::Stopped("it was not needed".into()));
        assert_eq!(read(&fake, Path::new("berth.txt"), &options(None)).unwrap().text, "The berth");
        let error = read(&fake, Path::new("quay.txt"), &options(None)).unwrap_err();
        assert_eq!(error, "is not there");
    }
}
