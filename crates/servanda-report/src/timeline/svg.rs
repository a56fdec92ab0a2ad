//! Timelines as a picture: SVG 1.1 without scripts, that needs nothing else.
//!
//! Labels stand above their bars, one below the other, so that none can lie on another. Time goes from left to right in
//! every language; labels stand at the side where reading begins.

use std::fmt::Write as _;

use servanda_engine::{ClauseKind, Row, Timeline};
use servanda_program::Program;
use servanda_quantity::Day;

use super::scale::Scale;
use super::{Look, bars, called, duty_message, governed};
use crate::Tongue;

const MARGIN: f64 = 12.0;
const LABEL: f64 = 15.0;
const BAR: f64 = 12.0;
const ROW: f64 = LABEL + BAR + 14.0;
const VERSION_ROW: f64 = LABEL + 12.0;
/// The narrowest picture.
const WIDTH_MIN: u32 = 320;
/// Most records that are listed below the picture.
const RECORDS_MAX: usize = 60;

const STYLE: &str = "\
svg{font-family:system-ui,'Noto Sans',sans-serif;font-size:13px;background:#fff;color:#1b1b1f}\
text{fill:#1b1b1f}.soft{fill:#5c5c66}.grid{stroke:#d7d7de;stroke-width:1}.today{stroke:#b3261e;stroke-width:1.5}\
.version{fill:#c9d7f2}.clause,.soft{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}.open{fill:url(#stripes)}.resting{fill:#9aa7bd}\
.over{fill:#e3e3e9}.non-binding{fill:url(#dots)}.fault{fill:#b3261e}.open-due{fill:#c77700}.done{fill:#2e7d32}.missed{fill:#b3261e}\
.event{stroke:#7a7a86;stroke-opacity:.45;stroke-width:1;stroke-dasharray:2 4}\
@media(prefers-color-scheme:dark){svg{background:#16161a}text{fill:#ececf1}.soft{fill:#a6a6b2}.grid{stroke:#34343d}\
.clause,.soft{stroke:#16161a}.version{fill:#2c3a57}.over{fill:#2c2c34}.resting{fill:#5d6a80}}";

/// Text in XML, without the characters that XML cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c < ' ' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// What a clause does, most of all, with its colour on a bright and on a dark page: those of Okabe and Ito (2008), which
/// people who see colours differently tell apart.
const KINDS: [(ClauseKind, &str, &str, &str); 5] = [
    (ClauseKind::Restriction, "timeline-kind-restriction", "#b8460b", "#f08a4b"),
    (ClauseKind::Right, "timeline-kind-right", "#0064a8", "#62b1ea"),
    (ClauseKind::Duty, "timeline-kind-duty", "#00805f", "#3cc79f"),
    (ClauseKind::Power, "timeline-kind-power", "#9a4a7d", "#d99ac0"),
    (ClauseKind::Other, "timeline-kind-other", "#5b6472", "#a3acba"),
];

fn kind(row: &Row) -> ClauseKind {
    KINDS.iter().map(|k| k.0).find(|k| row.kinds.contains(k)).unwrap_or(ClauseKind::Other)
}

/// The classes of bars of each kind, and the colours that fade.
fn kinds() -> (String, String) {
    let (mut bright, mut dark, mut defs) = (String::new(), String::new(), String::new());
    for (kind, _, light, lit) in KINDS {
        let name = kind.word();
        let _ = write!(
            bright,
            ".firm.{name}{{fill:{light}}}.fading.{name}{{fill:url(#fade-{name})}}.{name}{{color:{light}}}"
        );
        let _ = write!(dark, ".firm.{name}{{fill:{lit}}}.s-{name}{{stop-color:{lit}}}");
        let _ = write!(
            defs,
            "<linearGradient id=\"fade-{name}\"><stop offset=\"0\" class=\"s-{name}\" stop-color=\"{light}\"/>\
             <stop offset=\"1\" class=\"s-{name}\" stop-color=\"{light}\" stop-opacity=\".15\"/></linearGradient>"
        );
    }
    (format!("{bright}@media(prefers-color-scheme:dark){{{dark}}}"), defs)
}

fn class(look: Look) -> &'static str {
    match look {
        Look::Nothing => "nothing",
        Look::Over => "over",
        Look::NonBinding => "non-binding",
        Look::Resting => "resting",
        Look::Open => "open",
        Look::Fading => "fading",
        Look::Firm => "firm",
        Look::Fault => "fault",
    }
}

/// A picture being drawn, from above to below.
struct Picture<'a> {
    tongue: &'a Tongue,
    width: f64,
    y: f64,
    out: String,
}

impl Picture<'_> {
    /// A line of words at the side where reading begins, cut to what fits.
    fn label(&mut self, words: &str, class: &str) {
        let room = ((self.width - 2.0 * MARGIN) / 7.2) as usize;
        let mut shown: String = words.chars().take(room).collect();
        if shown.len() < words.len() {
            shown.pop();
            shown.push('…');
        }
        let right = self.tongue.is_right_to_left();
        let x = if right { self.width - MARGIN } else { MARGIN };
        // The direction of the text says on which side it starts.
        let direction = if right { " direction=\"rtl\"" } else { "" };
        self.y += LABEL;
        let (y, shown) = (self.y, escaped(&shown));
        let _ = writeln!(self.out, "<text x=\"{x}\" y=\"{y}\" class=\"{class}\"{direction}>{shown}</text>");
    }

    fn bar(&mut self, scale: &Scale, (from, until): (Day, Day), height: f64, class: &str, told: &str) {
        let (x, end) = (MARGIN + scale.at(from), MARGIN + scale.at(until));
        let (y, width, told) = (self.y + 4.0, (end - x).max(1.0), escaped(told));
        let _ = writeln!(
            self.out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height}\" class=\"{class}\" rx=\"2\">\
             <title>{told}</title></rect>"
        );
    }
}

/// The timeline as SVG, so many units wide. On a phone it is best drawn 360 wide, on a page 720.
pub fn timeline_svg(tongue: &Tongue, program: &Program, timeline: &Timeline, width: u32) -> String {
    let width = f64::from(width.max(WIDTH_MIN));
    let scale = Scale { from: timeline.from, until: timeline.until, length: width - 2.0 * MARGIN };
    let mut p = Picture { tongue, width, y: MARGIN, out: String::new() };
    p.label(&program.title, "title");
    let window = format!("{} – {}", tongue.day(timeline.from), tongue.day(Day(timeline.until.0 - 1)));
    p.label(&window, "soft");
    p.y += 26.0;
    let top = p.y;
    for version in &timeline.versions {
        let v = &program.versions[version.version.index()];
        p.label(&v.name, "soft");
        for days in governed(timeline, version.version) {
            p.bar(&scale, days, 6.0, "version", &told(tongue, &v.name, days));
        }
        p.y += VERSION_ROW - LABEL;
    }
    p.y += 8.0;
    for row in &timeline.rows {
        let (name, title) = called(program, tongue, row);
        let shown = title.map_or_else(|| name.clone(), |t| format!("{name} · {t}"));
        p.label(&shown, "clause");
        for bar in bars(row, timeline) {
            let days = (bar.from, bar.until);
            let state = tongue.say(bar.look.message(), &[]);
            let class = format!("{} {}", class(bar.look), kind(row).word());
            p.bar(&scale, days, BAR, &class, &format!("{state}: {}", told(tongue, &name, days)));
        }
        for due in row.dues.iter().filter(|d| (timeline.from..timeline.until).contains(&d.due)) {
            let message = duty_message(due.state);
            let (x, y) = (MARGIN + scale.at(due.due), p.y + 4.0 + BAR / 2.0);
            let class = match message {
                "timeline-due-done" => "done",
                "timeline-due-missed" => "missed",
                _ => "open-due",
            };
            let party = &program.parties[due.party.index()].name;
            let words =
                format!("{party}: {} · {} · {}", due.what, tongue.day(due.due), tongue.say(message, &[]));
            let _ = writeln!(
                p.out,
                "<path d=\"M{x:.1} {:.1}l5 6l-5 6l-5 -6z\" class=\"{class}\"><title>{}</title></path>",
                y - 6.0,
                escaped(&words)
            );
        }
        p.y += ROW - LABEL;
    }
    let bottom = p.y;
    let mut grid = String::new();
    for (day, year) in scale.years(56.0) {
        let x = MARGIN + scale.at(day);
        let _ =
            writeln!(grid, "<line x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\" class=\"grid\"/>");
        let (y, middle) = (top - 6.0, x.clamp(MARGIN + 16.0, width - MARGIN - 16.0));
        let year = tongue.year(year);
        let _ = writeln!(
            grid,
            "<text x=\"{middle:.1}\" y=\"{y}\" text-anchor=\"middle\" class=\"soft\">{year}</text>"
        );
    }
    for (i, record) in timeline.records.iter().take(RECORDS_MAX).enumerate() {
        let x = MARGIN + scale.at(record.day);
        let name = &program.events[record.event.index()].name;
        let _ = writeln!(
            grid,
            "<line x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\" class=\"event\"><title>{}. {} · {}</title></line>",
            i + 1,
            escaped(name),
            record.day
        );
    }
    if (timeline.from..timeline.until).contains(&timeline.as_of) {
        let x = MARGIN + scale.at(timeline.as_of);
        let told = escaped(&tongue.day(timeline.as_of));
        let _ = writeln!(
            grid,
            "<line x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\" class=\"today\"><title>{told}</title></line>"
        );
    }
    legend(&mut p, timeline);
    events(&mut p, program, timeline);
    let height = p.y + MARGIN;
    let (name, body) = (escaped(&program.title), p.out);
    let (kind_style, kind_defs) = kinds();
    let described = escaped(&format!("{} {window}", tongue.say("timeline-described", &[])));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"100%\" \
         role=\"img\" aria-labelledby=\"name what\">\n<title id=\"name\">{name}</title>\n<desc id=\"what\">{described}</desc>\n\
         <style>{STYLE}{kind_style}</style>\n<defs>{kind_defs}\
         <pattern id=\"stripes\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#f2d8a7\"/><rect width=\"3\" height=\"6\" fill=\"#c77700\"/></pattern>\
         <pattern id=\"dots\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><circle cx=\"2\" cy=\"2\" r=\"1.2\" fill=\"#7a7a86\"/></pattern>\
         </defs>\n{grid}{body}</svg>\n"
    )
}

fn told(tongue: &Tongue, name: &str, (from, until): (Day, Day)) -> String {
    format!("{name} · {} – {}", tongue.day(from), tongue.day(Day(until.0 - 1)))
}

/// What the looks mean that the picture uses.
fn legend(p: &mut Picture<'_>, timeline: &Timeline) {
    let used: Vec<Look> = timeline.rows.iter().flat_map(|r| bars(r, timeline)).map(|b| b.look).collect();
    p.y += 6.0;
    let kinds = KINDS.iter().filter(|k| timeline.rows.iter().any(|r| kind(r) == k.0));
    let kinds = kinds.map(|k| (format!("firm {}", k.0.word()), k.1));
    let looks = Look::TOLD.into_iter().filter(|l| *l != Look::Firm && used.contains(l));
    let looks = looks.map(|l| (format!("{} other", class(l)), l.message()));
    for (class, message) in kinds.chain(looks).collect::<Vec<_>>() {
        let words = p.tongue.say(message, &[]);
        let right = p.tongue.is_right_to_left();
        let (box_x, text_x) =
            if right { (p.width - MARGIN - 24.0, p.width - MARGIN - 32.0) } else { (MARGIN, MARGIN + 32.0) };
        let direction = if right { " direction=\"rtl\"" } else { "" };
        p.y += LABEL + 4.0;
        let (y, words) = (p.y, escaped(&words));
        let _ = writeln!(
            p.out,
            "<rect x=\"{box_x}\" y=\"{:.1}\" width=\"24\" height=\"{BAR}\" class=\"{class}\" rx=\"2\"/>\
             <text x=\"{text_x}\" y=\"{y}\" class=\"soft\"{direction}>{words}</text>",
            y - BAR + 1.0
        );
    }
}

/// The records that the dashed lines stand for.
fn events(p: &mut Picture<'_>, program: &Program, timeline: &Timeline) {
    if timeline.records.is_empty() {
        return;
    }
    p.y += 10.0;
    for (i, record) in timeline.records.iter().take(RECORDS_MAX).enumerate() {
        let by = record.by.map_or_else(String::new, |b| format!(" · {}", program.parties[b.index()].name));
        let name = &program.events[record.event.index()].name;
        let day = p.tongue.day(record.day);
        p.label(&format!("{}. {day} · {name}{by}", i + 1), "soft");
        p.y += 3.0;
    }
    if timeline.records.len() > RECORDS_MAX {
        p.label(&format!("… +{}", timeline.records.len() - RECORDS_MAX), "soft");
    }
}
