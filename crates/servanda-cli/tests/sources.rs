//! `servanda sources` through the binary: good documents, hostile ones, and both together.

#![allow(clippy::disallowed_methods, reason = "tests write files, start processes and look at the clock")]

mod common;

use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use common::{said, servanda};
use serde_json::Value;
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

fn folder(files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn sources(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    said(servanda().arg("sources").args(arguments).current_dir(folder))
}

const BODY: &str =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

/// A document with one main part.
fn docx(main: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(main).unwrap();
    writer.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> Vec<u8> {
    let main = format!("{BODY}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    docx(main.as_bytes())
}

/// A PDF of one page; `extra` goes into the dictionary of the page, `dict` into that of its content.
fn pdf(extra: &str, dict: &str, content: &[u8]) -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>";
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F {font} >> >> /Contents 4 0 R {extra} >>"
    );
    let mut stream = format!("<< {dict} /Length {} >>\nstream\n", content.len()).into_bytes();
    stream.extend_from_slice(content);
    stream.extend_from_slice(b"\nendstream");
    let objects: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page.as_bytes(),
        &stream,
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n0 5\n0000000000 65535 f \n");
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend_from_slice(format!("{} 0 obj\n", n + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    file.extend_from_slice(table.as_bytes());
    file.extend_from_slice(
        format!("trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    file
}

/// An archive that is written by hand: entries that are stored, all with the same bytes at the same place.
fn shared_archive(names: &[&str], flags: u16) -> Vec<u8> {
    let data = b"<x/>";
    let crc: u32 = 0x5e0b_3f3c;
    let mut file = Vec::new();
    let head = |file: &mut Vec<u8>, name: &str| {
        file.extend(20u16.to_le_bytes());
        file.extend(flags.to_le_bytes());
        file.extend([0; 6]);
        file.extend(crc.to_le_bytes());
        file.extend((data.len() as u32).to_le_bytes());
        file.extend((data.len() as u32).to_le_bytes());
        file.extend((name.len() as u16).to_le_bytes());
        file.extend(0u16.to_le_bytes());
    };
    file.extend(b"PK\x03\x04");
    head(&mut file, names[0]);
    file.extend(names[0].as_bytes());
    file.extend(data);
    let directory = file.len();
    for name in names {
        file.extend(b"PK\x01\x02");
        file.extend(20u16.to_le_bytes());
        head(&mut file, name);
        file.extend([0; 14]);
        file.extend(name.as_bytes());
    }
    let length = file.len() - directory;
    file.extend(b"PK\x05\x06");
    file.extend([0; 4]);
    file.extend((names.len() as u16).to_le_bytes());
    file.extend((names.len() as u16).to_le_bytes());
    file.extend((length as u32).to_le_bytes());
    file.extend((directory as u32).to_le_bytes());
    file.extend(0u16.to_le_bytes());
    file
}

/// Bytes without any sense, the same in each run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1du64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    })
    .take(length)
    .collect()
}

#[test]
fn text_is_printed_as_it_is_and_markup_as_it_shows() {
    let folder = folder(&[
        ("lease.txt", b"\xef\xbb\xbfThe fee\r\ne\xcc\x81 12%".to_vec()),
        ("lease.md", b"# The *fee*\n".to_vec()),
        ("lease.html", b"<h1>The fee</h1><p>is &euro;&nbsp;5<p hidden>no".to_vec()),
        ("lease.docx", paragraph("The fee")),
        ("lease.pdf", pdf("", "", b"BT /F 10 Tf 1 1 Td (The fee) Tj ET")),
    ]);
    for (file, text) in [
        ("lease.txt", "The fee\r\ne\u{301} 12%"),
        ("lease.md", "# The *fee*\n"),
        ("lease.html", "The fee\n\nis €\u{a0}5\n"),
        ("lease.docx", "The fee\n"),
        ("lease.pdf", "The fee\n"),
    ] {
        assert_eq!(sources(folder.path(), &["text", file]), (0, text.to_string(), String::new()), "{file}");
    }
    let (code, out, err) = sources(folder.path(), &["text", "--json", "lease.txt", "lease.docx"]);
    assert_eq!(code, 0, "{err}");
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines[1]["document"], "lease.docx");
    assert_eq!(lines[1]["media"], "docx");
    assert_eq!(lines[0]["text"], "The fee\r\ne\u{301} 12%");
    assert_eq!(lines[0]["passages"][0]["end"], 15);
    for digest in ["digest", "text_digest"] {
        assert_eq!(lines[0][digest].as_str().unwrap().len(), "sha256:".len() + 64);
    }
    assert_ne!(lines[0]["digest"], lines[0]["text_digest"], "the mark is in the file and not in the text");
}

#[test]
fn other_encodings_are_suggested_and_read_where_they_are_named() {
    let folder = folder(&[("lease.txt", b"le prix est \xe9lev\xe9 cette ann\xe9e".to_vec())]);
    let (code, out, err) = sources(folder.path(), &["text", "lease.txt"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("byte 12") && err.contains("--encoding windows-1252"), "{err}");
    let (code, out, _) = sources(folder.path(), &["text", "lease.txt", "--encoding", "windows-1252"]);
    assert_eq!((code, out.as_str()), (0, "le prix est élevé cette année"));
    let (code, _, err) = sources(folder.path(), &["text", "lease.txt", "--encoding", "nonsense"]);
    assert!(code == 2 && err.contains("`nonsense`"), "{err}");
}

#[test]
fn mentions_have_the_fixed_shape_and_places_in_the_printed_text() {
    let text = "The harbour company pays a share of the costs, which is 12% of the rent.\n\n\
        شرکت بندرگاه سهم خود را از هزینه‌ها می‌پردازد که ۱۲٪ از اجاره است.\n";
    let folder = folder(&[
        ("lease.txt", text.into()),
        ("page.html", format!("<p>{}", text.replace("\n\n", "<p>")).into()),
    ]);
    let (code, out, err) = sources(folder.path(), &["scan", "lease.txt", "page.html", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let line = "{\"document\":\"lease.txt\",\"start\":56,\"end\":59,\"text\":\"12%\",\"lang\":\"en\",\"kind\":\"percent\",\
        \"value\":\"12\",\"unit\":\"percent\"}";
    assert_eq!(out.lines().next(), Some(line), "{out}");
    let chars: Vec<char> = text.chars().collect();
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|l| l["lang"].as_str().unwrap()).collect::<Vec<_>>(),
        ["en", "fa", "en", "fa"]
    );
    for line in &lines {
        let place = |m: &str| line[m].as_u64().unwrap() as usize;
        assert_eq!(
            chars[place("start")..place("end")].iter().collect::<String>(),
            line["text"].as_str().unwrap()
        );
    }
    let (_, table, _) = sources(folder.path(), &["scan", "lease.txt"]);
    assert!(table.starts_with("place") && table.contains("56..59"), "{table}");
    assert!(table.contains("\u{2067}۱۲"), "{table}");
}

#[test]
fn the_language_is_that_of_the_tag_or_found_or_told_to_be_unknown() {
    let russian =
        "Компания порта продлила договор аренды причала, доля расходов составляет 12% арендной платы.\n";
    let folder = folder(&[("lease.txt", russian.into())]);
    let (code, out, err) = sources(folder.path(), &["scan", "lease.txt", "--json"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("lease.txt") && err.contains("--lang"), "{err}");
    let (code, out, err) = sources(folder.path(), &["scan", "lease.txt", "--json", "--lang", "en"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("\"text\":\"12%\""), "{out}");
    let (code, _, err) = sources(folder.path(), &["scan", "lease.txt", "--lang", "tlh"]);
    assert!(code == 2 && err.contains("`tlh`"), "{err}");
}

#[test]
fn hostile_documents_are_refused_one_by_one_and_the_others_are_read() {
    let deep = |open: &str| open.repeat(100_000).into_bytes();
    let bomb = |length: usize| {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let blanks = vec![b' '; 1 << 20];
        (0..length).for_each(|_| packer.write_all(&blanks).unwrap());
        packer.finish().unwrap()
    };
    let mut xml = BODY.as_bytes().to_vec();
    xml.extend(deep("<w:p>"));
    let entities =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>";
    let good = pdf("", "", b"BT /F 10 Tf 1 1 Td (The fee) Tj ET");
    let cut = good[..good.len() - 200].to_vec();
    let hostile: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bomb.docx", docx(&vec![b' '; 8 << 20]), "times its packed size"),
        ("overlap.docx", shared_archive(&["word/document.xml", "word/footnotes.xml"], 0), "overlap"),
        ("deep.docx", docx(&xml), "elements inside each other"),
        ("entities.docx", docx(entities.as_bytes()), "document type"),
        ("locked.docx", shared_archive(&["word/document.xml"], 1), "encrypted"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on".to_vec(), "password"),
        ("workbook.docx", shared_archive(&["xl/workbook.xml"], 0), "spreadsheet"),
        ("deep.html", deep("<div>"), "elements inside each other"),
        (
            "table.html",
            format!("<tr><td>{0}<td>{0}", "a".repeat(50)).repeat(82_000).into_bytes(),
            "limited to",
        ),
        ("deep.pdf", pdf(&format!("/X {}", "[".repeat(100_000)), "", b"BT /F 10 Tf (x) Tj ET"), "PDF"),
        ("bomb.pdf", pdf("", "/Filter /FlateDecode", &bomb(130)), "unpacked bytes"),
        ("cut.pdf", cut, "cut off"),
        ("locked.pdf", b"%PDF-1.7\n1 0 obj\n<< /Encrypt 1 0 R >>".to_vec(), "PDF"),
        ("named.pdf", b"PK\x03\x04".to_vec(), "named as PDF"),
        ("named.txt", good.clone(), "named as plain text"),
        ("noise.txt", noise(10_000), "not text"),
        ("noise.html", noise(10_000), "not text"),
        ("noise.pdf", noise(10_000), "named as PDF"),
        ("noise.docx", noise(10_000), "named as DOCX"),
        ("archive.docx", [b"PK\x03\x04".to_vec(), noise(10_000)].concat(), "damaged DOCX"),
        ("objects.pdf", [b"%PDF-1.7\n".to_vec(), noise(10_000)].concat(), "damaged PDF"),
        ("empty.txt", Vec::new(), "has no text"),
        ("empty.pdf", Vec::new(), "has no text"),
        ("blank.html", b"<p> &#10; </p>".to_vec(), "has no text"),
    ];
    let files: Vec<(&str, Vec<u8>)> = hostile
        .iter()
        .map(|(name, bytes, _)| (*name, bytes.clone()))
        .chain([("a.txt", b"The fee".to_vec()), ("z.docx", paragraph("The quay")), ("z.pdf", good)])
        .collect();
    let folder = folder(&files);
    let names: Vec<&str> = std::iter::once("a.txt")
        .chain(hostile.iter().map(|(name, ..)| *name))
        .chain(["z.docx", "z.pdf"])
        .collect();
    let begun = Instant::now();
    let (code, out, err) = sources(folder.path(), &[&["text", "--json"], &names[..]].concat());
    let took = begun.elapsed();
    assert_eq!(code, 2);
    let read: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let read: Vec<&str> = read.iter().map(|d| d["document"].as_str().unwrap()).collect();
    assert_eq!(read, ["a.txt", "z.docx", "z.pdf"], "{err}");
    for (name, _, told) in &hostile {
        let lines: Vec<&str> = err.lines().filter(|l| l.contains(&format!("`{name}`"))).collect();
        assert!(lines.len() == 1 && lines[0].contains(told), "{name}: {lines:?}");
    }
    assert_eq!(err.lines().count(), hostile.len(), "{err}");
    // Each may take the time of one reader at most; together they take far less.
    assert!(took < Duration::from_secs(120), "{took:?}");
    let (code, out, err) = sources(folder.path(), &["scan", "--json", "deep.html", "a.txt", "cut.pdf"]);
    assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 2), "{err}");
}

/// The reader gives up memory, time and files before it reads a byte.
#[cfg(target_os = "linux")]
#[test]
fn the_reader_is_confined_before_it_reads() {
    use std::process::{Command, Stdio};

    let mut reader = Command::new(assert_cmd::cargo::cargo_bin("servanda"))
        .arg("document-reader")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", reader.id());
    let begun = Instant::now();
    let confined = |text: &str| {
        [
            "Max address space 1073741824 1073741824",
            "Max cpu time 20 21",
            "Max core file size 0 0",
            "Max file size 0 0",
        ]
        .iter()
        .all(|line| {
            text.lines().any(|l| l.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(line))
        })
    };
    let mut last = String::new();
    while begun.elapsed() < Duration::from_secs(20) && !confined(&last) {
        std::thread::sleep(Duration::from_millis(5));
        last = std::fs::read_to_string(&limits).unwrap();
    }
    assert!(confined(&last), "{last}");
    let mut input = reader.stdin.take().unwrap();
    input.write_all(b"{\"name\": \"page.html\"}\n<p>The fee").unwrap();
    drop(input);
    let output = reader.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "{\"media\":\"html\",\"text\":\"The fee\\n\"}");
}

#[test]
fn the_reader_is_not_in_the_help() {
    let (_, out, _) = said(servanda().arg("--help"));
    assert!(out.contains("sources") && !out.contains("document-reader"), "{out}");
    for what in ["text", "scan"] {
        let (code, out, _) = said(servanda().args(["sources", what, "--help"]));
        assert!(code == 0 && out.contains("Example"), "{out}");
    }
}

#[test]
fn the_terms_of_a_contract_are_proposed_with_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lease.txt");
    std::fs::write(
        &path,
        "This Lease is made as of March 3, 2021.\n\nThe term of this Lease is five (5) years.\n\n\
         This Lease is governed by the laws of the State of Ohio.\n",
    )
    .unwrap();
    let output = assert_cmd::Command::cargo_bin("servanda")
        .unwrap()
        .args(["sources", "terms", "--json"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let says = |term: &str, key: &str| {
        lines.iter().find(|l| l["term"] == term).map(|l| l[key].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(says("agreement-date", "day").as_deref(), Some("2021-03-03"));
    assert_eq!(says("expiration-date", "day").as_deref(), Some("2026-03-03"));
    assert_eq!(says("governing-law", "place").as_deref(), Some("Ohio"));

    let unknown = assert_cmd::Command::cargo_bin("servanda")
        .unwrap()
        .args(["sources", "terms", "--lang", "tlh"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("`tlh`"));
}
