//! What names stand for where several things could be meant, and holes that are filled with `none`.

mod common;

const TEXT: &str = r#"
agreement words "Words" zone UTC currency EUR
party A party B
action want by A
  p : id
action answer by B brings yes-said
  lot : id
action sell by A
action quit by A brings quit-notice
event g by A
  p : id
  n : number
event asked by A
  lot : id
event yes-said by B
  lot : id
event quit-notice by A
event closed by A
version v "V" starts binding from 2026-01-01 outside "invented"

clause early-bird "The key of the run goes before the record's field of that name"
  process run per p states no, yes
    on g from no to yes
  define early per p as run is yes and g has happened where g.p = p and g.n > 5
  A may want provided early of p
  outside "invented"
test "a record is compared with the run, not with itself"
  log 2026-02-01 g by A p one n 9
  log 2026-02-01 g by A p three n 1
  on 2026-03-01
  expect may A want p one is permitted
  expect may A want p three is forbidden

clause permission "A guard looks at the run of the record that is judged"
  B has power to answer when perm of lot is requested
  process perm per lot states none-yet, requested, granted
    on asked from none-yet to requested
    on yes-said from requested to granted
  outside "invented"
clause granted-lots
  value granted per lot is 1 if permission.perm of lot is granted
  outside "invented"
test "an answer to what was asked counts, another does not"
  log 2026-02-01 asked by A lot l1
  log 2026-02-02 yes-said by B lot l1
  log 2026-02-02 yes-said by B lot l2
  on 2026-03-01
  assume lot l1
  expect value granted-lots.granted is known 1
  assume lot l2
  expect value granted-lots.granted is absent

template leave "Leaving, perhaps with a reason, perhaps with an end"
  takes who : party
  takes give : action brings notice
  takes notice : event
  takes stop : event or none else none
  takes closes : clause or none else none
  takes exempt : condition else no
  takes last : day else never
  who has power to give when not (exempt)
  process leaving states none, running, over
    on notice from none to running
    on stop from running to none
    after 10 days in running to over
  on entry into over of leaving ends closes
  on stop ends closes
  until last
clause bare uses leave
    who A
    give quit
    notice quit-notice
  outside "invented"
clause full uses leave
    who A
    give quit
    notice quit-notice
    stop closed
    closes selling
    exempt yes
    last end of bare + 1 year rounded down
  outside "invented"
clause selling
  A may sell
  outside "invented"
test "what hangs on a hole that is filled with nothing is not there"
  log 2026-02-01 quit-notice by A
  on 2026-03-01
  expect in-force selling is ended because full
  expect in-force bare is in-force
  expect who quit is known A
  expect ends bare is never
"#;

#[test]
fn names_mean_what_the_place_says() {
    let folder = common::folder(&[("words.deed", TEXT)]);
    let (code, out, err) = common::said(common::servanda().arg("test").arg(folder.path()));
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_hidden_number_can_be_assumed() {
    let text = r#"
agreement words "Words" zone UTC currency EUR
party A
action go by A
event e by A
version v "V" starts binding from 2026-01-01 outside "invented"
clause c
  value window is undisclosed number
  A may go provided count of e >= window
  outside "invented"
test "a hidden window"
  log 2026-02-01 e by A
  on 2026-03-01
  assume c.window 9
  expect may A go is forbidden
  assume c.window 1
  expect may A go is permitted
"#;
    let folder = common::folder(&[("words.deed", text)]);
    let (code, out, err) = common::said(common::servanda().arg("test").arg(folder.path()));
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_field_may_be_named_like_a_declaration() {
    let text = r#"
agreement words "Words" zone UTC currency EUR
party A
event e by A
  kind : x | y
  change : id
version v "V" starts binding from 2026-01-01 outside "invented"
clause c
  value seen is count of e where kind is x and change is given
  outside "invented"
test "a field"
  log 2026-02-01 e by A kind x change c1
  log 2026-02-01 e by A kind y change c1
  on 2026-03-01
  expect value c.seen is known 1
  log 2026-02-01 e by A
kind Ship "what follows declares"
  size : number
"#;
    let folder = common::folder(&[("words.deed", text)]);
    let (code, out, err) = common::said(common::servanda().arg("test").arg(folder.path()));
    assert_eq!(code, 0, "{out}{err}");
}
