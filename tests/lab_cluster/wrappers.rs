//! Base commands: what Solaris 8 lacks is refused, and no path leaves the root.

use calha::node::{Entry, NodePath};

use crate::disk::Typed;
use crate::site::*;

#[test]
fn what_solaris_8_lacks_is_refused() {
    let mut lab = Typed::new();
    lab.ok("Node1", "touch /tmp/f");
    for wrong in [
        "mkdir -P /Cal",
        "mkdir --parents /Cal",
        "grep -q root /etc/passwd",
        "grep -E root /etc/passwd",
        "grep -F root /etc/passwd",
        "grep -o root /etc/passwd",
        "grep -e root /etc/passwd",
        "sed -i s/a/b/ /tmp/f",
        "sed -r s/a/b/ /tmp/f",
        "sed -E s/a/b/ /tmp/f",
        "cp -a /tmp/f /tmp/g",
        "cp --preserve /tmp/f /tmp/g",
        "ls --color /tmp",
        "ln -n -s /tmp/f /tmp/g",
        "ln -T -s /tmp/f /tmp/g",
        "tail -n 3 /etc/passwd",
        "id -u",
        "sort --unique /etc/passwd",
        "awk -v a=1 {print} /etc/passwd",
        "find /tmp -maxdepth 1",
        "rm --recursive /tmp/f",
        "date +%s",
        "test -e /tmp/f",
        "mv -T /tmp/f /tmp/g",
        "wc --lines /tmp/f",
        "head -c 3 /tmp/f",
    ] {
        let output = lab.line("Node1", wrong, "");
        assert!(
            !output.success() && !output.stderr.is_empty() && output.stdout.is_empty(),
            "{wrong}: {output:?}"
        );
    }
    for absent in
        ["readlink", "mktemp", "stat", "seq", "md5sum", "realpath", "timeout", "ssh", "curl", "cal"]
    {
        let output = lab.shell("Node1", absent);
        assert!(!output.success(), "{absent} is in PATH");
    }
    assert_eq!(
        lab.lab.changing_calls().unwrap().len(),
        0,
        "a refusal or a temporary file was counted as a change"
    );
}

#[test]
fn what_solaris_8_has_works_in_scripts() {
    let lab = Typed::new();
    let script = "
        set -e
        R=$CALHA_LAB_ROOT
        mkdir -p -m 0750 /a/b
        echo one > $R/a/b/f
        echo two >> $R/a/b/f
        fgrep -x two /a/b/f | wc -l | grep 1 >/dev/null
        egrep 'two|three' /a/b/f >/dev/null
        sed -e s/two/2/ /a/b/f | nawk '{ print NR, $1 }'
        ln -s /a/b /a/link
        cat /a/link/f | wc -l | tr -d ' '
        tail -1 $R/a/b/f; tail +2 /a/b/f; head -1 /a/b/f
        if grep two /a/b/f > /dev/null; then echo found; fi
        cksum < $R/a/b/f
        expr 3 + 4; test -d /a/b && test -h /a/link && test -c /dev/null
        find /a/b -name f -print | wc -l | tr -d ' '
        ls -ld /a/link /a/b; ls /a
        env -i X=1 sh -c 'echo $X $HOME; uname -n; echo $PATH | tr : \"\\012\" | grep -v $CALHA_LAB_ROOT || echo inside'
        cp -p /a/b/f /a/g; cmp /a/b/f $R/a/g; rm -r /a/b; ls /a
    ";
    let output = lab.shell("Node1", script);
    let expected = ["1 one", "2 2", "2", "two", "two", "one", "found", "3865817952 8", "7", "1"];
    let text = output.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..expected.len()], expected, "{}", String::from_utf8_lossy(&output.stderr));
    assert!(lines[10].starts_with("drwxr-x---") && lines[10].ends_with(" /a/b"), "{}", lines[10]);
    assert!(lines[11].ends_with("/a/link -> /a/b"), "{}", lines[11]);
    assert_eq!(lines[12..], ["b", "link", "1", "Node1", "inside", "g", "link"]);
    assert!(output.success(), "{output:?}");
}

#[test]
fn no_path_leaves_the_root() {
    let mut lab = Typed::new();
    let outside = lab.directory.path().join("outside");
    std::fs::write(&outside, "secret\n").unwrap();
    let up = "../".repeat(40);
    let text = outside.to_str().unwrap();
    lab.ok("Node1", &format!("ln -s {text} /tmp/absolute"));
    lab.ok("Node1", &format!("ln -s {up}{} /tmp/relative", &text[1..]));
    lab.ok("Node1", "ln -s / /tmp/root");
    lab.ok(
        "Node1",
        &format!("ln -s {} /tmp/directory", outside.parent().unwrap().to_str().unwrap()),
    );
    for path in [
        text,
        &format!("{up}{}", &text[1..]),
        &format!("/{up}{}", &text[1..]),
        "/tmp/absolute",
        "/tmp/relative",
        "/tmp/directory/outside",
    ] {
        for program in [
            "cat",
            "cksum",
            "sed -n p",
            "head -1",
            "wc -l",
            "grep secret",
            "sort",
            "cp /dev/null",
            "rm",
            "chmod 777",
            "dd of=/dev/null if=",
        ] {
            let line = if program.ends_with('=') {
                format!("{program}{path}")
            } else {
                format!("{program} {path}")
            };
            let output = lab.line("Node1", &line, "");
            assert!(!output.text().contains("secret"), "{line}");
        }
    }
    assert_eq!(std::fs::read_to_string(&outside).unwrap(), "secret\n");
    // A link to the root is the host's root; the host's name is there, this machine's is not.
    assert_eq!(lab.ok("Node1", "cat /tmp/root/etc/nodename"), "Node1\n");
    assert_eq!(lab.ok("Node1", "sed -n p /tmp/root/../../etc/nodename"), "Node1\n");
    let seen = lab.lab.with_files(&node("Node1"), |files| {
        files.stat(&NodePath::new("/tmp/root/tmp/root/etc/nodename").unwrap())
    });
    assert!(matches!(seen, Ok(Ok(Entry::File { .. }))), "{seen:?}");
}

/// Stated for a rehearsal that must end in seconds: a wrapper costs about as much as starting any process.
#[test]
fn a_program_starts_fast() {
    let mut lab = Typed::new();
    let start = std::time::Instant::now();
    for _ in 0..50 {
        lab.ok("Node1", "ls /etc");
    }
    // A bound for a debug build on a busy machine; a release build needs about 1 ms.
    assert!(start.elapsed().as_millis() < 50 * 30, "{:?}", start.elapsed());
}
