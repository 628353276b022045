//! Journals and intents on nodes that earlier versions of the program wrote: this one goes on with
//! them, proves them and takes them back. `tests/fixtures/releases` has a directory for each
//! version, and there for a model the whole journal of an installation and its uninstallation, and
//! the intents on the nodes between.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calha::engine::{Engine, Stop};
use calha::guide::Guide;
use calha::journal::{Contents, Journal, MemoryStore, Record, Store};
use calha::node::{Entry, Files, Mode, Owner};
use calha::profile::guide_values;
use calha::setting::{Model, Origin, Resolved, Value as Answer, resolve};
use serde_json::Value;

use super::bench::{
    Start, install, node, of_model, options, path, resolved, rollback, run, run_on,
};
use super::documents::verify;
use super::matrix::{Matrix, check};
use super::points::{Point, points};
use super::thorough::thorough;

/// What an earlier version wrote.
struct Earlier {
    journal: Vec<String>,
    /// Text of each intent by "NODE:PATH".
    intents: BTreeMap<String, String>,
}

/// A directory for each version whose work this one has to know, the oldest first.
fn releases() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/releases");
    let mut all: Vec<_> = all.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

impl Earlier {
    fn of(release: &Path, model: &str) -> Self {
        let read = |end: &str| {
            let file = release.join(format!("{model}{end}"));
            std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
        };
        Self {
            journal: read(".jsonl").split_inclusive('\n').map(str::to_owned).collect(),
            intents: serde_json::from_str(&read("-intents.json")).unwrap(),
        }
    }

    /// What this version writes: a whole installation, its intents, and how it is taken back.
    fn now(matrix: &Matrix) -> Self {
        let store = MemoryStore::holding(matrix.done.journal.clone(), Vec::new());
        let keeping = |_: &_| -> Box<dyn Store> { Box::new(store.clone()) };
        let after = run_on(&matrix.guide, &matrix.done, keeping, None, &options(), &rollback);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        let Contents { open, closed } = store.contents();
        let journal = String::from_utf8(closed.into_iter().next().unwrap_or(open)).unwrap();

        let (mut nodes, mut intents) = (matrix.done.rack.clone(), BTreeMap::new());
        for line in journal.lines() {
            let record: Value = serde_json::from_str(&line[line.find('{').unwrap()..]).unwrap();
            let (Some(host), Some(step)) =
                (record["node"].as_str(), record["key"]["step"].as_str())
            else {
                continue;
            };
            let number = &record["key"]["number"];
            let at = format!("/var/opt/calha/calendar-cluster/cal/{step}.{number}.intent");
            if let Ok(text) = nodes.lab.files(&node(host)).read(&path(&at)) {
                intents.insert(format!("{host}:{at}"), String::from_utf8(text).unwrap());
            }
        }
        Self { journal: journal.split_inclusive('\n').map(str::to_owned).collect(), intents }
    }

    fn keep(&self, release: &Path, model: &str) {
        std::fs::create_dir_all(release).unwrap();
        std::fs::write(release.join(format!("{model}.jsonl")), self.journal.concat()).unwrap();
        let intents = serde_json::to_string_pretty(&self.intents).unwrap();
        std::fs::write(release.join(format!("{model}-intents.json")), intents + "\n").unwrap();
    }

    /// The nodes of the point as the earlier version would have left them, and its journal.
    fn at(&self, point: &Point) -> Option<Point> {
        let lines = std::str::from_utf8(&point.start.journal).unwrap();
        let last = lines.ends_with('\n').then(|| lines.lines().next_back()).flatten()?;
        let wanted = (about(last), lines.lines().filter(|l| about(l) == about(last)).count());
        let mut count = 0;
        let end = self.journal.iter().position(|line| {
            count += usize::from(about(line) == wanted.0);
            count == wanted.1
        })?;

        let mut start = point.start.clone();
        start.journal = self.journal[..=end].concat().into_bytes();
        for (place, text) in &self.intents {
            let (host, at) = place.split_once(':').unwrap();
            let mut files = start.rack.lab.files(&node(host));
            if files.read(&path(at)).is_ok() {
                files.write(&path(at), text.as_bytes(), Mode(0o600), Owner::ROOT).unwrap();
            }
        }
        Some(Point { label: format!("earlier: {}", point.label), start })
    }
}

/// What a line of a journal says, without when and in which words.
fn about(line: &str) -> (String, String, String) {
    let record: Value = serde_json::from_str(&line[line.find('{').unwrap()..]).unwrap();
    let field = |name: &str| record[name].to_string();
    (field("record"), field("key"), field("command"))
}

fn nothing_to_do(engine: &mut Engine<'_>) -> Result<(), Stop> {
    let survey = engine.survey()?;
    assert!(survey.questions.is_empty(), "{:#?}", survey.questions);
    let open: Vec<_> = survey.findings.iter().filter(|f| f.is_work()).collect();
    assert!(open.is_empty(), "{open:#?}");
    Ok(())
}

/// The example profile as that release had it.
fn example_of(release: &Path, model: &str) -> Resolved {
    if release.ends_with("0.1.0") { before_0_2(model) } else { of_model(model, &[]) }
}

/// The example profile when it named state files in /var/tmp.
pub fn before_0_2(model: &str) -> Resolved {
    let end = if model == "asymmetric" { "" } else { "-%i" };
    let file = |of: &str| format!("{of}.state-file=/var/tmp/calha-{of}{end}.state");
    of_model(model, &[&file("installer"), &file("configurator")])
}

/// An installation of the model, point by point, and the whole one's rollback likewise.
fn goes_on(model: &str, stride: usize) {
    for release in releases() {
        let resolved = example_of(&release, model);
        let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
        goes_on_from(&Earlier::of(&release, model), &matrix, stride);
    }
}

fn goes_on_from(earlier: &Earlier, matrix: &Matrix, stride: usize) {
    let done = Point { label: "installed".into(), start: matrix.done.clone() };
    let done = earlier.at(&done).expect("the end of the installation");

    // Nothing is odd about it, and nothing is left to do.
    let (verified, _) = run(&matrix.guide, &done.start, &nothing_to_do);
    verified.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (again, next) = run(&matrix.guide, &done.start, &install);
    again.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let calls = |start: &Start| start.rack.lab.changing_calls().len();
    assert_eq!(calls(&next), calls(&done.start));

    let mut failures = Vec::new();
    let mut tried = 0;
    for point in matrix.points.iter().step_by(stride).filter_map(|p| earlier.at(p)) {
        tried += 1;
        failures.extend(matrix.resumed(&point, &install));
        failures.extend(matrix.rolled_back(&point, &rollback));
    }
    assert!(tried > 4, "{tried}");

    let (back, result, _) = points(&matrix.guide, &done.start, &rollback);
    result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let left = Matrix::leftovers(&done.start.journal);
    let mut halves = 0;
    for point in back.iter().step_by(stride).filter_map(|p| earlier.at(p)) {
        halves += 1;
        failures.extend(matrix.rolled_back_leaving(&point, &left, &rollback));
    }
    assert!(halves > 4, "{halves}");
    check(&failures, 2 * tried + halves);
}

/// The journal lost as well: the intents are all there is.
#[test]
fn intents_of_an_earlier_version_are_enough_to_take_everything_back() {
    for release in releases() {
        let resolved = example_of(&release, "asymmetric");
        let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
        let done = Point { label: "installed".into(), start: matrix.done.clone() };
        let mut lost = Earlier::of(&release, "asymmetric").at(&done).expect("the end").start;
        lost.journal.clear();
        let (after, adopted) = run(&matrix.guide, &lost, &|engine| engine.adopt_from_nodes());
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        let mut left = Matrix::leftovers(&adopted.journal);
        left.push("/nowhere".into());
        let here = Point { label: "adopted".into(), start: adopted };
        assert_eq!(matrix.rolled_back_leaving(&here, &left, &rollback), None);
    }
}

/// With the version in CALHA_RELEASE its work is written to the fixtures (RELEASING.md).
#[test]
fn what_this_version_writes_can_be_kept_for_later_ones() {
    let release = std::env::var_os("CALHA_RELEASE");
    for model in if release.is_some() { &["asymmetric", "symmetric"][..] } else { &["asymmetric"] }
    {
        let resolved = if *model == "asymmetric" { resolved(&[]) } else { of_model(model, &[]) };
        let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
        let now = Earlier::now(&matrix);
        let done = Point { label: "installed".into(), start: matrix.done.clone() };
        let kept = now.at(&done).expect("the end of the installation");
        assert_eq!(kept.start.journal, matrix.done.journal);
        assert!(now.intents.len() > 30, "{} intents", now.intents.len());

        if let Some(release) = &release {
            let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/releases");
            now.keep(&all.join(release), model);
        }
    }
}

#[test]
fn an_earlier_version_s_work_is_gone_on_with_proved_and_taken_back() {
    goes_on("asymmetric", if thorough() { 3 } else { 12 });
}

#[test]
fn an_earlier_version_s_work_for_several_instances_is_gone_on_with() {
    goes_on("symmetric", if thorough() { 11 } else { 70 });
}

/// The journal as a release wrote it that did not know the step.
fn without_step(journal: &[u8], step: &str) -> Vec<u8> {
    let store = MemoryStore::default();
    let mut kept = Journal::open(Box::new(store.clone()), || "now".into()).unwrap();
    for line in std::str::from_utf8(journal).unwrap().lines() {
        let record: Record = serde_json::from_str(&line[line.find('{').unwrap()..]).unwrap();
        if record.key().is_none_or(|key| key.step != step) {
            kept.append(record).unwrap();
        }
    }
    drop(kept);
    store.contents().open
}

/// What a later release does besides is to do where it is missing, and only noted where it is
/// there.
#[test]
fn a_step_that_is_newer_than_the_installation_is_to_do_only_where_it_is_missing() {
    let resolved = of_model("n-plus-one", &[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (after, mut done) = run(&guide, &Start::fresh(&resolved), &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    done.journal = without_step(&done.journal, "spare-software");

    let said = verify(&guide, &done);
    assert_eq!((said.problems, said.odd), (Vec::new(), Vec::new()));
    let (again, next) = run(&guide, &done, &install);
    again.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let calls = |start: &Start| start.rack.lab.changing_calls().len();
    assert_eq!(calls(&next), calls(&done));
    // Who put it there is not known, so it stays.
    let (back, end) = run(&guide, &next, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let spare = &end.rack.lab.cluster().hosts[&node("Node4")];
    assert!(spare.packages.contains_key("SUNWics5"));

    let spare = done.rack.lab.cluster_mut().hosts.get_mut(&node("Node4")).unwrap();
    spare.packages.remove("SUNWics5");
    assert_eq!(verify(&guide, &done).odd, ["spare-software.1 (Node4)"]);
    let (again, done) = run(&guide, &done, &install);
    again.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(verify(&guide, &done).odd, Vec::<String>::new());
}

/// The guide of a profile by which somebody answers the configurator, with this path of its state
/// file.
fn answered(state_file: Option<&str>) -> Guide {
    let mut answers = guide_values(Model::Asymmetric);
    answers.insert("configurator.mode", Answer::text("operator"), Origin::Set);
    answers.remove("configurator.state-file");
    if let Some(path) = state_file {
        answers.insert("configurator.state-file", Answer::text(path), Origin::Set);
    }
    Guide::of(&resolve(&answers).unwrap(), "cal").unwrap()
}

/// Then the state file was recorded in /var/tmp where the profile named none.
#[test]
fn a_state_file_that_an_earlier_version_had_recorded_is_the_same_work() {
    let (then, now) = (answered(Some("/var/tmp/calha-configurator.state")), answered(None));
    let start = Start::fresh(&resolved(&[]));
    let (after, done) = run(&then, &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    run(&now, &done, &nothing_to_do).0.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (back, _) = run(&now, &done, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));

    // Stopped before it was carried on: the message says what to set.
    let (points, _, _) = points(&then, &start, &install);
    let begun = |p: &Point| String::from_utf8_lossy(&p.start.journal).contains("carry-state");
    let half = &points.iter().take_while(|p| !begun(p)).last().expect("a beginning").start;
    let Err(Stop::Blocked(problems)) = run(&now, half, &install).0.result else {
        panic!("a file that is not there was carried")
    };
    assert_eq!(problems[0].code, "configurator.state-missing");
    let said = problems[0].to_string();
    assert!(said.contains("/var/tmp/calha-configurator.state"), "{said}");
    run(&then, half, &install).0.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
}

/// What it holds is root's alone, and goes with calha's own directory.
#[test]
fn a_state_file_is_recorded_where_nobody_else_can_look_and_goes_with_the_record() {
    let (guide, start) = (answered(None), Start::fresh(&resolved(&[])));
    let (after, mut done) = run(&guide, &start, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let files = done.rack.lab.files(&node("Node1"));
    let file = guide.record.join("configurator-cal.state");
    assert!(String::from_utf8_lossy(&files.read(&file).unwrap()).contains("/cal/config"));
    assert!(matches!(
        files.stat(&guide.record).unwrap(),
        Entry::Directory { mode: Mode(0o700), owner: Owner::ROOT }
    ));
    drop(files);

    let (back, mut end) = run(&guide, &done, &rollback);
    back.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert!(end.rack.lab.files(&node("Node1")).read(&file).is_err());
}
