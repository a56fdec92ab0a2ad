//! `servanda ask`: a question, or a file of them.

use std::io::BufRead;
use std::path::PathBuf;

use serde_json::{Map, Value};

use servanda_engine::{Answer, Dependence, Question};
use servanda_program::Program;
use servanda_report::{Detail, Style, Tongue};

use super::batch;
use super::locale::Locale;
use super::question::Flags;
use crate::agreement::Agreement;
use crate::citation;
use crate::context::{Context, Exit, Fault};
use crate::history::History;
use crate::world::Stream;

/// Most questions that are asked back.
const QUESTIONS_BACK_MAX: usize = 64;

#[derive(Debug, clap::Args)]
#[command(
    disable_version_flag = true,
    after_help = "Examples:\n  \
    servanda ask examples/microsoft-openai --may \"OpenAI host\" \\\n    \
    --with interface=api --with cloud=Google --as-of 2026-06-01\n  \
    servanda ask examples/steel-supply --events examples/steel-supply/log.jsonl --ends tooling\n  \
    servanda ask examples/steel-supply --batch examples/steel-supply/questions.jsonl\n\n\
    Exit code: 0 answered, 2 something could not be answered."
)]
pub struct Arguments {
    /// A `.deed` file, or a folder of them
    agreement: PathBuf,
    /// Questions, one JSON object a line (`-`: standard input); one line of answer for each
    #[arg(long, value_name = "FILE", group = "kind")]
    batch: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
    /// A folder with the documents, for the passages behind the answer
    #[arg(long, value_name = "DIR", conflicts_with = "batch")]
    sources: Option<PathBuf>,
    /// The answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub locale: Locale,
}

/// Runs the command.
///
/// # Errors
/// An agreement, a log or a question that cannot be used.
pub fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Exit, Fault> {
    let tongue = arguments.locale.tongue()?;
    if let Some(batch) = &arguments.batch {
        if arguments.flags.says_more() {
            return Err(Fault::input(
                "--batch takes everything but --as-of and --events from its lines: write it into each question",
            ));
        }
        let agreement = Agreement::usable(context, &arguments.agreement)?;
        let mut history = History::load(context.world, agreement.program()?, &arguments.flags.events)?;
        if let Some(day) = &arguments.flags.as_of {
            history.today = day
                .parse()
                .map_err(|_| Fault::input(format!("--as-of `{day}`: write a date such as 2026-06-01")))?;
        }
        return batch::run(batch, &history, context);
    }
    if !arguments.flags.asks() {
        return Err(Fault::input(
            "nothing is asked; give one of --may, --in-force, --ends, --value, --owes, --who, --batch",
        ));
    }
    let agreement = Agreement::usable(context, &arguments.agreement)?;
    let program = agreement.program()?;
    let history = History::load(context.world, program, &arguments.flags.events)?;
    let documents = citation::documents(context.world, program, arguments.sources.as_deref())?;
    tell_documents(context, &tongue, &documents)?;
    let mut json = arguments.flags.json()?;
    let (_, mut answer) = put(&history, &json)?;
    let person = context.world.is_terminal(Stream::Input) && context.world.is_terminal(Stream::Output);
    if person && !arguments.json {
        answer = settle(context, &tongue, &history, program, &mut json, answer)?;
    }
    if arguments.json {
        let line = servanda_wire::answer_json(program, &Value::Null, &answer);
        writeln!(context.out, "{line}")?;
    } else {
        let style = context.style(Stream::Output);
        let text =
            servanda_report::answer(&tongue, program, &answer, &documents.passages, style, Detail::Short);
        write!(context.out, "{text}")?;
    }
    Ok(Exit::Good)
}

/// Says on the error stream which documents are missing or changed.
pub fn tell_documents(
    context: &mut Context<'_>,
    tongue: &Tongue,
    documents: &citation::Documents,
) -> Result<(), Fault> {
    for (_, code, message) in &documents.faults {
        let with = [("code", code.to_string().into()), ("message", message.into())];
        writeln!(context.err, "{}", tongue.say("frame-warning", &with))?;
    }
    Ok(())
}

/// Puts a question that a person wrote as flags.
///
/// # Errors
/// A question that has no answer.
pub fn put(history: &History<'_>, json: &Map<String, Value>) -> Result<(Question, Answer), Fault> {
    for event in json.get("events").and_then(Value::as_array).into_iter().flatten() {
        history.reader.only_known_data(event)?;
    }
    let question = history.reader.question(&Value::Object(json.clone()), history.today).question?;
    let answer = history.engine.ask(&question)?;
    Ok((question, answer))
}

/// Asks back, one open question at a time and only those that matter, until the answer is settled or the
/// person has no more to say.
fn settle(
    context: &mut Context<'_>,
    tongue: &Tongue,
    history: &History<'_>,
    program: &Program,
    json: &mut Map<String, Value>,
    mut answer: Answer,
) -> Result<Answer, Fault> {
    let style = context.style(Stream::Output);
    let mut input = context.world.input();
    for _ in 0..QUESTIONS_BACK_MAX {
        let Some(open) = answer.depends_on.first() else { break };
        if open.answers.is_empty() {
            break;
        }
        let Some(word) = ask_back(context, tongue, program, open, input.as_mut(), style)? else { break };
        if let Some(Value::Object(assume)) = json.get_mut("assume") {
            assume.insert(program.opens[open.open.index()].name.clone(), word.into());
        }
        answer = put(history, json)?.1;
    }
    Ok(answer)
}

/// One question to the person; `None` where they leave it open.
fn ask_back(
    context: &mut Context<'_>,
    tongue: &Tongue,
    program: &Program,
    dependence: &Dependence,
    input: &mut dyn BufRead,
    style: Style,
) -> Result<Option<String>, Fault> {
    let open = &program.opens[dependence.open.index()];
    let name = style.open(&format!("{}:", tongue.name(&open.name)));
    writeln!(context.out, "{name} {}", tongue.name(&open.question))?;
    for (i, (word, outcome, value)) in dependence.answers.iter().enumerate() {
        let then = servanda_report::outcome_words(tongue, program, *outcome, value);
        let word = tongue.name(word);
        writeln!(context.out, "  {} {word}  {}", style.strong(&(i + 1).to_string()), style.faint(&then))?;
    }
    loop {
        write!(context.out, "{}", tongue.say("ask-prompt", &[]))?;
        context.out.flush()?;
        let mut line = String::new();
        let read = input.read_line(&mut line).map_err(|e| Fault::input(format!("standard input: {e}")))?;
        if read == 0 {
            writeln!(context.out)?;
            return Ok(None);
        }
        let line = line.trim();
        if line.is_empty() {
            return Ok(None);
        }
        let number = line.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let chosen = dependence
            .answers
            .iter()
            .find(|(word, ..)| word == line)
            .or_else(|| number.and_then(|n| dependence.answers.get(n)));
        match chosen {
            Some((word, ..)) => {
                writeln!(context.out)?;
                return Ok(Some(word.clone()));
            }
            None => {
                let said = tongue.say("ask-none-of-them", &[("word", line.into())]);
                writeln!(context.out, "{said}")?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::command;
    use crate::context::Context;
    use crate::world::fake::Fake;

    const TOWER: &str = r#"
agreement tower "A tower" zone UTC currency EUR language en
party Mast   party Radio
action transmit by Radio
  band : low | high
  power : weak | strong
reading until-year "Is the year after “until” included?"
  answer through takes a year to its end
  answer before takes a year to its start
  outside "an example"
version first "The lease" starts binding from 2026-01-01 outside "an example"
clause low-band
  Radio may transmit only where band is low
  until 2030
  outside "an example"
"#;

    fn asked(typed: &str, terminal: bool) -> String {
        let world = Fake { typed: typed.into(), terminal, ..Fake::with("/a/tower.deed", TOWER) };
        let line = ["servanda", "ask", "/a", "--may", "Radio transmit", "--as-of", "2030-07-01"];
        let arguments = command::Arguments::try_parse_from(line).unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        command::run(&arguments, &mut Context { world: &world, out: &mut out, err: &mut err }).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_person_is_asked_only_what_matters_until_it_is_settled() {
        let said = asked("through\nsideways\n2\n", true);
        assert_eq!(said.matches("leave it open with Enter").count(), 3, "{said}");
        assert!(
            said.contains("`sideways` is none of the answers") && !said.contains("transmit.power"),
            "{said}"
        );
        assert!(said.contains("\nforbidden\n"), "{said}");
    }

    #[test]
    fn what_a_person_leaves_open_stays_open() {
        assert!(asked("\n", true).contains("depends\n"));
        assert!(asked("", true).contains("depends\n"));
    }

    #[test]
    fn nobody_is_asked_where_nobody_sits() {
        assert!(asked("high\n", false).starts_with("depends\n"));
    }
}
