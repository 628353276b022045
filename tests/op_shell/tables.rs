//! What is wrong with a table of file systems: calha's look in Rust and the shell form that a
//! printed script asks find the same, in the same lines, under every shell and every awk(1) of
//! this machine.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command as Process;

use calha::document::{Vfstab, VfstabEntry};
use calha::node::NodePath;
use calha::op::shell::PRELUDE;
use calha::op::{Check, Flaw};

use crate::entries::LINE;
use crate::support::thorough::thorough;
use crate::support::{RECORD, Root, path, shells};

/// Lines of a table: ours, ours as somebody else would write it, and other people's.
fn lines(all_of_dos: bool) -> Vec<String> {
    let (block, raw) = ("/dev/md/penguin/dsk/d400", "/dev/md/penguin/rdsk/d400");
    let other = "/dev/dsk/c0t1d0s0\t/dev/rdsk/c0t1d0s0\t/export\tufs\t2\tyes\t-";
    let mut all = vec![
        LINE.to_owned(),
        LINE.replace('\t', "  \t "),
        format!(" \t{LINE} "),
        LINE.replace("/cal\t", "/cal/\t"),
        LINE.replace("/cal\t", "//cal\t"),
        LINE.replace("/cal\t", "/./cal/.\t"),
        LINE.replace("/cal\t", "cal\t"),
        LINE.replace("/cal\t", "/cal/..\t"),
        LINE.replace("/cal\t", "/calendar\t"),
        LINE.replace("\t2\t", "\t02\t"),
        LINE.replace("\t2\t", "\t2.0\t"),
        LINE.replace("\tno\t", "\tyes\t"),
        LINE.replace("\tno\t", "\tno\u{b}"),
        LINE.replace("\tno\t", "\tno\u{c}\t"),
        LINE.replace("\tno\t", "\tno\r\t"),
        format!("{LINE}!"),
        format!("{LINE} x"),
        format!("{LINE} \u{1}"),
        LINE.replace("\tlogging", ""),
        LINE.replace("logging", "-"),
        LINE.replace("d400", "d40"),
        LINE.replace("/dev/", "/dev//"),
        LINE.replace("/dev/", "/dev/./").replace("/cal\t", "/other\t"),
        format!("{block} - - swap - no -"),
        format!("- {raw} /other ufs 2 no -"),
        format!("{block} {block} /other ufs 2 no -"),
        format!("{raw} {block} /other ufs 2 no -"),
        format!("{block} /dev/md/penguin/rdsk/d300 /other ufs 2 no -"),
        format!("/dev/md/penguin/dsk/d300 {raw} /cal ufs 2 no -"),
        format!("/dev/md/penguin/dsk/d300 {raw} /other ufs 2 no -"),
        "nas:/x - /cal nfs - yes rw".into(),
        "nas:/x - /other nfs - yes /cal".into(),
        "/cal".into(),
        format!("x {raw}"),
        "- - - - - - -".into(),
        "-".into(),
        "/".into(),
        "1 2 3".into(),
        other.into(),
        "# comment".into(),
        format!("#{LINE}"),
        format!("  #{LINE}"),
        String::new(),
        " \t".into(),
        "\u{fc}\u{20ac}".into(),
        "x".repeat(1100),
        "x".repeat(2047),
        "x".repeat(2048),
        "x".repeat(2049),
        format!("# {}", "y ".repeat(1024)),
        format!("# {}", "y".repeat(9000)),
        "nul \0 in it".into(),
    ];
    let every = if all_of_dos { 1 } else { 3 };
    let dos: Vec<String> = all.iter().step_by(every).map(|line| format!("{line}\r")).collect();
    all.extend(dos);
    all.extend(["\r\r".into(), format!("{LINE} \r"), format!("{LINE}\r\r"), "a b \r".into()]);
    all
}

/// Each line alone, with or without its newline, and some before and behind others; or more of all
/// of that.
fn tables(more: bool) -> Vec<Vec<u8>> {
    let lines = lines(more);
    let mut all: Vec<String> = vec![String::new(), "\n".into(), "\n\n".into()];
    for (at, line) in lines.iter().enumerate() {
        let both = [line.clone(), format!("{line}\n")];
        all.extend(if more { both.to_vec() } else { both[at % 2..][..1].to_vec() });
    }
    let near = [0, 1, 3, 16, 28, 38, 39, lines.len() - 1];
    for (at, line) in lines.iter().enumerate() {
        for (turn, other) in near.iter().enumerate() {
            if (at * near.len() + turn).is_multiple_of(if more { 7 } else { 41 }) {
                all.push(format!("{}\n{line}\n", lines[*other]));
                all.push(format!("{line}\n{}\n{line}", lines[*other]));
            }
        }
    }
    let mut all: Vec<Vec<u8>> = all.into_iter().map(String::into_bytes).collect();
    all.push([LINE.as_bytes(), b" \xff\xfe\n"].concat());
    all
}

/// The entry that [`LINE`] is.
fn wanted() -> VfstabEntry {
    let fields: Vec<String> = LINE.split('\t').map(str::to_owned).collect();
    let [block_device, raw_device, mount_point, fs_type, fsck_pass, at_boot, options] =
        <[String; 7]>::try_from(fields).unwrap();
    let mount_at_boot = at_boot == "yes";
    VfstabEntry {
        block_device,
        raw_device,
        mount_point,
        fs_type,
        fsck_pass,
        mount_at_boot,
        options,
    }
}

/// The codes under which calha's look tells the flaws of a table.
const CODES: [(Flaw, &str); 7] = [
    (Flaw::NotText, "file.not-text"),
    (Flaw::CarriageReturn, "vfstab.crlf"),
    (Flaw::OtherEntry, "vfstab.other-entry"),
    (Flaw::DeviceInUse, "vfstab.device-in-use"),
    (Flaw::RawDevice, "vfstab.raw-device"),
    (Flaw::Fields, "vfstab.fields"),
    (Flaw::Duplicate, "vfstab.duplicate"),
];

fn flawed(at: &NodePath, flaw: Flaw) -> Check {
    Check::Flawed { path: at.clone(), entry: LINE.into(), flaw }
}

/// A node with the tables, and what stands where a table should.
struct Shelf {
    root: Root,
    paths: Vec<NodePath>,
}

impl Shelf {
    fn new(more: bool) -> Self {
        let root = Root::new();
        fs::create_dir(root.here("/t")).unwrap();
        let mut paths = Vec::new();
        for (at, table) in tables(more).into_iter().enumerate() {
            let place = format!("/t/{at}");
            fs::write(root.here(&place), table).unwrap();
            paths.push(path(&place));
        }
        fs::write(root.here("/t/two"), format!("{LINE}\n{LINE}\n")).unwrap();
        fs::hard_link(root.here("/t/two"), root.here("/t/names")).unwrap();
        symlink("/t/two", root.here("/t/led")).unwrap();
        symlink("/t/none", root.here("/t/nowhere")).unwrap();
        fs::create_dir(root.here("/t/directory")).unwrap();
        paths.extend(["names", "led", "nowhere", "directory"].map(|n| path(&format!("/t/{n}"))));
        Self { root, paths }
    }

    /// What calha finds, each flaw with its lines, by table.
    fn seen(&self) -> Vec<String> {
        let mut all = Vec::new();
        for at in &self.paths {
            let mut found = BTreeSet::new();
            for (number, flaw) in Flaw::ALL.iter().enumerate() {
                let check = flawed(at, *flaw);
                if check.holds(&self.root).unwrap() {
                    found.insert(*flaw);
                    let lines = check.evidence(&self.root).unwrap().unwrap_or_default();
                    // Where a NUL byte stands nothing on the node can say.
                    let lines = if *flaw == Flaw::NotText { String::new() } else { lines };
                    all.push(format!("{at} {number} {lines}").trim_end().to_owned());
                }
            }
            self.is_told(at, &found);
        }
        all
    }

    /// The look of the step has a problem for each of them, and no other.
    fn is_told(&self, at: &NodePath, found: &BTreeSet<Flaw>) {
        let Ok(bytes) = fs::read(self.root.here(at.as_str())) else { return };
        let problems = Vfstab::parse(&bytes).problems_for(&wanted(), "vfstab");
        let told: BTreeSet<&str> = problems.iter().map(|p| p.code.as_str()).collect();
        let wanted: BTreeSet<&str> =
            CODES.iter().filter(|(flaw, _)| found.contains(flaw)).map(|(_, code)| *code).collect();
        assert_eq!(told, wanted, "{}", String::from_utf8_lossy(&bytes));
    }

    /// What the shell form finds under a shell, with another prelude.
    fn asked(&self, shell: &str, prelude: &str) -> Vec<String> {
        let mut script = format!("CALHA_RECORD={RECORD}\n{prelude}\n");
        for at in &self.paths {
            script.push_str("calha_anew\n");
            for (number, flaw) in Flaw::ALL.iter().enumerate() {
                let asked = flawed(at, *flaw).to_shell();
                let lines = if *flaw == Flaw::NotText { "" } else { "$got" };
                script.push_str(&format!("if {asked}; then echo {at} {number} {lines}; fi\n"));
            }
        }
        let file = self.root.here("/script");
        fs::write(&file, script).unwrap();
        let mut words = shell.split(' ');
        let output = Process::new(words.next().unwrap())
            .args(words)
            .arg(&file)
            .env_clear()
            .env("CALHA_LAB_ROOT", self.root.dir.path())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
    }
}

/// Each awk(1) that is installed besides the one of the other tests, as a node would start it.
fn awks() -> Vec<String> {
    let all = ["gawk", "mawk", "original-awk", "busybox"];
    let usual = fs::canonicalize("/usr/bin/awk").unwrap();
    let there = |name: &&str| {
        let program = Path::new("/usr/bin").join(name);
        program.exists() && program != usual
    };
    let start = |name: &str| match name {
        "busybox" => "exec /usr/bin/busybox awk \"$@\"".to_owned(),
        name => format!("exec /usr/bin/{name} \"$@\""),
    };
    all.into_iter().filter(there).map(start).collect()
}

fn agree(seen: &[String], asked: &[String], under: &str) {
    let odd: Vec<&String> = seen
        .iter()
        .filter(|line| !asked.contains(line))
        .chain(asked.iter().filter(|line| !seen.contains(line)))
        .collect();
    assert!(odd.is_empty(), "{under}: only one of both says {odd:?}");
}

#[test]
fn a_wrong_table_is_found_alike() {
    let shelf = Shelf::new(thorough());
    let seen = shelf.seen();
    assert!(seen.len() > 100, "{}", seen.len());
    let shells = shells();
    for shell in &shells {
        agree(&seen, &shelf.asked(shell, PRELUDE), shell);
    }
    for awk in awks() {
        shelf.root.command("awk", &awk);
        agree(&seen, &shelf.asked(&shells[0], PRELUDE), &awk);
    }
}

/// Each part of the shell form is for something: without it some table is judged otherwise.
#[test]
fn a_part_of_the_shell_form_that_is_taken_away_is_missed() {
    let parts = [
        ("  if test \"$links\" -gt 1; then echo hard-link; fi\n", ""),
        ("  tr -d '\\000' <\"$p\" | cmp -s - \"$p\"\n", "  true\n"),
        ("length($0) > 2048", "length($0) > 2049"),
        ("    if (word == \"\") n = n - 1\n", ""),
        ("&& part[j] != \".\") at[i]", ") at[i]"),
        ("if (part[j] != \"\" && part[j] != \".\") at[i]", "if (part[j] != \".\") at[i]"),
        ("if (ended == 1) returns", "if (ended == 2) returns"),
        ("if (same > 1)", "if (same > 2)"),
        ("if (at[i] == point) about = 1", ""),
        ("at[i] != \"-\" && (at[i] == block || at[i] == raw)", "at[i] == block"),
        ("if (i <= 2) used = 1", ""),
        ("if (n != 7) {", "if (n < 7) {"),
        ("if (at[3] != point && used == 1)", "if (used == 1)"),
        ("mixed == 1 && at[1] != \"-\" && at[2] != \"-\"", "mixed == 1"),
        ("$1 !~ /^#/ {\n  where", "1 {\n  where"),
        ("tr '!\\013\\014\\015' '\\002\\002\\002!'", "cat"),
        ("if calha_resolve \"$2\" && test -f", "p=$R$2\n  if test -f"),
    ];
    if !thorough() {
        return;
    }
    let shelf = Shelf::new(false);
    let seen = shelf.seen();
    let shell = &shells()[0];
    let is_needless = |(part, without): &&(&str, &str)| {
        assert_eq!(PRELUDE.matches(part).count(), 1, "{part}");
        shelf.asked(shell, &PRELUDE.replace(part, without)) == seen
    };
    let needless: Vec<_> = parts.iter().filter(is_needless).collect();
    assert!(needless.is_empty(), "nothing misses {needless:?}");
}
