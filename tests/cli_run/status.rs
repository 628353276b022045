//! What `status` answers in its first lines: healthy or not, where the last run stopped, what to
//! type next. Only what was seen healthy is healthy, and nobody waits for a node that is silent.

use std::time::{Duration, Instant};

use calha::lab::{Fault, GroupState};
use calha::node::NodeName;

use super::schema;
use super::site::{Said, Site};

/// The three answers at the top, by their names: its last word, where a node was slow.
fn answers(said: &Said) -> [String; 3] {
    let of = |name: &str| {
        let line = said.out.lines().rfind(|line| line.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("no {name}: {}{}", said.out, said.err));
        line[name.len()..].trim().to_owned()
    };
    [of("healthy"), of("last run"), of("next")]
}

fn fits_the_screen(said: &Said) {
    let is_typed = |line: &str| line.contains("calha ");
    let wide = said.out.lines().find(|l| l.chars().count() > 80 && !is_typed(l));
    assert_eq!(wide, None, "{}", said.out);
}

#[test]
fn it_says_where_one_stands_and_what_to_type_next() {
    let site = Site::new();
    let profile = site.profile.display().to_string();
    let lab = site.dir.path().join("lab").display().to_string();
    let stands = |status: i32, healthy: &str, last: &str, next: &str| {
        let said = site.run("status", &[]);
        let [is_healthy, last_run, to_type] = answers(&said);
        assert_eq!(said.status, status, "{}{}", said.out, said.err);
        assert!(is_healthy.starts_with(healthy), "{healthy}\n{}", said.out);
        assert!(last_run.contains(last), "{last}\n{}", said.out);
        assert_eq!(to_type, next.replace("SITE", &profile), "{}", said.out);
        fits_the_screen(&said);
        said
    };

    stands(3, "NO: nothing was installed from here", "none from here", "calha install SITE");
    site.run("install", &["--yes", "--only", "vfstab-entry"]);
    // It has ended: what is left is a decision of its own, and stands below.
    let part = "done, only vfstab-entry";
    let said = stands(3, "NO: 1 of 18 steps are done", part, "calha install SITE");
    assert!(said.out.contains("open: accounts, mount-directory"), "{}", said.out);
    let data = site.run("status", &["--format", "json"]);
    is_as_the_schema_says(&serde_json::from_str(&data.out).unwrap());

    // One that has not is gone on with by the same words: resumed it would take every step.
    let host = NodeName("Node2".into());
    site.lab.inject(Fault::DiskFull { host, path: "/etc".into() }).unwrap();
    let some = ["--only", "mount-directory", "--only", "accounts"];
    assert_eq!(site.run("install", &[&some[..], &["--yes"]].concat()).status, 1);
    site.lab.clear_faults().unwrap();
    let (_, last) = site.run("status", &[]).out.split_once("then type\n").map_or_else(
        || panic!("no command"),
        |(before, after)| (before.to_owned(), after.to_owned()),
    );
    let typed = format!("calha install {profile} --only mount-directory --only accounts");
    assert!(last.trim_start().starts_with(&typed), "{last}");

    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let verify = "nothing; calha verify SITE proves every step";
    stands(0, "yes: cal is served by Node1", ": done", verify);

    // Two nodes must never have it: the cluster brings it to the one that mounts, then it is proved.
    let (one, two) = (NodeName("Node1".into()), NodeName("Node2".into()));
    let both = |state| {
        site.lab
            .edit(|c| {
                c.groups[0].states.insert(two.clone(), state);
            })
            .unwrap()
    };
    both(GroupState::Online);
    stands(3, "NO: CAL-RG is online on 2 nodes", ": done", "type");
    let told = site.run("status", &[]).out;
    let typed = format!(
        "next      type\n          on {one}: /usr/cluster/bin/scswitch -z -g CAL-RG -h {one}\n          \
         calha verify {profile}\n"
    );
    assert!(told.contains(&typed), "{told}");
    both(GroupState::Offline);

    // The next command is one that works, and it leads on.
    assert_eq!(site.run("service", &["--help"]).status, 2);
    let stopped = site.calha(&["service", "stop", &profile, "--yes"]);
    assert_eq!(stopped.status, 0, "{}", stopped.err);
    stands(3, "NO: CAL-SVR-RS is disabled", "calha service stop ", "calha service start SITE");
    assert_eq!(site.calha(&["service", "start", &profile, "--yes"]).status, 0);

    let fault = r#"{"fault":"start-fails","resource":"CAL-SVR-RS"}"#;
    assert_eq!(site.calha(&["lab", "fault", &lab, fault]).status, 0);
    site.calha(&["service", "restart", &profile, "--yes"]);
    let said = site.run("status", &[]);
    assert_eq!(said.status, 3, "{}", said.out);
    assert!(answers(&said)[0].contains("ONLINE_FAULTED on Node1"), "{}", said.out);
    let typed = format!("          calha service restart {profile} cal");
    assert!(said.out.lines().any(|line| line == typed), "{}", said.out);
    fits_the_screen(&said);
}

/// A service that is not up because a run did not come to its end is no case for "service start".
#[test]
fn an_unfinished_run_is_gone_on_with_before_a_service_is_started() {
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let back = site.run("rollback", &["--from", "service-resource", "--yes"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);

    let said = site.run("status", &[]);
    assert_eq!(said.status, 3, "{}", said.out);
    // What was undone on purpose is not called cut off, and nothing has to follow it.
    let [_, last_run, _] = answers(&said);
    let (_, next) = said.out.split_once("\nnext ").unwrap();
    let install = format!(
        "nothing, where this is what you want or, to go forward again: calha install {}",
        site.profile.display()
    );
    assert!(last_run.starts_with("rollback at ") && last_run.contains(": done, "), "{last_run}");
    let next = next.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(next.starts_with(&install), "{}", said.out);
    let data = site.run("status", &["--format", "json"]);
    is_as_the_schema_says(&serde_json::from_str(&data.out).unwrap());

    let resumed = site.run("resume", &["--yes"]);
    assert_eq!(resumed.status, 0, "{}{}", resumed.out, resumed.err);
    assert_eq!(site.run("status", &[]).status, 0);

    let gone = site.run("uninstall", &["--yes"]);
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
    let [healthy, last_run, next] = answers(&site.run("status", &[]));
    assert_eq!(healthy, "NO: the installation was undone");
    assert!(last_run.starts_with("uninstall at "), "{last_run}");
    assert!(last_run.ends_with(": everything was undone"), "{last_run}");
    assert!(next.starts_with("nothing; calha install "), "{next}");
}

#[test]
fn what_the_living_say_does_not_wait_for_the_silent() {
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    // Each node is another machine, which the words of its connection show.
    let silent = |node: &str| {
        format!("node.{node}.connection={{command=[\"/bin/sleep\", \"6{}\"]}}", &node[4..])
    };

    let begun = Instant::now();
    let mut command = site.program(&["status", site.profile.to_str().unwrap()]);
    command.args(["--set", &silent("Node2")]).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut first = [0; 8];
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut first).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    let said = super::site::said(child.wait_with_output().unwrap());
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(said.status, 3, "{}", said.out);
    let (soon, end) = said.out.split_once("\nat the end:\n").expect("an end");
    for (part, told) in [
        (soon, " yet from Node2; so far:\nhealthy   NO: Node2 has not answered yet"),
        (soon, "next      wait for Node2"),
        (soon, "Node2        UP     no answer yet"),
        (end, "healthy   NO: Node2 is silent; cal is served by Node1\n"),
        (end, "Node2        UP     silent"),
        (soon, "Node1        ONLINE, /cal mounted"),
        (end, "Node1        ONLINE, /cal mounted"),
    ] {
        assert!(part.contains(told), "{told}\n{}", said.out);
    }

    let nobody = site.run("status", &["--set", &silent("Node1"), "--set", &silent("Node2")]);
    assert_eq!(nobody.status, 5, "{}{}", nobody.out, nobody.err);
    assert!(answers(&nobody)[0].starts_with("NO: Node1 is silent"), "{}", nobody.out);
}

fn is_as_the_schema_says(standing: &serde_json::Value) {
    let faults = schema::faults(&schema::of_status(), standing);
    assert!(faults.is_empty(), "{faults:#?}\n{standing:#}");
}

#[test]
fn a_program_reads_the_same_as_data() {
    let site = Site::new();
    assert_eq!(site.run("install", &["--yes"]).status, 0);
    let said = site.run("status", &["--format", "json"]);
    let standing: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    is_as_the_schema_says(&standing);
    let mut other = standing.clone();
    other["nodes"][0]["answer"] = "perhaps".into();
    other["instances"][0]["wrong"] = 1.into();
    other.as_object_mut().unwrap().remove("next");
    assert_eq!(schema::faults(&schema::of_status(), &other).len(), 3);
    assert_eq!((said.status, &standing["healthy"]), (0, &true.into()), "{}", said.out);
    assert_eq!(standing["version"], 1);
    assert_eq!(standing["journal"]["last_run"]["command"], "install");
    assert_eq!(standing["journal"]["last_run"]["ended"]["how"], "whole");
    assert_eq!(standing["nodes"][1]["state"], "UP");
    assert_eq!(standing["nodes"][1]["answer"], "answers");
    assert_eq!(standing["instances"][0]["states"]["Node2"], "OFFLINE");
    assert_eq!(standing["instances"][0]["mounted"]["Node1"], true);

    // A run that is at work is waited for, not resumed.
    let state = site.dir.path().join("state/calha/calendar-cluster/site");
    let held = calha::journal::FileStore::open(&state, "somebody else, process 7").unwrap();
    let said = site.run("status", &["--format", "json"]);
    drop(held);
    let standing: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    is_as_the_schema_says(&standing);
    let failed = ["--set", "node.Node2.connection={command=[\"/bin/false\"]}", "--format", "json"];
    is_as_the_schema_says(&serde_json::from_str(&site.run("status", &failed).out).unwrap());
    assert_eq!(standing["journal"]["last_run"]["ended"]["how"], "at-work");
    assert_eq!(standing["problems"], serde_json::json!(["a run is at work"]), "{}", said.out);
    let wait = "wait until it has ended: somebody else, process 7; then type calha status ";
    assert!(standing["next"].as_str().unwrap().starts_with(wait), "{}", said.out);
    assert_eq!(standing["commands"][0]["node"], serde_json::Value::Null);
}
