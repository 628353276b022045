//! Every moment at which a kill makes a difference, as nodes and journal stand then.

use std::sync::{Arc, Mutex};

use calha::engine::Stop;
use calha::guide::Guide;
use calha::journal::{MemoryStore, Store};
use calha::lab::{Fault, Rack, Trouble, Watch};

use super::bench::{Start, Work, options, run_on};

/// A moment, and what stood then.
#[derive(Clone)]
pub struct Point {
    pub label: String,
    pub start: Start,
}

type Points = Arc<Mutex<Vec<Point>>>;

/// A journal that notes a point before and after each line, and one with half the line.
struct Noting {
    inner: MemoryStore,
    points: Points,
    rack: Arc<Mutex<Rack>>,
}

impl Noting {
    fn note(&self, label: &str, journal: Vec<u8>) {
        let rack = Rack::snapshot(&self.rack);
        self.points
            .lock()
            .unwrap()
            .push(Point { label: label.to_owned(), start: Start { rack, journal } });
    }
}

impl Store for Noting {
    fn load(&mut self) -> std::io::Result<Vec<u8>> {
        self.inner.load()
    }

    fn append(&mut self, line: &[u8]) -> std::io::Result<()> {
        let before = self.inner.contents().open;
        let text = String::from_utf8_lossy(line);
        let label: String = text.chars().skip_while(|c| *c != '{').take(110).collect();
        let mut torn = before.clone();
        torn.extend_from_slice(&line[..line.len() / 2]);
        self.note(&format!("before {label}"), before);
        self.note(&format!("torn {label}"), torn);
        self.inner.append(line)?;
        self.note(&format!("after {label}"), self.inner.contents().open);
        Ok(())
    }

    fn truncate(&mut self, len: u64) -> std::io::Result<()> {
        self.inner.truncate(len)
    }

    fn archive(&mut self) -> std::io::Result<()> {
        self.note("before the journal is put away", self.inner.contents().open);
        self.inner.archive()?;
        self.note("after the journal was put away", self.inner.contents().open);
        Ok(())
    }
}

/// Runs the work once, uninterrupted, and gives every point with the end.
pub fn points(
    guide: &Guide,
    start: &Start,
    work: Work<'_>,
) -> (Vec<Point>, Result<(), Stop>, Start) {
    let points = Points::default();
    let store = MemoryStore::holding(start.journal.clone(), Vec::new());
    let watch: Watch = {
        let (points, store) = (Arc::clone(&points), store.clone());
        Arc::new(move |what, rack| {
            let start = Start { rack: rack.clone(), journal: store.contents().open };
            let mut points = points.lock().unwrap();
            points.push(Point { label: what.to_owned(), start: start.clone() });
            if what == "command at work" {
                points.extend(deaths(&start));
            }
        })
    };
    let noting = |rack: &Arc<Mutex<Rack>>| -> Box<dyn Store> {
        Box::new(Noting {
            inner: store.clone(),
            points: Arc::clone(&points),
            rack: Arc::clone(rack),
        })
    };
    let after = run_on(guide, start, noting, Some(watch), &options(), work);
    let end = Start { rack: after.rack, journal: store.contents().open };
    let mut points = points.lock().unwrap().clone();
    // Between two journal lines with no effect between them lies one moment, not two.
    points.dedup_by(|later, earlier| is_same(&later.start, &earlier.start));
    (points, after.result, end)
}

fn is_same(a: &Start, b: &Start) -> bool {
    a.journal == b.journal
        && a.rack.running == b.rack.running
        && a.rack.lab.calls().len() == b.rack.lab.calls().len()
        && a.rack.lab.cluster() == b.rack.lab.cluster()
        && a.rack.lab.digest(&[]) == b.rack.lab.digest(&[])
}

/// The node's power goes while a command is at work: before it did anything, after it did all of it, and for the configurator after
/// each of its tasks. Nobody writes its status, and no process is left.
fn deaths(at: &Start) -> Vec<Point> {
    let Some(running) = at.rack.running.first().cloned() else { return Vec::new() };
    let program =
        running.command.program.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let tasks = if program == "csconfigurator.sh" { 13 } else { 1 };
    (0..=tasks)
        .map(|after| {
            let mut rack = at.rack.clone();
            rack.running.clear();
            rack.lab.inject(Fault::Call {
                program: program.clone(),
                host: None,
                argument: None,
                nth: 1,
                seen: 0,
                trouble: Trouble::Dies { after },
            });
            rack.lab.exec(&running.host, &running.command, b"").unwrap();
            rack.lab.clear_faults();
            Point {
                label: format!("{program} died after {after}"),
                start: Start { rack, journal: at.journal.clone() },
            }
        })
        .collect()
}
