//! Logs as nodes have them: rotated, over New Year's Eve, with a crash behind them, very long. What
//! is promised is that each message is shown once, in its order. Who writes them is not tested
//! here.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use calha::node::NodeName;

use super::site::{Said, Site};

/// A log that calha does not make.
const LOG: &str = "/var/tmp/agent.log";

fn file(site: &Site, node: &str) -> PathBuf {
    let path = site.lab.root(&NodeName(node.into())).join(&LOG[1..]);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    path
}

/// A line of the log.
fn line(at: &str, text: &str) -> String {
    format!(
        "{at} Node1 SC[SUNW.scics:1,CAL-RG,CAL-SVR-RS,ics_svc_start]: [ID 1 daemon.info] {text}\n"
    )
}

fn log(site: &Site, more: &[&str]) -> Said {
    let profile = site.profile.to_str().unwrap();
    site.calha(&[&["debug", "log", profile, "--file", LOG], more].concat())
}

/// What messages say, without their heads.
fn texts(out: &str) -> Vec<&str> {
    out.lines().map(|line| line.rsplit_once(": ").map_or(line, |(_, text)| text)).collect()
}

/// Somebody who follows one node's log.
struct Follower {
    child: Child,
    said: PathBuf,
    complaints: PathBuf,
}

impl Follower {
    fn start(site: &Site, more: &[&str]) -> Self {
        let profile = site.profile.to_str().unwrap();
        let (said, complaints) = (site.dir.path().join("said"), site.dir.path().join("complaints"));
        let child = site
            .program(&[&["debug", "log", profile, "--file", LOG, "-f"], more].concat())
            .stdout(File::create(&said).unwrap())
            .stderr(File::create(&complaints).unwrap())
            .spawn()
            .unwrap();
        Self { child, said, complaints }
    }

    /// Waits until so many messages were shown; all of them.
    fn sees(&self, count: usize) -> Vec<String> {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let said = fs::read_to_string(&self.said).unwrap();
            if said.lines().count() >= count || Instant::now() > until {
                return texts(&said).into_iter().map(str::to_owned).collect();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn complaints(&self) -> String {
        fs::read_to_string(&self.complaints).unwrap()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        // It is gone already, or goes now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn append(path: &Path, bytes: impl AsRef<[u8]>) {
    let mut log = fs::OpenOptions::new().append(true).open(path).unwrap();
    log.write_all(bytes.as_ref()).unwrap();
}

/// What happens to a log between two looks at it, and what is to be said of that.
type Rotation = (&'static str, fn(&Path), bool);

#[test]
fn a_log_that_is_begun_anew_is_followed_however_that_is_done() {
    let long = "x".repeat(9000);
    let rotations: [Rotation; 5] = [
        (
            "moved, shorter",
            |log| {
                append(log, line("Dec 11 18:29:59", "last"));
                fs::rename(log, log.with_extension("log.0")).unwrap();
                fs::write(log, line("Dec 11 18:30:00", "after")).unwrap();
            },
            true,
        ),
        (
            "moved, longer",
            |log| {
                append(log, line("Dec 11 18:29:59", "last"));
                fs::rename(log, log.with_extension("log.0")).unwrap();
                let many: String =
                    (0..400).map(|_| "Dec 11 18:30:00 Node1 other: line\n").collect();
                fs::write(log, many + &line("Dec 11 18:30:00", "after")).unwrap();
            },
            true,
        ),
        (
            "emptied in place, shorter",
            |log| {
                fs::write(log, line("Dec 11 18:29:59", "last") + &line("Dec 11 18:30:00", "after"))
                    .unwrap();
            },
            false,
        ),
        (
            "emptied in place, longer",
            |log| {
                let many: String =
                    (0..400).map(|_| "Dec 11 18:30:00 Node1 other: line\n").collect();
                let lines = line("Dec 11 18:29:59", "last") + &line("Dec 11 18:30:00", "after");
                fs::write(log, many + &lines).unwrap();
            },
            false,
        ),
        (
            "emptied under a writer that keeps its place",
            |log| {
                let mut bytes = vec![0; fs::metadata(log).unwrap().len() as usize];
                bytes.extend(line("Dec 11 18:29:59", "last").bytes());
                bytes.extend(line("Dec 11 18:30:00", "after").bytes());
                fs::write(log, bytes).unwrap();
            },
            false,
        ),
    ];
    let site = Site::new();
    let path = file(&site, "Node1");
    for (name, rotate, whole) in rotations {
        let _ = fs::remove_file(path.with_extension("log.0"));
        fs::write(&path, line("Dec 11 18:24:46", &long) + &line("Dec 11 18:24:47", "two")).unwrap();
        let follower = Follower::start(&site, &["--node", "Node1"]);
        assert_eq!(follower.sees(2), [long.as_str(), "two"], "{name}");
        rotate(&path);
        follower.sees(4);
        append(&path, line("Dec 11 18:30:01", "further"));
        assert_eq!(follower.sees(5), [&long, "two", "last", "after", "further"], "{name}");
        let said = follower.complaints();
        assert!(said.contains("is a new file now"), "{name}: {said}");
        assert_eq!(!said.contains("may be missing"), whole, "{name}: {said}");
    }
}

#[test]
fn a_line_that_is_half_there_waits_for_its_end_when_it_is_followed() {
    let site = Site::new();
    let path = file(&site, "Node1");
    let whole = line("Dec 11 18:24:46", "first half and caf\u{e9}");
    // In the middle of a letter.
    let (first, second) = whole.as_bytes().split_at(whole.len() - 2);
    fs::write(&path, first).unwrap();
    let without = log(&site, &["--node", "Node1"]);
    assert_eq!(texts(&without.out), ["first half and caf\\xC3"], "{}", without.err);
    let follower = Follower::start(&site, &["--node", "Node1"]);
    std::thread::sleep(Duration::from_secs(2));
    append(&path, second);
    assert_eq!(follower.sees(1), ["first half and caf\u{e9}"]);
}

#[test]
fn new_years_eve_is_in_order_on_every_node() {
    let site = Site::new();
    let write = |node: &str, lines: &[(&str, &str)]| {
        let text: String = lines.iter().map(|(at, text)| line(at, text)).collect();
        fs::write(file(&site, node), text).unwrap();
    };
    write("Node1", &[("Nov 30 12:00:00", "a"), ("Dec 31 23:59:58", "b"), ("Jan  1 00:00:02", "d")]);
    write("Node2", &[("Jan  1 00:00:01", "c"), ("Jan  2 00:00:00", "e")]);
    for (options, wanted) in [
        (&[][..], &["a", "b", "c", "d", "e"][..]),
        (&["--since", "Dec 31 23:00"], &["b", "c", "d", "e"]),
        (&["--until", "Jan 1 00:00:01"], &["a", "b", "c"]),
        (&["--since", "Dec 31 23:59", "--until", "Jan 1 12:00"], &["b", "c", "d"]),
        (&["--node", "Node1", "--since", "Jan 1 00:00"], &["d"]),
        (&["--since", "Jan 3 00:00"], &[]),
    ] {
        let said = log(&site, options);
        assert_eq!(texts(&said.out), wanted, "{options:?} {}", said.err);
    }
}

#[test]
fn a_log_that_cannot_be_read_is_named_and_the_others_are_shown() {
    let site = Site::new();
    fs::write(file(&site, "Node1"), line("Dec 11 18:24:46", "of the first")).unwrap();
    // A directory is none, whatever files are in it.
    let directory = file(&site, "Node2");
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("other"), line("Dec 11 18:24:46", "of another file")).unwrap();
    let said = log(&site, &[]);
    assert_eq!((said.status, texts(&said.out)), (1, vec!["of the first"]), "{}", said.err);
    assert!(
        said.err.contains("Node2: ") && said.err.contains("not a regular file"),
        "{}",
        said.err
    );
    fs::remove_dir_all(&directory).unwrap();
    let missing = log(&site, &[]);
    assert_eq!(missing.err, format!("Node2: {LOG}: there is no such file\n"));
    let alone = log(&site, &["--node", "Node1"]);
    assert_eq!((alone.status, alone.err.as_str()), (0, ""));
}

#[test]
fn a_very_long_log_takes_little_memory() {
    let site = Site::new();
    let mut log = std::io::BufWriter::new(File::create(file(&site, "Node1")).unwrap());
    let (usual, long) = ("probe ".repeat(120), "x".repeat(8 << 20));
    for minute in 0..50_000 {
        let at = format!("Dec 11 {:02}:{:02}:00", minute / 60 % 24, minute % 60);
        log.write_all(line(&at, &usual).as_bytes()).unwrap();
    }
    log.write_all(line("Dec 12 01:00:00", &long).as_bytes()).unwrap();
    log.write_all(&vec![0; 8 << 20]).unwrap();
    let last = line("Dec 12 02:00:00", "the end").replace("daemon.info", "daemon.error");
    log.write_all(last.as_bytes()).unwrap();
    log.into_inner().unwrap().sync_all().unwrap();
    assert!(fs::metadata(file(&site, "Node1")).unwrap().len() > 48 << 20);

    let profile = site.profile.to_str().unwrap();
    let args = ["debug", "log", profile, "--file", LOG, "-f", "--level", "error"];
    let mut child = site
        .program(&[&args[..], &["--node", "Node1"]].concat())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let mut status = String::new();
    let proc = format!("/proc/{}/status", child.id());
    File::open(proc).unwrap().read_to_string(&mut status).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(texts(&first), ["the end"]);
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap().trim();
    let kilobytes: u64 = peak.trim_end_matches("kB").trim().parse().unwrap();
    assert!(kilobytes < 50_000, "{peak}");
}
