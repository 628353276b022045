//! The administrator's machine is lost with its journal: what the nodes keep is enough to go on, and to take everything back.

use calha::engine::Stop;
use calha::guide::Guide;

use super::bench::{Start, install, resolved, rollback, run};
use super::matrix::Matrix;
use super::points::Point;
use super::thorough::thorough;

#[test]
fn a_journal_rebuilt_from_the_nodes_resumes_and_rolls_back() {
    let resolved = resolved(&[]);
    let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
    let stride = if thorough() { 1 } else { 12 };
    let mut failures = Vec::new();
    let mut tried = 0;
    for point in matrix.points.iter().step_by(stride) {
        let lost = Start { rack: point.start.rack.clone(), journal: Vec::new() };
        let (after, adopted) = run(&matrix.guide, &lost, &|engine| {
            // The lock of the lost machine is known to be a dead one's.
            engine.adopt_from_nodes()
        });
        match after.result {
            // Before the first intent there is nothing to take over.
            Err(Stop::Blocked(problems)) if problems.iter().all(|p| p.code == "adopt.nothing") => continue,
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
    assert!(failures.is_empty(), "{} of {tried} failed:\n{}", failures.len(), failures[..failures.len().min(5)].join("\n"));
}
