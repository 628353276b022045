use calha::guide::Guide;
use calha::lab::Digest;

use super::bench::{Start, Work, difference, install, resolved, rollback, run, visible};
use super::points::{Point, points};

/// What must hold after a kill at a point: a resumed run ends as the uninterrupted one did, a rollback ends pristine.
pub struct Matrix {
    pub guide: Guide,
    pub fresh: Start,
    pub done: Start,
    pub points: Vec<Point>,
}

impl Matrix {
    pub fn of(guide: Guide, fresh: Start) -> Self {
        let (points, result, done) = points(&guide, &fresh, &install);
        result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        Self { guide, fresh, done, points }
    }

    /// Paths that irreversible operations which began may leave.
    pub fn leftovers(journal: &[u8]) -> Vec<String> {
        let store = calha::journal::MemoryStore::holding(journal.to_vec(), Vec::new());
        let journal = calha::journal::Journal::open(Box::new(store), String::new).unwrap();
        journal.history().leftovers().into_iter().map(|(_, l)| l.path.to_string()).collect()
    }

    /// The failures of one point, in words.
    pub fn resumed(&self, point: &Point, work: Work<'_>) -> Option<String> {
        let (after, end) = run(&self.guide, &point.start, work);
        if let Err(stop) = after.result {
            return Some(format!("{}: resume stopped: {stop:?}", point.label));
        }
        same(&point.label, "resume", &visible(&end.rack, &["/var/opt/calha"]), &visible(&self.done.rack, &["/var/opt/calha"]))
    }

    pub fn rolled_back(&self, point: &Point, work: Work<'_>) -> Option<String> {
        let (after, end) = run(&self.guide, &point.start, work);
        if let Err(stop) = after.result {
            return Some(format!("{}: rollback stopped: {stop:?}", point.label));
        }
        let left = Self::leftovers(&point.start.journal);
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        same(&point.label, "rollback", &visible(&end.rack, &left), &visible(&self.fresh.rack, &left))
    }

    /// All failures of all points.
    pub fn failures(&self) -> Vec<String> {
        let each = |p: &Point| [self.resumed(p, &install), self.rolled_back(p, &rollback)];
        self.points.iter().flat_map(each).flatten().collect()
    }
}

fn same(label: &str, what: &str, now: &Digest, wanted: &Digest) -> Option<String> {
    (now != wanted).then(|| format!("{label}: {what} ends elsewhere:\n{}", difference(now, wanted)))
}

fn check(failures: &[String], of: usize) {
    assert!(failures.is_empty(), "{} of {of} failed:\n{}", failures.len(), failures[..failures.len().min(6)].join("\n"));
}

fn two_steps() -> (Guide, Start) {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap().only(&["mount-directory", "vfstab-entry"]);
    (guide, Start::fresh(&resolved))
}

#[test]
fn two_steps_killed_at_every_point_resume_and_roll_back() {
    let (guide, fresh) = two_steps();
    let matrix = Matrix::of(guide, fresh);
    println!("{} points", matrix.points.len());
    check(&matrix.failures(), matrix.points.len() * 2);
}

#[test]
fn a_rollback_of_two_steps_killed_at_every_point_rolls_back() {
    let (guide, fresh) = two_steps();
    let matrix = Matrix::of(guide, fresh);
    let mut pairs = 0;
    let mut failures = Vec::new();
    for point in &matrix.points {
        let (again, result, _) = points(&matrix.guide, &point.start, &rollback);
        result.unwrap_or_else(|stop| panic!("{}: {stop:?}", point.label));
        for second in &again {
            pairs += 1;
            let label = format!("{} / {}", point.label, second.label);
            failures.extend(matrix.rolled_back(&Point { label, start: second.start.clone() }, &rollback));
        }
    }
    println!("{pairs} pairs");
    check(&failures, pairs);
}

#[test]
fn the_whole_installation_killed_at_every_point_resumes_and_rolls_back() {
    for set in [&[][..], &["instance.cal.file-system=cluster"][..]] {
        let resolved = resolved(set);
        let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
        println!("{} points", matrix.points.len());
        check(&matrix.failures(), matrix.points.len() * 2);
    }
}
