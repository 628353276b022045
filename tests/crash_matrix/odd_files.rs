//! Files that are not as they should be, met in the middle of a whole run: a clear code and the file as it was, or the edit and nothing else.

use calha::engine::{Options, Stop};
use calha::guide::Guide;
use calha::journal::{MemoryStore, StepChoice};
use calha::node::{Entry, Files, Mode, Owner};

use super::bench::{Start, install, node, options, path, resolved, run, run_on};

const CONF: &str = "/cal/config/ics.conf";

/// A cluster on which the configurator has run on both nodes, and the edit of ics.conf is what comes next.
struct Configured {
    guide: Guide,
    start: Start,
}

impl Configured {
    fn new() -> Self {
        let resolved = resolved(&[]);
        let guide = Guide::of(&resolved, "cal").unwrap();
        let before: Vec<String> =
            guide.steps.iter().map(|s| s.id.to_string()).take_while(|id| id != "backup").collect();
        assert!(before.iter().any(|id| id == "configure-secondary"), "{before:?}");
        let only = Options { chosen: StepChoice { only: before, from: None }, ..options() };
        let store = MemoryStore::default();
        let after = run_on(
            &guide,
            &Start::fresh(&resolved),
            |_| Box::new(store.clone()),
            None,
            &only,
            &install,
        );
        after.result.unwrap();
        Self { guide, start: Start { rack: after.rack, journal: store.contents().open } }
    }

    /// What a run that goes on comes to when ics.conf was changed meanwhile, and the file before and after it.
    fn after(
        &self,
        change: impl FnOnce(&mut dyn Files),
    ) -> (Result<(), Stop>, Vec<Seen>, Vec<Seen>) {
        let mut start = self.start.clone();
        change(&mut start.rack.lab.files(&node("Node2")));
        let before = look(&mut start);
        let (after, mut end) = run(&self.guide, &start, &install);
        (after.result, before, look(&mut end))
    }
}

/// A name, the code that is expected, and what is done to the file.
type Case = (&'static str, &'static str, fn(&mut dyn Files));

/// A file: what stands there, and its bytes where they can be read.
type Seen = (Entry, Option<Vec<u8>>);

fn look(start: &mut Start) -> Vec<Seen> {
    let holder = [node("Node1"), node("Node2")]
        .into_iter()
        .find(|n| start.rack.lab.files(n).stat(&path(CONF)).unwrap().exists());
    let files = start.rack.lab.files(&holder.unwrap_or_else(|| node("Node2")));
    vec![(files.stat(&path(CONF)).unwrap(), files.read(&path(CONF)).ok())]
}

fn codes(stop: &Stop) -> Vec<String> {
    match stop {
        Stop::Blocked(problems) | Stop::Stuck(problems) => {
            problems.iter().map(|p| p.code.clone()).collect()
        }
        Stop::Unanswered(questions) => questions.iter().map(|q| q.code.clone()).collect(),
        other => vec![format!("{other:?}")],
    }
}

fn write(files: &mut dyn Files, bytes: &[u8]) {
    files.write(&path(CONF), bytes, Mode(0o640), Owner { uid: 5001, gid: 5001 }).unwrap();
}

#[test]
fn an_ics_conf_that_is_none_is_refused_and_stays_as_it_is() {
    let bench = Configured::new();
    let cases: [Case; 6] = [
        ("a directory", "ics-conf.unreadable", |f| {
            f.remove(&path(CONF)).unwrap();
            f.mkdir(&path(CONF), Mode(0o755), Owner::ROOT).unwrap();
        }),
        ("a link to nowhere", "ics-conf.unreadable", |f| {
            f.remove(&path(CONF)).unwrap();
            f.symlink(&path(CONF), "/cal/config/gone").unwrap();
        }),
        ("missing", "ics-conf.unreadable", |f| f.remove(&path(CONF)).unwrap()),
        ("binary", "drift.configure-secondary", |f| {
            write(f, &(0..4096u32).map(|n| n as u8).collect::<Vec<u8>>())
        }),
        ("empty", "drift.configure-secondary", |f| write(f, b"")),
        ("a quote that does not close", "ics-conf.open-quote", |f| {
            let mut bytes = f.read(&path(CONF)).unwrap();
            bytes.extend(b"service.http.idletimeout = \"120\n");
            write(f, &bytes);
        }),
    ];
    for (name, code, change) in cases {
        let (result, before, after) = bench.after(change);
        let stop = result.expect_err(name);
        assert!(
            codes(&stop).iter().any(|c| c == code),
            "{name}: {code} expected, {:?}",
            codes(&stop)
        );
        assert_eq!(before, after, "{name}: ics.conf is not as it was");
    }
}

#[test]
fn an_ics_conf_that_is_only_odd_gets_its_block_and_keeps_every_other_byte() {
    let bench = Configured::new();
    let long = {
        let mut bytes = b"! ten megabytes\n".to_vec();
        while bytes.len() < 10 << 20 {
            bytes.extend(b"caldb.long = \"0123456789012345678901234567890123456789012345678901234567890123456789\"\n");
        }
        bytes
    };
    let control: Vec<u8> = (0..4096u32)
        .map(|n| n as u8)
        .filter(|b| !b"\0\"'".contains(b))
        .chain(*b"\na = \"1\"\n")
        .collect();
    let cases: [(&str, Vec<u8>); 4] = [
        ("10 MB", long),
        ("control characters", control),
        ("without a final newline", b"a = \"1\"\n! the end".to_vec()),
        ("no UTF-8", b"! caf\xe9 \xff\xfe\nlocal.name = \"\xed\x95\x9c\xea\xb8\x80\"\n".to_vec()),
    ];
    // What the configurator wrote stands before it.
    let written = bench.start.clone().rack.lab.files(&node("Node2")).read(&path(CONF)).unwrap();
    for (name, odd) in cases {
        let bytes = [written.as_slice(), &odd].concat();
        let (result, _, after) = bench.after(|f| write(f, &bytes));
        result.unwrap_or_else(|s| panic!("{name}: {s:?}"));
        let (entry, now) = &after[0];
        let now = now.as_ref().unwrap();
        assert!(now.starts_with(&bytes), "{name}: a byte before the block is another");
        let block = String::from_utf8_lossy(&now[bytes.len()..]).into_owned();
        assert!(
            block.contains("local.server.ha.enabled=\"yes\"") && block.ends_with('\n'),
            "{name}: {block}"
        );
        let Entry::File { mode, .. } = entry else { panic!("{name}: {entry:?}") };
        assert_eq!(*mode, Mode(0o640), "{name}");
    }
}

/// The superuser reads everything; a file that the agent may not read is said by the agent, and stays readable by nobody.
#[test]
fn an_ics_conf_without_any_read_permission_is_named_by_the_agent() {
    let bench = Configured::new();
    let (result, before, after) = bench.after(|f| f.chmod(&path(CONF), Mode(0)).unwrap());
    let Err(Stop::Failed(failure)) = result else { panic!("{result:?}") };
    assert!(
        failure.step.starts_with("service-") && failure.tail.contains("Permission denied"),
        "{failure:?}"
    );
    let (Entry::File { mode: then, .. }, Entry::File { mode: now, .. }) =
        (&before[0].0, &after[0].0)
    else {
        panic!("no file")
    };
    assert_eq!(then, now);
}

#[test]
fn a_vfstab_is_read_as_the_system_reads_it() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let run_with = |change: &dyn Fn(&[u8]) -> Vec<u8>| {
        let mut start = Start::fresh(&resolved);
        let vfstab = path("/etc/vfstab");
        let mut files = start.rack.lab.files(&node("Node2"));
        let bytes = change(&files.read(&vfstab).unwrap());
        files.write(&vfstab, &bytes, Mode(0o644), Owner::ROOT).unwrap();
        drop(files);
        let (after, mut end) = run(&guide, &start, &install);
        let now = end.rack.lab.files(&node("Node2")).read(&vfstab).unwrap();
        (after.result, bytes, now)
    };
    let appended = |more: &'static [u8]| move |bytes: &[u8]| [bytes, more].concat();
    let refused: [(&str, &str, &[u8]); 4] = [
        (
            "six fields on our mount point",
            "vfstab.fields",
            b"/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\n",
        ),
        (
            "another device",
            "vfstab.other-entry",
            b"/dev/dsk/x\t/dev/rdsk/x\t/cal\tufs\t2\tno\tlogging\n",
        ),
        (
            "our device elsewhere",
            "vfstab.device-in-use",
            b"/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/other\tufs\t2\tno\tlogging\n",
        ),
        (
            "mounted at boot",
            "vfstab.other-entry",
            b"/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tyes\tlogging\n",
        ),
    ];
    for (name, code, line) in refused {
        let (result, then, now) = run_with(&appended(line));
        let stop = result.expect_err(name);
        assert!(
            codes(&stop).iter().any(|c| c == code),
            "{name}: {code} expected, {:?}",
            codes(&stop)
        );
        assert_eq!(then, now, "{name}: /etc/vfstab is not as it was");
    }
    let (result, then, now) = run_with(&|bytes| {
        String::from_utf8(bytes.to_vec()).unwrap().replace('\n', "\r\n").into_bytes()
    });
    match result {
        Ok(()) => assert!(now.starts_with(&then), "CRLF: a byte before the entry is another"),
        Err(stop) => assert!(
            codes(&stop).iter().all(|c| c.starts_with("vfstab.")) && then == now,
            "{:?}",
            codes(&stop)
        ),
    }
    let (result, then, now) = run_with(&|bytes| bytes.strip_suffix(b"\n").unwrap().to_vec());
    result.unwrap();
    assert!(now.starts_with(&then) && now.ends_with(b"logging\n"), "without a final newline");
}
