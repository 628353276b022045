//! No document takes longer than its size.

use std::time::Duration;

use calha::document::diff;
use calha::op::effect::edit;

use crate::findings::{codes, ics_notices, ics_problems, vfstab_problems};
use crate::wanted::{add_line, set_block};

/// Nothing may be quadratic in the size of a file. Without optimisation, on a busy machine, linear
/// is slow too.
const SOON: Duration = Duration::from_millis(if cfg!(debug_assertions) { 3000 } else { 300 });

/// How long this thread has had a processor: what else the machine has to do does not count.
fn processor_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs() as u32)
}

#[test]
fn big_files_do_not_take_long() {
    let big = |line: &str| line.repeat(10_000_000 / line.len()).into_bytes();
    let lines: Vec<u8> = (0..300_000)
        .flat_map(|n| format!("service.option{n} = \"{n} of very many\"\n").into_bytes())
        .collect();
    let timed = |what: &str, run: &dyn Fn()| {
        let start = processor_time();
        run();
        let took = processor_time() - start;
        eprintln!("{what}: {took:?}");
        assert!(took < SOON, "{what} took {took:?}");
    };
    let after = edit(&lines, &[set_block()]);
    let mut both_ends = b"first=\"1\"\n".to_vec();
    both_ends.extend(&after);
    let (short_lines, one_line, open_quotes) =
        (big("x\n"), big("x"), [b"a=\"".to_vec(), big("b\n")].concat());
    timed("diff of an appended block", &|| {
        assert_eq!(diff(&lines, &after, "x").lines().count(), 3 + 3 + 18)
    });
    timed("diff at both ends", &|| {
        assert!(diff(&lines, &both_ends, "x").contains("too many to compare"))
    });
    timed("diff of everything", &|| {
        assert!(diff(&lines, &short_lines, "x").contains("too many to compare"))
    });
    timed("one line", &|| {
        assert_eq!(codes(&ics_problems(&one_line))[0], "ics.conf:1 file.not-text")
    });
    timed("problems", &|| assert_eq!(codes(&ics_problems(&after)), Vec::<String>::new()));
    timed("notices", &|| assert_eq!(codes(&ics_notices(&after)), Vec::<String>::new()));
    timed("open quotes", &|| {
        assert_eq!(codes(&ics_problems(&open_quotes)), ["ics.conf:1 ics-conf.open-quote"])
    });
    let vfstab = edit(&big("/dev/dsk/c0 - - swap - no -\n"), &[add_line()]);
    timed("vfstab", &|| assert_eq!(codes(&vfstab_problems(&vfstab)), Vec::<String>::new()));
    let (left, right): (String, String) =
        (0..2990).map(|n| (format!("a{n}\n"), format!("b{n}\n"))).unzip();
    timed("as many different lines as are compared", &|| {
        assert_eq!(diff(left.as_bytes(), right.as_bytes(), "x").lines().count(), 3 + 2 * 2990);
    });
}
