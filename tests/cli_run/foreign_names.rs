//! Names that a second user has put where root works: for rehearsals, journals, drafts and what a
//! command was asked to write. Nothing is made in them, believed or written through them.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::site::{Said, Site, said};

/// A user that exists in no table.
pub const SECOND: u32 = 64_123;

pub fn is_root() -> bool {
    if rustix::process::geteuid().is_root() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "CI runs as root");
    eprintln!("skipped: another user can be played by root alone");
    false
}

/// A directory as /tmp is.
pub fn sticky(site: &Site, name: &str) -> PathBuf {
    let path = site.dir.path().join(name);
    fs::create_dir(&path).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o1777)).unwrap();
    path
}

/// A directory of the second user's.
pub fn foreign(above: &Path, name: &str) -> PathBuf {
    let path = above.join(name);
    fs::create_dir(&path).unwrap();
    chown(&path, Some(SECOND), Some(SECOND)).unwrap();
    path
}

pub fn refused(said: &Said, why: &str, at: &Path) {
    assert_ne!(said.status, 0, "{}", said.out);
    let err = said.err.replace("\n  ", " ");
    assert!(err.contains(why) && err.contains(at.to_str().unwrap()), "{why}: {}", said.err);
}

#[test]
fn a_simulated_cluster_is_never_made_where_somebody_else_can_write() {
    if !is_root() {
        return;
    }
    let site = Site::new();
    let common = sticky(&site, "common");
    let theirs = foreign(&common, "theirs");
    let (why, ours) = ("ID 64123", site.profile.to_str().unwrap());

    // An empty directory of theirs, and a missing one inside of it.
    for at in [theirs.clone(), theirs.join("below/here")] {
        let at = at.to_str().unwrap();
        refused(&site.run("rehearse", &["--keep", at]), "", &theirs);
        refused(&site.calha(&["lab", "create", at, ours]), "", &theirs);
    }
    let rehearse = |temporary: &Path| {
        said(site.program(&["rehearse", ours]).env("TMPDIR", temporary).output().unwrap())
    };
    refused(&rehearse(&theirs), why, &theirs);
    assert_eq!(fs::read_dir(&theirs).unwrap().count(), 0);

    // A link of theirs to a directory of root's.
    let link = common.join("link");
    symlink(site.dir.path(), &link).unwrap();
    rustix::fs::chownat(
        rustix::fs::CWD,
        &link,
        Some(rustix::fs::Uid::from_raw(SECOND)),
        None,
        rustix::fs::AtFlags::SYMLINK_NOFOLLOW,
    )
    .unwrap();
    refused(&rehearse(&link), "symbolic link", &link);
    refused(&site.calha(&["lab", "create", link.join("x").to_str().unwrap(), ours]), why, &link);

    // One in which everybody may rename what is there.
    let open = site.dir.path().join("open");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o777)).unwrap();
    refused(&rehearse(&open), "everybody", &open);

    // And where it is made, nobody looks into it.
    let lab = common.join("lab");
    let made = site.calha(&["lab", "create", lab.to_str().unwrap(), ours]);
    assert_eq!((made.status, mode(&lab)), (0, 0o700), "{}", made.err);
    // A cluster whose programs somebody else could put there is not gone on with.
    chown(&lab, Some(SECOND), Some(SECOND)).unwrap();
    refused(&site.calha(&["lab", "status", lab.to_str().unwrap()]), "others can write", &lab);
}

pub fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

/// A second user does this over and over while `calha` runs, for some seconds.
pub fn race(script: &str, at: &Path, seconds: u64, calha: &dyn Fn()) {
    let mut second = Command::new("/bin/sh")
        .args(["-c", &format!("while :; do {script}; done")])
        .current_dir(at)
        .uid(SECOND)
        .gid(SECOND)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(seconds) {
        calha();
    }
    second.kill().unwrap();
    second.wait().unwrap();
}

/// How long a race lasts; longer where CALHA_RACE says so.
pub fn seconds() -> u64 {
    std::env::var("CALHA_RACE").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(2)
}

#[test]
fn what_a_command_writes_lands_under_no_name_of_somebody_else_in_a_race() {
    if !is_root() {
        return;
    }
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let common = sticky(&site, "common");
    let roots = site.dir.path().join("roots");
    fs::create_dir(&roots).unwrap();
    fs::write(roots.join("kept"), "of root").unwrap();
    // The second user has to reach what is below.
    fs::set_permissions(site.dir.path(), Permissions::from_mode(0o711)).unwrap();

    // A link, a file of theirs and nothing, in turn, at the names that are written.
    let script = "ln -s ../roots/kept report.md 2>/dev/null; rm -f report.md; \
                  : >report.md; chmod 666 report.md; rm -f report.md; \
                  ln -s ../roots out; rm -f out; mkdir out; ln -s ../roots/kept out/plan; rm -rf out";
    let (report, out) = (common.join("report.md"), common.join("out"));
    race(script, &common, seconds(), &|| {
        site.run("report", &["--out", report.to_str().unwrap()]);
        site.run("plan", &["--offline", "--format", "sh", "--out", out.to_str().unwrap()]);
        for path in [&report, &out] {
            if fs::symlink_metadata(path).is_ok_and(|about| about.uid() == 0) {
                let _ = fs::remove_file(path);
                let _ = fs::remove_dir_all(path);
            }
        }
    });

    assert_eq!(fs::read_to_string(roots.join("kept")).unwrap(), "of root");
    assert_eq!(fs::read_dir(&roots).unwrap().count(), 1, "a file was put into root's directory");
}

#[test]
fn what_a_command_writes_never_goes_over_the_profile_or_through_another_name() {
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let text = fs::read_to_string(&site.profile).unwrap();
    let report = |out: &Path| site.run("report", &["--out", out.to_str().unwrap()]);

    let alias = site.dir.path().join("alias.toml");
    symlink(&site.profile, &alias).unwrap();
    refused(&report(&site.profile), "the profile itself", &site.profile);
    refused(&report(&alias), "the profile itself", &alias);

    let (first, second) = (site.dir.path().join("first"), site.dir.path().join("second"));
    fs::write(&first, "kept").unwrap();
    fs::hard_link(&first, &second).unwrap();
    refused(&report(&second), "another name", &second);
    assert_eq!(fs::read_to_string(&first).unwrap(), "kept");
    assert_eq!(fs::read_to_string(&site.profile).unwrap(), text);

    // Readable by all, writable by nobody else, with any umask.
    let (plan, one) = (site.dir.path().join("plan"), site.dir.path().join("one.md"));
    fs::write(&one, "").unwrap();
    fs::set_permissions(&one, Permissions::from_mode(0o666)).unwrap();
    let calha = env!("CARGO_BIN_EXE_calha");
    let profile = site.profile.display();
    let script = format!(
        "umask 0; {calha} plan {profile} --offline --format sh --out {} && {calha} report \
         {profile} --out {}",
        plan.display(),
        one.display()
    );
    let mut shell = Command::new("/bin/sh");
    let state = site.dir.path().join("state");
    let written = said(shell.args(["-c", &script]).env("XDG_STATE_HOME", state).output().unwrap());
    assert_eq!(written.status, 0, "{}", written.err);
    assert_eq!((mode(&plan), mode(&one)), (0o755, 0o644));
    for entry in fs::read_dir(&plan).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o644);
    }
    assert_eq!(report(Path::new("/dev/stdout")).status, 0);
}

#[test]
fn a_state_directory_is_believed_only_where_nobody_else_can_write() {
    if !is_root() {
        return;
    }
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let calha = site.dir.path().join("state/calha");
    let below = |above: &Path| -> PathBuf {
        fs::read_dir(above).unwrap().map(|e| e.unwrap().path()).find(|p| p.is_dir()).unwrap()
    };
    let cluster = below(&calha);
    let profile = below(&cluster);
    let journal = profile.join("journal");

    let all_refuse = |why: &str, at: &Path| {
        for command in ["status", "verify", "resume", "report"] {
            let said = site.run(command, &[]);
            assert_ne!(said.status, 0, "{command}: {}", said.out);
            assert!(said.err.contains(why), "{command} {why}: {}", said.err);
            assert!(said.err.contains(at.to_str().unwrap()), "{command}: {}", said.err);
        }
    };
    for path in [&calha, &cluster, &profile, &journal] {
        let before = mode(path);
        fs::set_permissions(path, Permissions::from_mode(before | 0o020)).unwrap();
        all_refuse("others can write it", path);
        fs::set_permissions(path, Permissions::from_mode(before)).unwrap();

        chown(path, Some(SECOND), None).unwrap();
        all_refuse("ID 64123", path);
        chown(path, Some(0), None).unwrap();

        let aside = site.dir.path().join("aside");
        fs::rename(path, &aside).unwrap();
        symlink(&aside, path).unwrap();
        all_refuse("link", path);
        fs::remove_file(path).unwrap();
        fs::rename(&aside, path).unwrap();
    }

    // A pipe is not waited for, and of what is in the way nothing is deleted.
    let aside = site.dir.path().join("aside");
    fs::rename(&journal, &aside).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &journal,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    all_refuse("not a regular file", &journal);
    fs::remove_file(&journal).unwrap();
    fs::rename(&aside, &journal).unwrap();

    let runs = profile.join("runs");
    for number in 0..250 {
        fs::write(runs.join(format!("2001-01-01-00-00-00-{number}.log")), "").unwrap();
    }
    let own = ["0notes.txt", "2000-01-01.log", "2000-01-01-00-00-00-1.log.gz"];
    own.iter().for_each(|name| fs::write(runs.join(name), "mine").unwrap());
    assert_eq!(site.run("verify", &[]).status, 0);
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    assert!(own.iter().all(|name| runs.join(name).exists()));
    assert!(fs::read_dir(&runs).unwrap().count() <= 200 + own.len());
}
