//! The administrator's machine is lost with its journal: what the nodes keep is enough to go on, and to take everything back.

use calha::engine::{Engine, Stop};
use calha::guide::Guide;
use calha::node::{Files, Mode, Owner};
use calha::setting::Resolved;

use super::bench::{Start, install, node, of_model, path, resolved, rollback, run};
use super::matrix::Matrix;
use super::points::Point;
use super::thorough::thorough;

fn adopt(engine: &mut Engine<'_>) -> Result<(), Stop> {
    engine.adopt_from_nodes()
}

#[test]
fn an_adoption_that_is_cut_off_anywhere_is_gone_on_with() {
    let resolved = resolved(&[]);
    let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
    let lost = Start { rack: matrix.done.rack.clone(), journal: Vec::new() };
    let (after, adopted) = run(&matrix.guide, &lost, &adopt);
    after.result.unwrap();
    let mut left = Matrix::leftovers(&adopted.journal);
    left.push("/nowhere".into());
    let ends: Vec<usize> = adopted
        .journal
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == b'\n')
        .map(|(at, _)| at + 1)
        .collect();
    assert!(ends.len() > 60, "{} lines", ends.len());
    for end in ends {
        let cut = Start { rack: lost.rack.clone(), journal: adopted.journal[..end].to_vec() };
        let (after, again) = run(&matrix.guide, &cut, &adopt);
        after.result.unwrap_or_else(|stop| panic!("cut after {end} bytes: {stop:?}"));
        let here = Point { label: format!("adopted again, cut after {end} bytes"), start: again };
        assert_eq!(matrix.rolled_back_leaving(&here, &left, &rollback), None);
    }
}

#[test]
fn what_was_done_on_both_nodes_is_taken_over_once() {
    let resolved = resolved(&[]);
    let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
    let mut lost = Start { rack: matrix.done.rack.clone(), journal: Vec::new() };
    let intent = matrix.guide.record.join("ha-block.1.intent");
    let [one, two] = ["Node1", "Node2"].map(node);
    let bytes = lost.rack.lab.files(&two).read(&intent).unwrap();
    lost.rack.lab.files(&one).write(&intent, &bytes, Mode(0o600), Owner::ROOT).unwrap();
    let (after, adopted) = run(&matrix.guide, &lost, &adopt);
    after.result.unwrap();
    let mut left = Matrix::leftovers(&adopted.journal);
    left.push("/nowhere".into());
    let here = Point { label: "an intent on both nodes".into(), start: adopted };
    assert_eq!(matrix.resumed(&here, &install), None);
    assert_eq!(matrix.rolled_back_leaving(&here, &left, &rollback), None);
}

#[test]
fn an_intent_that_is_not_whole_is_no_beginning() {
    let resolved = resolved(&[]);
    let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
    let intent = matrix.guide.record.join("mount-directory.1.intent");
    let whole = matrix.done.rack.clone().lab.files(&node("Node1")).read(&intent).unwrap();
    for torn in [0, 1, whole.len() / 2, whole.len() - 2] {
        let mut lost = Start::fresh(&resolved);
        let mut files = lost.rack.lab.files(&node("Node1"));
        let above =
            ["/var/opt/calha", "/var/opt/calha/calendar-cluster", matrix.guide.record.as_str()];
        above.iter().for_each(|at| drop(files.mkdir(&path(at), Mode(0o700), Owner::ROOT)));
        files.write(&intent, &whole[..torn], Mode(0o600), Owner::ROOT).unwrap();
        drop(files);
        let (after, _) = run(&matrix.guide, &lost, &adopt);
        let Err(Stop::Blocked(problems)) = after.result else {
            panic!("{torn} bytes: {:?}", after.result)
        };
        assert_eq!(problems[0].code, "adopt.nothing", "{torn} bytes");
    }
}

#[test]
fn a_journal_rebuilt_from_the_nodes_resumes_and_rolls_back() {
    rebuilt(&resolved(&[]), if thorough() { 1 } else { 12 });
}

#[test]
fn a_journal_of_several_instances_is_rebuilt_from_the_nodes() {
    rebuilt(&of_model("symmetric", &[]), if thorough() { 9 } else { 70 });
    rebuilt(&of_model("n-plus-one", &[]), if thorough() { 31 } else { 120 });
}

fn rebuilt(resolved: &Resolved, stride: usize) {
    let matrix = Matrix::of(Guide::of(resolved, "cal").unwrap(), Start::fresh(resolved));
    let mut failures = Vec::new();
    let mut tried = 0;
    for point in matrix.points.iter().step_by(stride) {
        let lost = Start { rack: point.start.rack.clone(), journal: Vec::new() };
        let (after, adopted) = run(&matrix.guide, &lost, &adopt);
        match after.result {
            // Before the first intent there is nothing to take over.
            Err(Stop::Blocked(problems)) if problems.iter().all(|p| p.code == "adopt.nothing") => {
                continue;
            }
            Err(stop) => {
                failures.push(format!("{}: adopt stopped: {stop:?}", point.label));
                continue;
            }
            Ok(()) => {}
        }
        tried += 1;
        let label = format!("adopted at {}", point.label);
        let mut left = Matrix::leftovers(&point.start.journal);
        left.push("/nowhere".into());
        let here = Point { label, start: adopted };
        failures.extend(matrix.resumed(&here, &install));
        failures.extend(matrix.rolled_back_leaving(&here, &left, &rollback));
    }
    assert!(tried > 5, "{tried} points tried");
    assert!(
        failures.is_empty(),
        "{} of {tried} failed:\n{}",
        failures.len(),
        failures[..failures.len().min(5)].join("\n")
    );
}
