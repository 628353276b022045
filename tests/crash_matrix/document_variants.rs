//! Each change of `document_changes` in each model: verify and install say what is true of it, and
//! on every way back the edit goes, or somebody is asked. Promise: no line of anybody's is lost, and
//! nothing is done to a finished installation.

use calha::engine::{Engine, Event, Outcome, Stop};
use calha::guide::Guide;
use calha::journal::RunCommand;
use calha::node::{Entry, Files, NodeName, NodePath};
use calha::op::Op;
use calha::setting::Resolved;

use super::bench::{Start, every_model, install, rollback, run, run_accepting};
use super::document_changes::{self, Back, Change, Says, Text};
use super::documents::{codes, verify};
use super::thorough::thorough;

/// A finished installation, and one document in it.
struct Edited {
    guide: Guide,
    done: Start,
    step: String,
    node: NodeName,
    at: NodePath,
    /// Lines that calha wrote.
    ours: Vec<String>,
}

impl Edited {
    /// The document of the last step whose name begins so, on the last node that has it.
    fn of(guide: Guide, fresh: &Start, step: &str) -> Self {
        let (after, done) = run(&guide, fresh, &install);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        let step = guide.steps.iter().rfind(|s| s.id.as_str().starts_with(step)).unwrap();
        let at = step
            .nodes()
            .iter()
            .flat_map(|node| step.named_ops(node))
            .find_map(|(_, op)| if let Op::Edit { path, .. } = op { Some(path) } else { None });
        let (id, at) = (step.id.to_string(), at.unwrap());
        // What lies on a shared disk is where that is.
        let mut nodes = guide.members.iter().rev();
        let node = nodes.find(|node| !read(&done, node, &at).is_empty()).unwrap().clone();
        let (now, before) = (read(&done, &node, &at), read(fresh, &node, &at));
        let begins = now.find("! BEGIN calha").unwrap_or_default();
        let new = now[begins..].lines().filter(|line| before.lines().all(|l| l != *line));
        let ours = new.map(str::to_owned).collect();
        Self { guide, done, step: id, node, at, ours }
    }

    fn changed(&self, change: &Change) -> (Start, String) {
        let whole = read(&self.done, &self.node, &self.at);
        let text = (change.make)(&Text { whole: &whole, ours: &self.ours });
        assert_ne!(text, whole, "{}", change.name);
        let mut start = self.done.clone();
        let mut files = start.rack.lab.files(&self.node);
        let Entry::File { mode, owner, .. } = files.stat(&self.at).unwrap() else { panic!() };
        files.write(&self.at, text.as_bytes(), mode, owner).unwrap();
        drop(files);
        (start, text)
    }

    fn drift(&self) -> String {
        format!("drift.{}", self.step)
    }

    /// Lines that are not ours by what they mean: whole blocks in ics.conf, fields elsewhere.
    fn of_others<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let fields = |line: &str| -> Vec<String> {
            let all = line.split([' ', '\t']).filter(|field| !field.is_empty());
            all.map(str::to_owned).collect()
        };
        let (first, last) = (&self.ours[0], self.ours.last().unwrap());
        let is_block = first.starts_with('!');
        let mut inside = false;
        let mut others = Vec::new();
        for line in text.lines() {
            inside |= is_block && line == first;
            if !inside && !self.ours.iter().any(|ours| fields(ours) == fields(line)) {
                others.push(line);
            }
            inside &= line != last;
        }
        others
    }

    /// Verify and install on the document as it stands now.
    fn is_judged(&self, change: &Change, start: &Start) {
        let what = format!("{} of {}: {}", self.step, self.at, change.name);
        let said = verify(&self.guide, start);
        // The server on the lab believes what it reads.
        let believes = |code: &&String| code.starts_with("service.") || code.starts_with("ports.");
        let mut problems: Vec<_> = said.problems.iter().filter(|code| !believes(code)).collect();
        problems.sort();
        problems.dedup_by(|a, b| a == b && *a == "ics-conf.overridden");
        let (wanted, drifts): (&[&str], bool) = match change.says {
            Says::Right => (&[], false),
            Says::Wrong(codes) => (codes, false),
            Says::Drift => (&[], true),
            Says::Both(codes) => (codes, true),
        };
        assert_eq!(problems, wanted, "{what}");
        // A configuration that is gone altogether is the configurator's work that is gone.
        let gone = change.name == "everything" && self.step.starts_with("ha-block");
        let own =
            |key: &&String| key.starts_with(&self.step) || (gone && key.starts_with("configure-"));
        assert_eq!(said.odd.iter().filter(own).count(), said.odd.len(), "{what}: {:?}", said.odd);
        assert_eq!(!said.odd.is_empty(), drifts, "{what}: {:?}", said.odd);

        let (after, end) = run(&self.guide, start, &install);
        let mut stopped = codes(&after.result);
        stopped.sort();
        stopped.dedup_by(|a, b| a == b && *a == "ics-conf.overridden");
        // That it would be configured again is in the way of that.
        stopped.retain(|code| !gone || code != "configurator.service-enabled");
        let drift = [self.drift()];
        let wanted: Vec<&str> = match wanted {
            [] if drifts => drift.iter().map(String::as_str).collect(),
            codes => codes.to_vec(),
        };
        assert_eq!(stopped, wanted, "{what}");
        let calls = |start: &Start| start.rack.lab.changing_calls().len();
        assert_eq!(calls(&end), calls(start), "{what}: something was done");
    }

    /// A way back on the document as it stands now.
    fn goes_back(&self, change: &Change, start: &Start, text: &str, way: Way) {
        let what = format!("{} of {}: {}, {way:?}", self.step, self.at, change.name);
        let (after, end) = run(&self.guide, start, &|engine| way.take(engine, &self.step));
        let asked = codes(&after.result);
        let (after, end) = match change.back {
            Back::Gone => {
                assert_eq!(asked, Vec::<String>::new(), "{what}");
                (after, end)
            }
            Back::Asked => {
                assert_eq!(asked, [self.drift()], "{what}");
                let drift = self.every_drift();
                let drift: Vec<&str> = drift.iter().map(String::as_str).collect();
                assert_eq!(read(&end, &self.node, &self.at), text, "{what}: before the answer");
                run_accepting(&self.guide, &end, &drift, &|engine| way.take(engine, &self.step))
            }
        };
        after.result.unwrap_or_else(|stop| panic!("{what}: {stop:#?}"));
        let is_left = |event: &Event| matches!(event, Event::OpEnds { step, outcome: Outcome::Left, .. } if *step == self.step);
        assert_eq!(after.events.iter().any(is_left), change.back == Back::Asked, "{what}");
        // The configurator's file goes with the configuration.
        if way == Way::Uninstall && self.at.as_str().ends_with("ics.conf") {
            return;
        }
        let left = read(&end, &self.node, &self.at);
        assert_eq!(self.of_others(&left), self.of_others(text), "{what}");
        if change.back == Back::Gone {
            let gone = |entry: &String| left.lines().all(|line| line != entry);
            assert!(gone(self.ours.last().unwrap()), "{what}: {left}");
        }
    }

    /// What everybody may be asked who undoes everything.
    fn every_drift(&self) -> Vec<String> {
        self.guide.steps.iter().map(|step| format!("drift.{}", step.id)).collect()
    }

    fn check(&self, changes: &[Change], every: usize) {
        for (number, change) in changes.iter().enumerate() {
            let (start, text) = self.changed(change);
            self.is_judged(change, &start);
            for (at, way) in [Way::Restore, Way::From, Way::Uninstall].into_iter().enumerate() {
                if (number + at).is_multiple_of(every) {
                    self.goes_back(change, &start, &text, way);
                }
            }
        }
    }
}

/// How an edit is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Restore,
    From,
    Uninstall,
}

impl Way {
    fn take(self, engine: &mut Engine<'_>, step: &str) -> Result<(), Stop> {
        match self {
            Self::Restore => engine.undo_steps(RunCommand::Restore, &[step.to_owned()]),
            Self::From => engine.undo(RunCommand::Undo, Some(step)),
            Self::Uninstall => rollback(engine),
        }
    }
}

fn read(start: &Start, node: &NodeName, at: &NodePath) -> String {
    let bytes = start.clone().rack.lab.files(node).read(at).unwrap_or_default();
    String::from_utf8(bytes).unwrap()
}

/// Every change in the first model, and one in three in the others; a sample takes one in ten there,
/// and one way back in three.
fn in_every_model(changes: fn() -> Vec<Change>, step: &str, guide: impl Fn(&Resolved) -> Guide) {
    let (others, every) = if thorough() { (3, 1) } else { (10, 3) };
    for (number, resolved) in every_model().iter().enumerate() {
        let edited = Edited::of(guide(resolved), &Start::fresh(resolved), step);
        let changes = changes().into_iter().enumerate();
        let due = changes.filter(|(at, _)| number == 0 || at % others == number % others);
        let due: Vec<Change> = due.map(|(_, change)| change).collect();
        edited.check(&due, every);
    }
}

#[test]
fn vfstab_as_anybody_may_leave_it() {
    in_every_model(document_changes::vfstab, "vfstab-entry", |r| Guide::of(r, "cal").unwrap());
}

#[test]
fn ics_conf_as_anybody_may_leave_it() {
    in_every_model(document_changes::ics_conf, "ha-block", |r| Guide::of(r, "cal").unwrap());
}

#[test]
fn syslog_conf_as_anybody_may_leave_it() {
    let guide = |r: &Resolved| Guide::debugging(r, "cal", 9).unwrap();
    in_every_model(document_changes::syslog_conf, "debug-syslog", guide);
}
