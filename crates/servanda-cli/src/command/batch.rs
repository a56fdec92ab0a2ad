//! `servanda ask --batch`: a line of answer for each line of question.

use std::io::{self, BufRead, Read};
use std::path::Path;

use serde_json::Value;

use servanda_engine::Error;
use servanda_wire::{Asked, LINE_BYTES_MAX, answer_json, error_json};

use crate::context::{Context, Exit, Fault};
use crate::history::History;
use crate::progress::Progress;
use crate::world::{Kind, Stream};

/// Answers every line, in order. Blank lines are passed over, lines that are no question give an error at their
/// place, and the others are answered all the same.
///
/// # Errors
/// A file that cannot be read, output that cannot be written.
pub fn run(path: &Path, history: &History<'_>, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let mut input = if path.as_os_str() == "-" {
        context.world.input()
    } else if context.world.kind(path) == Some(Kind::Folder) {
        return Err(Fault::input(format!("`{}` is a folder; a file of questions is needed", path.display())));
    } else {
        context.world.open(path).map_err(|e| Fault::input(format!("`{}`: {e}", path.display())))?
    };
    let person = context.world.is_terminal(Stream::Error) && !context.world.is_terminal(Stream::Output);
    let template = "{spinner} {pos} questions answered, {per_sec}";
    let mut progress = Progress::new(context.world, person, None, template);
    let mut exit = Exit::Good;
    let mut answered = 0u64;
    while let Some(line) =
        read_line(input.as_mut()).map_err(|e| Fault::input(format!("`{}`: {e}", path.display())))?
    {
        let asked = match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => history.reader.question_line(&line, history.today),
            Err(error) => Asked { id: Value::Null, question: Err(error) },
        };
        let answer = asked.question.and_then(|q| history.engine.ask(&q));
        let told = match &answer {
            Ok(answer) => answer_json(history.reader.program(), &asked.id, answer),
            Err(error) => {
                exit = Exit::Unusable;
                error_json(&asked.id, error)
            }
        };
        writeln!(context.out, "{told}")?;
        // Whoever asks line by line gets the answer before the next question.
        context.out.flush()?;
        answered += 1;
        progress.at(context.world, answered);
    }
    Ok(exit)
}

/// The next line without its end; `None` after the last. A line that is too long or not UTF-8 is an error in its
/// place, and is not kept in memory.
fn read_line(input: &mut dyn BufRead) -> io::Result<Option<Result<String, Error>>> {
    let mut bytes = Vec::new();
    let limit = LINE_BYTES_MAX as u64 + 1;
    if Read::take(&mut *input, limit).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() as u64 == limit && bytes.last() != Some(&b'\n') {
        skip_line(input)?;
        return Ok(Some(Err(Error::new(
            "line-too-long",
            format!("the line has more than {LINE_BYTES_MAX} bytes"),
        ))));
    }
    Ok(Some(String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        Error::new(
            "not-utf-8",
            format!("the line is not UTF-8 text: byte {at} does not belong to any character"),
        )
    })))
}

fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|&b| b == b'\n') {
            Some(end) => {
                input.consume(end + 1);
                return Ok(());
            }
            None => {
                let all = buffer.len();
                input.consume(all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_or_not_text_takes_one_place() {
        let mut bytes = b"one\n".to_vec();
        bytes.extend(vec![b'x'; 3 * LINE_BYTES_MAX]);
        bytes.extend(b"\n\xff\xfe\n\nlast");
        let mut input = io::BufReader::new(&bytes[..]);
        let mut lines = Vec::new();
        while let Some(line) = read_line(&mut input).unwrap() {
            lines.push(line.map(|l| l.trim_end().to_string()).map_err(|e| e.code));
        }
        assert_eq!(
            lines,
            [Ok("one".into()), Err("line-too-long"), Err("not-utf-8"), Ok(String::new()), Ok("last".into())]
        );
    }
}
