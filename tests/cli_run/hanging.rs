//! A program that does not come back: the run ends at the limit, names the setting that has ended
//! it, and the next run waits for the program and goes on.

use std::time::{Duration, Instant};

use super::site::Site;
use super::thorough::thorough;

/// The call that hangs, the setting that ends the waiting, and what says so.
const HANGING: [(&str, &str, &str); 3] = [
    (
        r#"{"fault":"call","program":"scrgadm","argument":"-a","nth":1"#,
        "limit.cluster",
        "step resource-types on Node1 is not finished",
    ),
    (
        r#"{"fault":"call","program":"installer","host":"Node1","nth":1"#,
        "limit.vendor",
        "step software on Node1 is not finished",
    ),
    (
        r#"{"fault":"call","program":"id","host":"Node1","nth":1"#,
        "limit.query",
        "Node1: no answer to",
    ),
];

/// How long each hangs, and when waiting for it has to be over.
const HANGS: &str = r#","trouble":{"trouble":"hangs","seconds":90}}"#;
const SOON: Duration = Duration::from_secs(80);

#[test]
fn a_program_that_hangs_is_waited_for_as_long_as_the_setting_says_that_is_named() {
    // Each waits for a third of a minute, and nothing is done meanwhile.
    let tried = if thorough() { &HANGING[..] } else { &HANGING[..1] };
    std::thread::scope(|scope| {
        for (call, setting, sentence) in tried {
            scope.spawn(move || {
                let site = Site::new();
                let lab = site.dir.path().join("lab");
                let fault = format!("{call}{HANGS}");
                let said = site.calha(&["lab", "fault", lab.to_str().unwrap(), &fault]);
                assert_eq!(said.status, 0, "{}", said.err);

                let begun = Instant::now();
                let profile = site.profile.to_str().unwrap();
                let limits = ["--set", "limit.cluster=1", "--set", "limit.vendor=1"];
                let all = [&["install", profile, "--yes", "--set", "limit.query=1"], &limits[..]];
                let said = site.calha(&all.concat());
                assert!(begun.elapsed() < SOON, "{setting}: {:?}", begun.elapsed());

                let all = format!("{}{}", said.out, said.err);
                assert!([1, 5].contains(&said.status), "{setting}: {}: {all}", said.status);
                assert!(all.contains(sentence) && all.contains(setting), "{setting}: {all}");
            });
        }
    });
}
