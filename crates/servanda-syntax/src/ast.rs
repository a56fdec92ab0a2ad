//! The tree of meaning-bearing parts: what a file says, without blanks, comments and punctuation.
//!
//! Plain owned data. Equality ignores places, so that `parse(print(tree)) == tree` can be asked.
//! `docs/language.md` gives the grammar; each type here names its rule.

use std::hash::{Hash, Hasher};

use servanda_quantity::{Convention, Day, DayCount, Duration, MonthEndRule, Number, Rounding, Stub};
use servanda_text::Span;

/// A place that takes no part in equality.
#[derive(Debug, Clone, Copy)]
pub struct At(pub Span);

impl PartialEq for At {
    fn eq(&self, _: &At) -> bool {
        true
    }
}

impl Eq for At {}

impl Hash for At {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A name: `api-exclusivity`, `` `until` `` (without its backticks), `003`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    /// The characters, in Unicode normal form C.
    pub text: String,
    /// The place.
    pub at: At,
}

impl Name {
    /// The place as a span.
    pub fn span(&self) -> Span {
        self.at.0
    }
}

/// Names joined by dots: `azure-commitment.remaining`. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The names, at least one.
    pub parts: Vec<Name>,
    /// The place of the whole.
    pub at: At,
}

impl Path {
    /// The path as it is written.
    pub fn text(&self) -> String {
        self.parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(".")
    }

    /// The place as a span.
    pub fn span(&self) -> Span {
        self.at.0
    }

    /// The only name of a path without dots.
    pub fn single(&self) -> Option<&Name> {
        if let [name] = &self.parts[..] { Some(name) } else { None }
    }
}

/// A text between quotation marks, unescaped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    /// The characters.
    pub value: String,
    /// The place, quotation marks included.
    pub at: At,
}

/// A file: its declarations in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// The declarations. Clauses and changes belong to the nearest version above them.
    pub items: Vec<Item>,
}

/// A declaration with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is declared.
    pub kind: ItemKind,
    /// The place of the whole declaration.
    pub at: At,
}

/// Rule `decl`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemKind {
    /// `agreement steel-supply "…" zone Europe/Oslo currency EUR language en`
    Agreement(Agreement),
    /// `import standard.first-refusal`
    Import(Path),
    /// `party Panel "the independent expert panel"`
    Party(Party),
    /// `role Buyer is Halden`
    Role(Role),
    /// `source 003 file "003_….txt" language it`
    Source(SourceDecl),
    /// `unit tonne`
    Unit(Name, Option<Text>),
    /// `calendar oslo weekend Saturday, Sunday holiday 2026-05-01 through 2026-12-31`
    Calendar(CalendarDecl),
    /// `schedule payday every 1 month from 2026-01-31 month-end end-of-month`
    Schedule(ScheduleDecl),
    /// `kind Product interface : api | other`
    Kind(Kind),
    /// `action host by OpenAI cloud : Azure | Google`
    Action(Action),
    /// `event agi-declared by OpenAI`
    Event(Event),
    /// `reading until-year "…" answer through …`
    Reading(Reading),
    /// `question guardrails-met "…" : yes-no`
    Question(Question),
    /// `fact invested.2019 is USD 1 billion`
    Fact(Fact),
    /// `undisclosed insurance, audit-rights`: topics of which nobody has said what is agreed
    Undisclosed(Undisclosed),
    /// `law regulatory-approval …`: a clause of every version
    Law(Clause),
    /// `version v2019 "…" starts binding from 2019-07-22`
    Version(Version),
    /// `version signed continued`: what follows belongs to that version, which another place declares
    Continued(Name),
    /// `clause api-exclusivity …`
    Clause(Clause),
    /// `change api-exclusivity until agi-verified`
    Change(Change),
    /// `template first-refusal-right takes holder : party …`
    Template(Template),
    /// `test "…" on 2026-06-01 expect …`
    Test(Test),
}

/// Rule `agreement`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// The IANA time zone in which instants become days.
    pub zone: Option<Name>,
    /// The ISO 4217 code of the currency that is meant where none is written.
    pub currency: Option<Name>,
    /// The BCP 47 tag of its titles.
    pub language: Option<Name>,
}

/// Rule `title`: a title in a further language, `in it "La licenza"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// BCP 47 tag.
    pub language: Name,
    /// The title.
    pub text: Text,
}

/// Rule `party`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: Name,
    /// Who it is.
    pub title: Option<Text>,
    /// The same in further languages.
    pub titles: Vec<Title>,
    /// `stands for anyone else`
    pub anyone_else: bool,
}

/// Rule `role`: a name for one or several parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: Name,
    /// What it means.
    pub title: Option<Text>,
    /// The parties in it.
    pub holders: Vec<Name>,
}

/// Rule `source`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDecl {
    /// Its name, a word or digits.
    pub name: Name,
    /// The file name in the folder that the user names.
    pub file: Text,
    /// BCP 47 tag.
    pub language: Option<Name>,
    /// `sha256:` and hexadecimal digits of the whole file.
    pub digest: Option<Text>,
}

/// Rule `calendar`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDecl {
    /// Its name.
    pub name: Name,
    /// Names of days of the week.
    pub weekend: Vec<Name>,
    /// Days on which nobody works.
    pub holidays: Vec<(Day, At)>,
    /// The last day that it knows.
    pub through: Option<(Day, At)>,
}

/// Rule `schedule`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleDecl {
    /// Its name.
    pub name: Name,
    /// What its days are.
    pub title: Option<Text>,
    /// How long it is from day to day; no business days, and no rounding.
    pub every: (Duration, At),
    /// The first day.
    pub from: (Day, At),
    /// The last day, and what becomes of a period that it cuts short.
    pub to: Option<(Day, Option<Stub>, At)>,
    /// Which day of a month is meant that has no such day.
    pub month_end: Option<MonthEndRule>,
    /// How days move on which nobody works, and by which calendar.
    pub business: Option<(Convention, Name, At)>,
}

/// Rule `period`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Period {
    /// `week`
    Week,
    /// `month`
    Month,
    /// `quarter`
    Quarter,
    /// `year`
    Year,
    /// The name of a schedule, or of a template's hole.
    Schedule(Name),
}

impl Period {
    /// The period of the calendar that a word names.
    pub fn of_calendar(word: &str) -> Option<Period> {
        Some(match word {
            "week" => Period::Week,
            "month" => Period::Month,
            "quarter" => Period::Quarter,
            "year" => Period::Year,
            _ => return None,
        })
    }
}

/// Rule `kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub title: Option<Text>,
    /// Its attributes.
    pub attrs: Vec<Attr>,
}

/// Rule `action`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub title: Option<Text>,
    /// The same in further languages.
    pub titles: Vec<Title>,
    /// Parties and roles that can do it.
    pub by: Vec<Name>,
    /// `reserved`: somebody else's property.
    pub reserved: bool,
    /// Events that it brings about.
    pub brings: Vec<Name>,
    /// Its attributes.
    pub attrs: Vec<Attr>,
}

/// Rule `event`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub title: Option<Text>,
    /// The same in further languages.
    pub titles: Vec<Title>,
    /// Parties and roles that can bring it about.
    pub by: Vec<Name>,
    /// The action that it performs.
    pub performs: Option<Name>,
    /// `attested`: its absence is an open fact, not a fact.
    pub attested: bool,
    /// Its fields.
    pub attrs: Vec<Attr>,
}

/// Rule `attr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attr {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it is when it is left out.
    pub default: Option<Expr>,
}

/// Rule `type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `api | other`; one word or more.
    Words(Vec<Name>),
    /// `party`
    Party,
    /// `id`
    Id,
    /// `yes-no`
    YesNo,
    /// `money`, `money in USD`
    Money(Option<Name>),
    /// `percent`
    Percent,
    /// `number`, `number of tonne`
    Number(Option<Name>),
    /// `date`
    Date,
    /// `text`
    Text,
    /// `kind Product`: the attributes of a kind, named `product.interface`.
    Kind(Name),
}

/// Rule `reading`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its name.
    pub name: Name,
    /// What is disputed.
    pub question: Text,
    /// The answers, in order.
    pub answers: Vec<ReadingAnswer>,
    /// Where the dispute comes from.
    pub grounds: Grounds,
}

/// `answer through "…" takes a year to its end`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingAnswer {
    /// The word.
    pub word: Name,
    /// What it means.
    pub title: Option<Text>,
    /// The value that it gives.
    pub gives: Option<Expr>,
    /// How it reads a bare year or month in a term.
    pub takes_year: Option<YearEdge>,
    /// Its own grounds.
    pub grounds: Grounds,
}

/// An edge of a year or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearEdge {
    /// Its first day.
    Start,
    /// The day after its last.
    End,
}

/// Rule `question`: an open fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub name: Name,
    /// The question in words.
    pub question: Text,
    /// Its answers.
    pub ty: Type,
    /// Where it comes from.
    pub grounds: Grounds,
}

/// Rule `fact`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its name, dots included.
    pub path: Path,
    /// What it is.
    pub title: Option<Text>,
    /// Its value.
    pub value: Expr,
    /// Where it comes from.
    pub grounds: Grounds,
}

/// Rule `undisclosed`: topics that the agreement has, or may have, and that nobody has disclosed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undisclosed {
    /// The topics.
    pub topics: Vec<Name>,
    /// How that is known.
    pub grounds: Grounds,
}

/// What supports a declaration: citations, or a word about where outside the sources it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grounds {
    /// `cites 003 213..294`
    pub cites: Vec<Cite>,
    /// `outside "day not printed in the articles"`
    pub outside: Option<Text>,
    /// `note "…"`
    pub notes: Vec<Text>,
}

/// `003 213..294 digest "sha256:0123456789abcdef" anchor "1:…"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// The source.
    pub source: Name,
    /// First character, counted in Unicode scalar values.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// `sha256:` and the first 16 hexadecimal digits of the SHA-256 of the span's UTF-8 bytes.
    pub digest: Option<Text>,
    /// What finds the passage again, as it is written.
    pub anchor: Option<Text>,
    /// The place of the citation.
    pub at: At,
}

/// Rule `version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// The same in further languages.
    pub titles: Vec<Title>,
    /// What it does, in order.
    pub fields: Vec<VersionField>,
    /// What supports it.
    pub grounds: Grounds,
}

/// Rule `vfield` with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionField {
    /// What it says.
    pub kind: VersionFieldKind,
    /// The place.
    pub at: At,
}

/// Rule `vfield`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionFieldKind {
    /// `starts`: the first text
    Starts,
    /// `amends v2019`: the earlier clauses stand unless struck, replaced, changed, waived
    Amends(Name),
    /// `restates v2025-01`: every earlier clause must be kept, struck, replaced or changed by name
    Restates(Name),
    /// `clarifies v1`: only `settles`
    Clarifies(Name),
    /// `terminates v1`: every clause ends but those that survive
    Terminates(Name),
    /// `binding from 2019-07-22`
    BindingFrom(DayExpr),
    /// `binding as of 2019-07-22`: from that day although it was signed later
    BindingAsOf(DayExpr),
    /// `proposed`
    Proposed,
    /// `reported`
    Reported,
    /// `non-binding`
    NonBinding,
    /// `signed 2025-12-10`
    Signed(Day),
    /// `parties Microsoft, OpenAI`
    Parties(Vec<Name>),
    /// `requires structure-approved has happened`: a condition precedent
    Requires(Expr),
    /// `lapses 2026-12-31`: the day on which an unmet condition precedent kills it
    Lapses(DayExpr),
    /// `keeps api-exclusivity`
    Keeps(Vec<Name>),
    /// `strikes cloud-exclusivity`
    Strikes(Vec<Name>),
    /// `waives first-refusal by Microsoft`
    Waives(Vec<Name>, Vec<Name>),
    /// `suspends payment from 2026-01-01 until 2026-07-01`
    Suspends(Vec<Name>, Option<DayExpr>, Option<DayExpr>),
    /// `revives first-refusal`: takes a waiver or suspension back
    Revives(Vec<Name>),
    /// `extends model-ip until 2032`
    Extends(Name, DayExpr),
    /// `settles until-year as through`
    Settles(Name, Name),
    /// `survives confidentiality`
    Survives(Vec<Name>),
}

/// Rule `clause` and rule `law`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The same in further languages.
    pub titles: Vec<Title>,
    /// `uses first-refusal-right …`
    pub uses: Option<Use>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
}

/// The use of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The template.
    pub template: Name,
    /// The arguments, in order.
    pub args: Vec<Arg>,
}

/// One argument: `holder Microsoft`, `window 30 days`, `exempt cloud is Azure`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg {
    /// The parameter's name.
    pub name: Name,
    /// What fills it.
    pub value: ArgValue,
    /// The place.
    pub at: At,
}

/// What fills a hole of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgValue {
    /// A condition, a figure, a name, `none`, `undisclosed money`, a text.
    Expr(Expr),
    /// `Microsoft, OpenAI`: two names or more.
    Names(Vec<Name>),
    /// `30 days`
    Duration(Duration),
    /// A day that is not an expression: `the end of 2030`, `2030-01-01`, `never`.
    Day(DayExpr),
}

/// Rule `field` with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it says.
    pub kind: FieldKind,
    /// The place.
    pub at: At,
}

/// Rule `field`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// `OpenAI may host only where cloud is Azure if interface is api`
    Norm(Norm),
    /// `for Microsoft`: whom the clause protects, and who can waive it
    For(Vec<Name>),
    /// `from 2025-09-11`
    From(DayExpr),
    /// `until agi-verified`: the first day on which the clause no longer holds
    Until(DayExpr),
    /// `through 2030-12-31`: the last day on which it holds
    Through(DayExpr),
    /// `while force-majeure is active`
    While(Expr),
    /// `unless audience is us-national-security`
    Unless(Expr),
    /// `overrides independent-agi if …`
    Overrides(Name, Option<Expr>),
    /// `on agi-achieved where … before … ends model-ip`
    Effect(Effect),
    /// `process offer per request states …`
    Process(Process),
    /// `value rate is undisclosed percent`
    Value(Value),
    /// `define released per request as …`
    Define(Define),
    /// `survives`: the end of the agreement does not end the clause
    Survives,
    /// `ensure rate <= 20 percent else "…"`: what must be so of what the text itself says
    Ensure(Expr, Text),
    /// `covers insurance, audit-rights`: the topics that the clause is about
    Covers(Vec<Name>),
    /// `cites 003 213..294, 001 894..912`
    Cites(Vec<Cite>),
    /// `outside "…"`
    Outside(Text),
    /// `note "…"`
    Note(Text),
}

impl FieldKind {
    /// The keyword of the field, as `change … drop KEYWORD` names it; norms answer `norm`.
    pub fn keyword(&self) -> &'static str {
        match self {
            FieldKind::Norm(_) => "norm",
            FieldKind::For(_) => "for",
            FieldKind::From(_) => "from",
            FieldKind::Until(_) | FieldKind::Through(_) => "until",
            FieldKind::While(_) => "while",
            FieldKind::Unless(_) => "unless",
            FieldKind::Overrides(..) => "overrides",
            FieldKind::Effect(_) => "on",
            FieldKind::Process(_) => "process",
            FieldKind::Value(_) => "value",
            FieldKind::Define(_) => "define",
            FieldKind::Survives => "survives",
            FieldKind::Ensure(..) => "ensure",
            FieldKind::Covers(_) => "covers",
            FieldKind::Cites(_) => "cites",
            FieldKind::Outside(_) => "outside",
            FieldKind::Note(_) => "note",
        }
    }
}

/// Rule `norm`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// Whom it speaks of: parties and roles.
    pub parties: Vec<Name>,
    /// What it says of them.
    pub kind: NormKind,
    /// `if` conditions: what the norm speaks of.
    pub reach: Vec<Expr>,
    /// `provided` conditions: what a permission demands.
    pub provided: Vec<Expr>,
}

/// Rules `grant`, `bar`, `sole`, `power`, `duty`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NormKind {
    /// `may host`
    May(Name),
    /// `may not host`
    MayNot(Name),
    /// `may host only where cloud is Azure`
    MayOnlyWhere(Name, Expr),
    /// `alone may integrate`
    AloneMay(Name),
    /// `has power to verify-agi when standing is pending`
    HasPower(Name, Option<Expr>),
    /// `must convert by the end of 2025`
    Must(Duty),
}

/// Rule `duty`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What is owed.
    pub what: DutyWhat,
    /// To whom.
    pub to: Vec<Name>,
    /// When, how much, and what else; in order.
    pub parts: Vec<DutyPart>,
}

/// What a duty is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyWhat {
    /// An action; events that perform it fulfil the duty.
    Act(Name),
    /// Words; `done when` says what fulfils the duty.
    Words(Text),
}

/// Parts of rule `duty`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyPart {
    /// `once delivery`: begins with an event
    Once(When),
    /// `by the end of 2025`: the last day for it
    By(DayExpr),
    /// `within 30 days of delivery`: one duty for each such event
    Within(DurationOrName, When),
    /// `each quarter`, `each payday`: one duty for each period; `due within 30 days`: in arrears, so long after it
    Each(Period, Option<DurationOrName>),
    /// `worth USD 250 billion`
    Worth(Expr),
    /// `counting bought`: what has been done so far
    Counting(Expr),
    /// `done when remaining = USD 0`
    Done(Expr),
    /// `cure 30 days`
    Cure(DurationOrName),
    /// `else shortfall-credit`: the clause that answers a violation
    Else(Name),
}

/// Rule `effect`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// What sets it off.
    pub when: When,
    /// The day before which it must happen.
    pub before: Option<DayExpr>,
    /// What it does.
    pub verb: EffectVerb,
    /// To which clauses.
    pub target: EffectTarget,
}

/// What an effect does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectVerb {
    /// The clause is over for good.
    Ends,
    /// The clause begins.
    Starts,
    /// The clause rests.
    Suspends,
    /// The clause rests no longer.
    Resumes,
}

/// Whom an effect reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectTarget {
    /// Clauses by name.
    Clauses(Vec<Name>),
    /// `this`
    This,
    /// `agreement`: every clause
    Agreement,
}

/// Rule `process`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its name.
    pub name: Name,
    /// `per request`: one run for each value of the field of that name.
    pub key: Option<Name>,
    /// Its states; the first is where it begins.
    pub states: Vec<Name>,
    /// Its steps, in order.
    pub steps: Vec<ProcessStep>,
}

/// One way from a state to a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessStep {
    /// What sets it off.
    pub trigger: StepTrigger,
    /// `to accepted`
    pub to: Name,
    /// `keeps covered as capacity-unmet.percent`
    pub keeps: Vec<(Name, Expr)>,
    /// The place.
    pub at: At,
}

/// What moves a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepTrigger {
    /// `on offered from unasked, needed`; no `from` means from any state.
    On(When, Vec<Name>),
    /// `after 30 days in offered`; the duration may be a template's hole.
    After(DurationOrName, Name),
}

/// The days that an aggregate runs over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// `in this quarter`
    This(Period),
    /// `in the last quarter`
    Last(Period),
    /// `over the last 12 months`
    Over(DurationOrName),
    /// `before this quarter`
    Before(Period),
}

/// A duration, or a template's hole for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DurationOrName {
    /// `30 days`
    Duration(Duration),
    /// `window`; filled with `none`, the step vanishes.
    Name(Name),
}

/// Rule `value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Its name.
    pub name: Name,
    /// `per request`
    pub key: Option<Name>,
    /// What it is.
    pub expr: Expr,
    /// `if offer is unmet`: otherwise it is the first of the further cases that holds, or absent.
    pub cond: Option<Expr>,
    /// `else EUR 5 if count of delivery > 10 else EUR 6`: what it is otherwise, and when.
    pub otherwise: Vec<(Expr, Option<Expr>)>,
}

impl Value {
    /// All its cases in order, each with its condition.
    pub fn cases(&self) -> impl Iterator<Item = (&Expr, Option<&Expr>)> {
        let first = std::iter::once((&self.expr, self.cond.as_ref()));
        first.chain(self.otherwise.iter().map(|(e, c)| (e, c.as_ref())))
    }
}

/// Rule `define`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// Its name.
    pub name: Name,
    /// `per request`
    pub key: Option<Name>,
    /// When it is so.
    pub cond: Expr,
}

/// Rule `change`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The clause.
    pub name: Name,
    /// The edits, in order.
    pub edits: Vec<Edit>,
}

/// One edit of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A field that takes the place of the fields of its keyword (and name, for values and the like).
    Replace(Field),
    /// `add` a field beside the others.
    Add(Field),
    /// `drop unless`, `drop value rate`.
    Drop {
        /// The keyword.
        keyword: Name,
        /// The name, for values, definitions and processes.
        name: Option<Name>,
    },
}

/// Rule `template`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: Name,
    /// What it is for.
    pub title: Option<Text>,
    /// Its holes.
    pub params: Vec<Param>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// `takes window : duration or none else none`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// `party`, `action`, `event`, `attribute`, `condition`, `duration`, `word`, `money`, `number`,
    /// `percent`, `text`, `clause`, `day`, `schedule`, `calendar`, `period`.
    pub kind: Name,
    /// `with percent : percent`: a field that the event or action must have.
    pub with: Vec<(Name, Type)>,
    /// `brings claim`: the holes for events that an action must bring.
    pub brings: Vec<Name>,
    /// `or none`, `or undisclosed`: words that fill the hole as well.
    pub or_words: Vec<Name>,
    /// What fills it when nothing does.
    pub default: Option<ArgValue>,
}

/// Rule `test`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What is tested.
    pub title: Text,
    /// Its steps, in order.
    pub steps: Vec<TestStep>,
}

/// A step of a test with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestStep {
    /// What it says.
    pub kind: TestStepKind,
    /// The place.
    pub at: At,
}

/// Steps of rule `test`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TestStepKind {
    /// `on 2026-06-01`: the day asked, for the expectations that follow
    On(Day),
    /// `known 2026-06-01`
    Known(Day),
    /// `under v2025-01`
    Under(Name),
    /// `log 2027-03-01 agi-declared by OpenAI recorded 2027-04-01 request r1`
    Log(LogLine),
    /// `assume until-year through`
    Assume(Path, Datum),
    /// `expect may OpenAI host … is forbidden because api-exclusivity`
    Expect(Expect),
}

/// An event of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When it took effect.
    pub day: Day,
    /// Its type.
    pub event: Name,
    /// Who brought it about.
    pub by: Name,
    /// When it was recorded.
    pub recorded: Option<Day>,
    /// Its other data.
    pub data: Vec<(Name, Datum)>,
}

/// A datum of an event, an act or an assumption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// A word, a party, an identifier.
    Word(Name),
    /// A figure.
    Figure(FigureLit),
    /// A text.
    Text(Text),
    /// A day.
    Day(Day),
}

/// An expectation of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// What is asked.
    pub ask: ExpectAsk,
    /// The outcome's word, as in answers.
    pub outcome: Name,
    /// `on 2029-02-01`, the day of outcome `on`; `by 2031-01-01` of outcome `open`.
    pub day: Option<Day>,
    /// `on agi-verified` of outcome `open`, `on until-year` of outcome `depends`.
    pub on: Vec<Path>,
    /// The values of outcome `known`: a figure, parties, or owing clauses.
    pub values: Vec<Datum>,
    /// `because api-exclusivity`
    pub because: Vec<Name>,
}

/// What a test asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectAsk {
    /// `may OpenAI host interface api`
    May(Name, Name, Vec<(Path, Datum)>),
    /// `in-force model-ip`
    InForce(Name),
    /// `ends model-ip`
    Ends(Name),
    /// `value azure-commitment.remaining`
    Value(Path),
    /// `owes OpenAI`
    Owes(Name),
    /// `who verify-agi`
    Who(Name),
}

/// Rule `day` with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayExpr {
    /// Which day.
    pub kind: DayExprKind,
    /// The place.
    pub at: At,
}

/// Rule `day`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayExprKind {
    /// `2025-10-28`
    Day(Day),
    /// `2030`: needs a reading that takes a year to its edge
    Year(i16),
    /// `2030-06`
    Month(i16, i8),
    /// `the start of 2030`, `the end of 2030-06` (the last day)
    Edge(YearEdge, i16, Option<i8>),
    /// `agi-verified`, `violation of payment`
    When(When),
    /// `delivery + 30 days`; `true` for minus
    Shift(Box<DayExpr>, bool, DurationOrName),
    /// `the earlier of agi-verified and 2030`
    Earlier(Vec<DayExpr>),
    /// `the later of …`
    Later(Vec<DayExpr>),
    /// `compute-threshold-end reads { declaration: agi-declared, verification: agi-verified }`
    Reads(Name, Vec<(Name, DayExpr)>),
    /// `the next term-end on or after notice + 90 days`; `true` for *on or after*
    Next(Name, bool, Box<DayExpr>),
    /// `never`
    Never,
}

/// Rule `when` with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// What happens.
    pub kind: WhenKind,
    /// The place.
    pub at: At,
}

/// Rule `when`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhenKind {
    /// `agi-achieved by OpenAI where agi-achieved.profit >= profit`; in a term a name may be a hole.
    Event {
        /// The event (or a template's hole, or a date field such as `delivery.due`).
        event: Path,
        /// By whom.
        by: Option<Name>,
        /// Which of them.
        cond: Option<Box<Expr>>,
    },
    /// `entry into lapsed of offer`
    Entry(Name, Path),
    /// `violation of payment`
    Violation(Name),
    /// `fulfilment of payment`
    Fulfilment(Name),
    /// `end of minimum-quantity`
    End(Name),
    /// `end of agreement`
    EndOfAgreement,
}

/// Rules `cond` and `expr` with their place. Which of the two an expression is, the checker finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// The place.
    pub at: At,
}

impl Expr {
    /// The place as a span.
    pub fn span(&self) -> Span {
        self.at.0
    }
}

/// Rules `cond` and `expr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `USD 250 billion`, `about 27 percent`, `3`, `1000 tonne`
    Figure(FigureLit),
    /// `2026-06-01`
    Day(Day),
    /// `"buy Azure services"`
    Text(Text),
    /// `undisclosed money`
    Undisclosed(Type),
    /// `none`, filling a hole
    NoneWord,
    /// `cloud`, `agi-achieved.profit`, `azure-commitment.remaining`
    Path(Path),
    /// `released of request`
    Of(Path, Name),
    /// `not …`
    Not(Box<Expr>),
    /// `… and …`, `… + …`, `… >= …`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `cloud is Azure`, `offer is one of lapsed, waived`, `request is not given`
    Is(Box<Expr>, bool, IsTest),
    /// `force-majeure has happened by Nordwerk where …`
    Happened {
        /// The event.
        event: Path,
        /// By whom.
        by: Option<Name>,
        /// Which of them.
        cond: Option<Box<Expr>>,
    },
    /// `sum of delivery.quantity where … in this quarter`, `count of offer-made`, `latest valuation-set.amount else …`
    Aggregate {
        /// Which aggregate.
        kind: AggregateKind,
        /// The event, with its field for sums and latest ones.
        path: Path,
        /// Which of them.
        cond: Option<Box<Expr>>,
        /// Over which days; since the clause took effect where nothing is said.
        window: Option<Window>,
        /// What it is when there is none.
        default: Option<Box<Expr>>,
    },
    /// `max(…, …)`, `min(…, …)`
    Extreme(ExtremeKind, Vec<Expr>),
    /// `… rounded to USD 1`
    Rounded(Rounding, Box<Expr>, Box<Expr>),
    /// `today`
    Today,
    /// `day of delivery by Nordwerk`
    DayOf(When),
    /// `days from … to …`, `business-days from … to … in oslo`, `years from … to … by A365`
    Between(Measure, Box<Expr>, Box<Expr>),
    /// `today + 30 days`; `true` for minus
    Shift(Box<Expr>, bool, Duration),
}

/// How what lies between two days is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// In days.
    Days,
    /// In business days of a calendar.
    BusinessDays(Name),
    /// In years by a day count.
    Years(DayCount),
}

/// Two-sided operators, loosest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// What follows `is` or `is not`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IsTest {
    /// A word, a party, a state, a reading's answer, or an attribute's name.
    Word(Name),
    /// `one of api, other`
    OneOf(Vec<Name>),
    /// `given`
    Given,
    /// `in force`
    InForce,
    /// `violated`
    Violated,
    /// `fulfilled`
    Fulfilled,
}

/// Aggregates over events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateKind {
    /// `sum of`
    Sum,
    /// `count of`
    Count,
    /// `latest`
    Latest,
    /// `lowest of`
    Lowest,
    /// `highest of`
    Highest,
}

/// Extremes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtremeKind {
    /// `min`
    Min,
    /// `max`
    Max,
}

/// Rule `FIGURE` as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FigureLit {
    /// Before the number.
    pub qualifier: Option<QualifierWord>,
    /// The number as written times its scale: 250 billion is 250000000000.
    pub number: Number,
    /// What it counts.
    pub unit: UnitLit,
    /// The place.
    pub at: At,
}

/// The qualifier's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QualifierWord {
    /// `about`
    About,
    /// `at least`, `more than`
    AtLeast,
    /// `at most`, `less than`
    AtMost,
}

/// The unit as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum UnitLit {
    /// None.
    One,
    /// `percent`, `%`
    Percent,
    /// `USD` before the number
    Money(Name),
    /// `tonne` after it
    Named(Name),
    /// `EUR 60 per tonne`
    MoneyPer(Name, Name),
}
