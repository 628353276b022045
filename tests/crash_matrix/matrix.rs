use calha::guide::Guide;
use calha::journal::{Journal, MemoryStore};
use calha::lab::{CallRecord, ClusterRelease, Digest, Personality, Solaris};

use super::bench::{Start, Work, difference, install, resolved, rollback, run, visible};
use super::points::{Point, points};
use super::thorough::thorough;

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
        let all = opened(journal).history().leftovers();
        all.into_iter().map(|(_, l)| l.path.to_string()).collect()
    }

    /// The failures of one point, in words.
    pub fn resumed(&self, point: &Point, work: Work<'_>) -> Option<String> {
        let (after, end) = run(&self.guide, &point.start, work);
        if let Err(stop) = after.result {
            return Some(format!("{}: resume stopped: {stop:?}", point.label));
        }
        same(
            &point.label,
            "resume",
            &visible(&end.rack, &["/var/opt/calha"]),
            &visible(&self.done.rack, &["/var/opt/calha"]),
        )
    }

    pub fn rolled_back(&self, point: &Point, work: Work<'_>) -> Option<String> {
        self.rolled_back_leaving(point, &Self::leftovers(&point.start.journal), work)
    }

    pub fn rolled_back_leaving(
        &self,
        point: &Point,
        left: &[String],
        work: Work<'_>,
    ) -> Option<String> {
        let (after, end) = run(&self.guide, &point.start, work);
        if let Err(stop) = after.result {
            return Some(format!("{}: rollback stopped: {stop:?}", point.label));
        }
        let before = point.start.rack.lab.calls().len();
        let at_work =
            |c: &CallRecord| point.start.rack.running.iter().any(|r| r.command.args == c.args);
        let moved = |c: &&CallRecord| {
            c.program == "scswitch" && c.args.iter().any(|a| a == "-z") && !at_work(c)
        };
        if let Some(call) = end.rack.lab.calls()[before..].iter().find(moved) {
            return Some(format!("{}: the rollback moved a group: {:?}", point.label, call.args));
        }
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        same(
            &point.label,
            "rollback",
            &visible(&end.rack, &left),
            &visible(&self.fresh.rack, &left),
        )
    }

    /// The failures of so many rollbacks that are killed and begun again: a random point of the installation, and `each` random ones of its rollback.
    pub fn pairs(&self, count: usize, each: usize, seed: &mut u64) -> Vec<String> {
        let mut failures = Vec::new();
        for _ in 0..count.div_ceil(each) {
            let point = &self.points[next(seed) % self.points.len()];
            let (again, result, _) = points(&self.guide, &point.start, &rollback);
            result.unwrap_or_else(|stop| panic!("{}: {stop:?}", point.label));
            // Before the first operation there is nothing to undo, and no rollback to kill.
            if again.is_empty() {
                let begun = opened(&point.start.journal).history().to_undo();
                assert!(begun.is_empty(), "{}: {begun:?}", point.label);
                continue;
            }
            let left = Self::leftovers(&point.start.journal);
            for _ in 0..each {
                let second = &again[next(seed) % again.len()];
                let label = format!("{} / {}", point.label, second.label);
                let both = Point { label, start: second.start.clone() };
                failures.extend(self.rolled_back_leaving(&both, &left, &rollback));
            }
        }
        failures
    }

    /// All failures of all points.
    pub fn failures(&self) -> Vec<String> {
        let each = |p: &Point| [self.resumed(p, &install), self.rolled_back(p, &rollback)];
        self.points.iter().flat_map(each).flatten().collect()
    }
}

fn opened(journal: &[u8]) -> Journal {
    let store = MemoryStore::holding(journal.to_vec(), Vec::new());
    Journal::open(Box::new(store), String::new).unwrap()
}

fn same(label: &str, what: &str, now: &Digest, wanted: &Digest) -> Option<String> {
    (now != wanted).then(|| format!("{label}: {what} ends elsewhere:\n{}", difference(now, wanted)))
}

pub fn check(failures: &[String], of: usize) {
    assert!(
        failures.is_empty(),
        "{} of {of} failed:\n{}",
        failures.len(),
        failures[..failures.len().min(6)].join("\n")
    );
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
            failures.extend(
                matrix.rolled_back(&Point { label, start: second.start.clone() }, &rollback),
            );
        }
    }
    println!("{pairs} pairs");
    check(&failures, pairs);
}

/// Two numbers in, one out: enough to pick pairs by, and the same everywhere.
pub fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

#[test]
fn a_rollback_of_the_whole_killed_at_300_random_pairs_of_points_rolls_back() {
    let resolved = resolved(&[]);
    let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
    let mut seed =
        std::env::var("CALHA_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(6_560_681);
    println!("seed {seed}; another one with CALHA_SEED");
    let wanted = if thorough() { 300 } else { 30 };
    check(&matrix.pairs(wanted, 10, &mut seed), wanted);
}

#[test]
fn the_whole_installation_killed_at_every_point_resumes_and_rolls_back() {
    let cluster = &["instance.cal.file-system=cluster"][..];
    let nine = Personality::Releases(Solaris::Nine, ClusterRelease::ThreeOne);
    let all = [
        (Personality::Odd, &[][..]),
        (nine, cluster),
        (Personality::Odd, cluster),
        (Personality::Releases(Solaris::Eight, ClusterRelease::ThreeZero), &[]),
    ];
    for (at, (personality, set)) in all.into_iter().enumerate() {
        let resolved = resolved(set);
        let fresh = Start::on(personality, &resolved);
        let mut matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), fresh);
        let (all, stride) = (matrix.points.len(), if thorough() { 1 } else { 16 });
        // The sample begins elsewhere each time.
        matrix.points = matrix.points.into_iter().skip(at).step_by(stride).collect();
        println!("{personality}: {} of {all} points", matrix.points.len());
        check(&matrix.failures(), matrix.points.len() * 2);
    }
}
