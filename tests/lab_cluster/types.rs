//! Resource types in the simulated cluster: real registration files, several versions of one type
//! side by side, and resources that move between them.

use calha::lab::{ClusterRelease, Fault, Memory, Personality, Solaris};
use calha::node::{Files, Mode, Owner};
use calha::resource_type::{RegistrationFile, Release, Severity, lint};

use crate::print_queue::deliver;
use crate::site::*;

/// A version of ACME's print queue, with what `more` adds to the first part and the second.
fn queue(version: &str, directives: &str, entries: &str) -> String {
    format!(
        "RESOURCE_TYPE = \"queue\";\nVENDOR_ID = ACME;\nRT_DESCRIPTION = \"print queue\";\n\
         RT_VERSION = \"{version}\";\nAPI_VERSION = 2;\nFAILOVER = TRUE;\n\
         RT_BASEDIR = /opt/ACMEqueue/{version};\nSTART = start;\nSTOP = stop;\n\
         VALIDATE = validate;\nMONITOR_START = mon_start;\nMONITOR_STOP = mon_stop;\n\
         {directives}\
         {{ PROPERTY = Start_timeout; MIN = 60; DEFAULT = 300; }}\n\
         {{ PROPERTY = Policy; EXTENSION; ENUM {{ Auto, Timeout, Cluster }}; DEFAULT = \"Auto\";\n\
           TUNABLE = ANYTIME; DESCRIPTION = \"Who decides\"; }}\n{entries}"
    )
}

const UPGRADE: &str = "#$upgrade\n";
const LEVEL: &str = "{ PROPERTY = Level; EXTENSION; INT; MIN = 1; MAX = 9; DEFAULT = 3;\n\
                     TUNABLE = ANYTIME; DESCRIPTION = \"What is told\"; }\n";

fn register(lab: &mut Memory, version: &str) {
    lab.ok("Node1", &format!("scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.{version}"));
}

/// Version 1 with a resource `q` in the group `q-rg`, online; versions 2 and on are delivered with
/// the tunability that each is to have.
fn running(personality: Personality, later: &[(&str, &str, &str)]) -> Memory {
    let mut lab = Memory::on(personality, &settings());
    deliver(&mut lab, "1", &queue("1", UPGRADE, ""));
    register(&mut lab, "1");
    lab.ok("Node1", "scrgadm -a -g q-rg -h Node1,Node2");
    lab.ok("Node1", "scrgadm -a -j q -g q-rg -t ACME.queue:1");
    lab.ok("Node1", "scswitch -Z -g q-rg");
    for (version, tunability, entries) in later {
        let directives = match *tunability {
            "" => UPGRADE.to_owned(),
            word => format!("{UPGRADE}#$upgrade_from \"1\" {word}\n"),
        };
        deliver(&mut lab, version, &queue(version, &directives, entries));
        register(&mut lab, version);
    }
    lab
}

fn kind(lab: &mut Memory) -> String {
    lab.ok("Node2", "scha_resource_get -O TYPE -R q").trim().to_owned()
}

fn three_one() -> Personality {
    Personality::Releases(Solaris::Nine, ClusterRelease::ThreeOne)
}

/// As `rt lint` on the release that the lab plays.
#[test]
fn the_labs_own_registration_files_lint_clean() {
    for personality in Personality::all() {
        let release = match personality.cluster() {
            ClusterRelease::ThreeZero => Release::R3_0,
            ClusterRelease::ThreeOne => Release::R3_1U4,
            ClusterRelease::ThreeTwo => Release::R3_2,
        };
        let mut lab = Memory::on(personality, &settings());
        let files = lab.files(&node("Node1"));
        let directory = path("/usr/cluster/lib/rgm/rtreg");
        let names = files.list(&directory).unwrap();
        assert!(names.len() > 4, "{names:?}");
        for name in names {
            let bytes = files.read(&directory.join(&name)).unwrap();
            let file = RegistrationFile::parse(&bytes);
            for release in [None, Some(release)] {
                let found = lint(&file, release, None).findings;
                let heavy = found.iter().find(|f| f.rule.severity > Severity::Note);
                assert!(heavy.is_none(), "{personality} {name}: {heavy:?}");
            }
        }
    }
}

/// The methods that they declare are on every member, so that an upgrade can look for them.
#[test]
fn the_labs_own_methods_are_executable() {
    let mut lab = Memory::new(&settings());
    lab.ok("Node1", "scrgadm -a -t SUNW.HAStoragePlus");
    for kind in lab.cluster().types.clone() {
        assert!(kind.methods.len() > 2, "{kind:?}");
        for (host, file) in
            ["Node1", "Node2"].iter().flat_map(|h| kind.methods.values().map(move |f| (h, f)))
        {
            let stat = lab.files(&node(host)).stat(&path(file)).unwrap();
            assert!(
                matches!(stat, calha::node::Entry::File { mode, .. } if mode.0 & 0o111 != 0),
                "{file}"
            );
        }
    }
}

#[test]
fn a_file_that_a_manual_forbids_is_not_registered() {
    let mut lab = Memory::on(three_one(), &settings());
    for (wrong, says) in [
        (queue("1", UPGRADE, "").replace("START = start;\n", ""), "Start"),
        (queue("1", "#$Id$\n", ""), "line 13"),
        (queue("1 2", UPGRADE, ""), "RT_version"),
        (
            queue("1", UPGRADE, "").replace("RT_VERSION", "Installed_nodes = a; RT_VERSION"),
            "line 4",
        ),
        (format!("VENDOR_ID = ACME;\n{}", queue("1", UPGRADE, "")), "line 2"),
        (queue("1", UPGRADE, "").replace("API_VERSION = 2", "API_VERSION = 7"), "API_version"),
    ] {
        deliver(&mut lab, "1", &wrong);
        let said = lab.line("Node1", "scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.1", "");
        let text = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(said.status == 13 && text.contains(says), "{says}: {} {text}", said.status);
    }
    deliver(&mut lab, "1", &queue("1", UPGRADE, ""));
    register(&mut lab, "1");
}

#[test]
fn versions_stand_side_by_side_each_under_its_own_name() {
    let mut lab = running(three_one(), &[("2", "ANYTIME", ""), ("3", "", "")]);
    let all = lab.ok("Node1", "scha_cluster_get -O ALL_RESOURCETYPES");
    for name in ["ACME.queue:1", "ACME.queue:2", "ACME.queue:3"] {
        assert!(all.lines().any(|line| line == name), "{all}");
    }
    assert_eq!(kind(&mut lab), "ACME.queue:1");
    // A name without its version is not clear any more, and a version is registered once.
    assert_eq!(lab.fails("Node1", "scrgadm -a -j other -g q-rg -t ACME.queue"), 13);
    assert_eq!(lab.fails("Node1", "scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.2"), 13);
    deliver(&mut lab, "2", &queue("2", "", ""));
    assert_eq!(
        lab.fails("Node1", "scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.2"),
        13,
        "one version cannot have two names"
    );
    assert_eq!(lab.fails("Node1", "scrgadm -r -t ACME.queue:1"), 9, "a resource uses it");
    lab.ok("Node1", "scrgadm -r -t ACME.queue:3");
}

/// The states that an administrator goes through, from the least to the most restricted.
const STAGES: [&[&str]; 5] = [
    &[],
    &["scswitch -n -M -j q"],
    &["scswitch -F -g q-rg"],
    &["scswitch -n -j q"],
    &["scswitch -u -g q-rg"],
];

#[test]
fn a_resource_moves_as_soon_as_its_tunability_lets_it_and_not_before() {
    for (stage, tunability) in [
        (0, "ANYTIME"),
        (1, "WHEN_UNMONITORED"),
        (2, "WHEN_OFFLINE"),
        (3, "WHEN_DISABLED"),
        (4, "WHEN_UNMANAGED"),
        // A version that is not listed.
        (4, ""),
        (5, "AT_CREATION"),
    ] {
        let mut lab = running(three_one(), &[("2", tunability, "")]);
        for (at, commands) in STAGES.iter().enumerate() {
            commands.iter().for_each(|command| drop(lab.ok("Node1", command)));
            if at < stage {
                let command = "scrgadm -c -j q -y Type_version=2";
                assert_eq!(lab.fails("Node1", command), 9, "{tunability} {at}");
                assert_eq!(kind(&mut lab), "ACME.queue:1");
            } else {
                lab.ok("Node1", "scrgadm -c -j q -y type_version=2");
                assert_eq!(kind(&mut lab), "ACME.queue:2", "{tunability} {at}");
                assert_eq!(lab.ok("Node1", "scha_resource_get -O TYPE_VERSION -R q"), "2\n");
                break;
            }
        }
    }
}

#[test]
fn going_back_is_a_move_to_a_version_that_is_not_listed() {
    let mut lab = running(three_one(), &[("2", "ANYTIME", LEVEL)]);
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=2");
    lab.ok("Node1", "scrgadm -c -j q -x Level=9");
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=1"), 9);
    for commands in STAGES {
        commands.iter().for_each(|command| drop(lab.ok("Node1", command)));
    }
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=1");
    assert_eq!(lab.fails("Node1", "scha_resource_get -O EXTENSION -R q Level"), 15);
    lab.ok("Node1", "scswitch -Z -g q-rg");
    assert_eq!(lab.ok("Node1", "scha_resource_get -O RESOURCE_STATE -R q"), "ONLINE\n");
}

#[test]
fn what_was_set_stays_and_what_was_not_takes_the_new_default() {
    let required =
        "{ PROPERTY = Spool; EXTENSION; STRING; MINLENGTH = 1; TUNABLE = AT_CREATION; }\n";
    let entries = format!("{LEVEL}{required}");
    let mut lab = running(three_one(), &[("2", "ANYTIME", LEVEL), ("3", "ANYTIME", &entries)]);
    lab.ok("Node1", "scrgadm -c -j q -y Start_timeout=400 -x Policy=Cluster");
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=3"), 15, "Spool is required");
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=3 -x Spool="), 15, "MINLENGTH");
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=3 -x Spool=/a");
    for (question, answer) in [
        ("START_TIMEOUT -R q", "400\n"),
        ("EXTENSION -R q Policy", "ENUM\nCluster\n"),
        ("EXTENSION -R q Level", "INT\n3\n"),
        ("EXTENSION -R q Spool", "STRING\n/a\n"),
    ] {
        assert_eq!(lab.ok("Node1", &format!("scha_resource_get -O {question}")), answer);
    }
}

#[test]
fn limits_of_the_new_version_hold_for_what_was_set_before() {
    let narrow = LEVEL.replace("MAX = 9", "MAX = 5");
    let mut lab = running(three_one(), &[("2", "ANYTIME", LEVEL), ("3", "", &narrow)]);
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=2 -x Level=9");
    for commands in STAGES {
        commands.iter().for_each(|command| drop(lab.ok("Node1", command)));
    }
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -x Level=10"), 15);
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -x Policy=Other"), 15);
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=3"), 15);
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=3 -x Level=5");
}

#[test]
fn a_validate_method_that_refuses_keeps_the_version() {
    let mut lab = running(three_one(), &[("2", "ANYTIME", LEVEL)]);
    let refusal = |property: Option<&str>, value: Option<&str>| Fault::ValidateRefuses {
        resource: "q".into(),
        version: Some("2".into()),
        property: property.map(str::to_owned),
        value: value.map(str::to_owned),
    };
    let before = lab.digest(&[]);
    lab.inject(refusal(None, None));
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=2"), 16);
    assert_eq!(lab.digest(&[]), before);
    lab.ok("Node1", "scrgadm -c -j q -x Policy=Auto");

    lab.clear_faults();
    lab.inject(refusal(Some("Level"), Some("3")));
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=2"), 16, "the new default");
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=2 -x Level=4");
}

#[test]
fn methods_have_to_be_on_every_node_of_the_group() {
    let mut lab = running(three_one(), &[("2", "ANYTIME", "")]);
    lab.files(&node("Node2")).chmod(&path("/opt/ACMEqueue/2/mon_start"), Mode(0o644)).unwrap();
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=2"), 16);
    lab.files(&node("Node2")).chmod(&path("/opt/ACMEqueue/2/mon_start"), Mode(0o755)).unwrap();
    lab.ok("Node1", "scrgadm -c -t ACME.queue:2 -h Node1");
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=2"), 11);
    lab.ok("Node1", "scrgadm -c -t ACME.queue:2 -h Node1,Node2");
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=2");
    // The old Stop is of no use any more, the new one is.
    lab.files(&node("Node1")).remove(&path("/opt/ACMEqueue/2/stop")).unwrap();
    assert_eq!(lab.fails("Node1", "scswitch -F -g q-rg"), 10);
    assert_eq!(lab.ok("Node1", "scha_resource_get -O RESOURCE_STATE -R q"), "STOP_FAILED\n");
}

#[test]
fn a_version_that_is_not_aware_of_upgrades_is_no_goal() {
    let mut lab = running(three_one(), &[]);
    deliver(&mut lab, "2", &queue("2", "", ""));
    register(&mut lab, "2");
    assert!(lab.ok("Node1", "scrgadm -p -t ACME.queue").contains("ACME.queue\n"));
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=2"), 15);
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=7"), 13);
    assert_eq!(lab.fails("Node1", "scrgadm -a -j r -g q-rg -t ACME.queue:1 -y Type_version=2"), 15);
}

#[test]
fn before_3_1_names_have_no_version_and_resources_do_not_move() {
    let three_zero = Personality::Releases(Solaris::Eight, ClusterRelease::ThreeZero);
    let mut lab = Memory::on(three_zero, &settings());
    deliver(&mut lab, "1", &queue("1", UPGRADE, ""));
    register(&mut lab, "1");
    assert!(lab.cluster().types.iter().any(|t| t.name == "ACME.queue"));
    deliver(&mut lab, "2", &queue("2", UPGRADE, ""));
    assert_eq!(lab.fails("Node1", "scrgadm -a -t ACME.queue -f /opt/ACMEqueue/etc/queue.2"), 13);
    lab.ok("Node1", "scrgadm -a -g q-rg");
    lab.ok("Node1", "scrgadm -a -j q -g q-rg -t ACME.queue");
    assert_eq!(lab.fails("Node1", "scrgadm -c -j q -y Type_version=2"), 15);
    assert_eq!(lab.fails("Node1", "scrgadm -c -t ACME.queue -y RT_system=TRUE"), 15);
}

#[test]
fn a_type_of_the_system_is_not_unregistered_before_it_is_none() {
    let three_two = Personality::Releases(Solaris::Ten, ClusterRelease::ThreeTwo);
    let mut lab = Memory::on(three_two, &settings());
    for kind in ["SUNW.LogicalHostname:2", "SUNW.SharedAddress:2"] {
        let asked = format!("scha_resourcetype_get -O RT_SYSTEM -T {kind}");
        assert_eq!(lab.ok("Node1", &asked), "TRUE\n");
        assert_ne!(lab.fails("Node1", &format!("scrgadm -r -t {kind}")), 0);
        assert_eq!(lab.fails("Node1", &format!("scrgadm -c -t {kind} -y RT_system=perhaps")), 15);
        assert_eq!(lab.fails("Node1", &format!("scrgadm -c -t {kind} -y Failover=TRUE")), 15);
        lab.ok("Node1", &format!("scrgadm -c -t {kind} -y RT_system=FALSE"));
        assert_eq!(lab.ok("Node1", &asked), "FALSE\n");
        lab.ok("Node1", &format!("scrgadm -r -t {kind}"));
    }
}

#[test]
fn the_long_listing_shows_what_types_declare_and_what_holds_of_resources() {
    let mut lab = running(three_one(), &[("2", "ANYTIME", LEVEL)]);
    lab.ok("Node1", "scrgadm -c -j q -y Type_version=2 -x Policy=Cluster");
    let listing = lab.ok("Node1", "scrgadm -pvv");
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = listing.lines().map(words).collect();
    for line in [
        "(ACME.queue:2) Res Type version: 2",
        "(ACME.queue:1) Res Type START method: /opt/ACMEqueue/1/start",
        "(ACME.queue:2:Level) Res Type param maximum value: 9",
        "(ACME.queue:2:Level) Res Type param default: 3",
        "(ACME.queue:1:Policy) Res Type param enum list: Auto Timeout Cluster",
        "(q-rg:q) Res resource type: ACME.queue:2",
        "(q-rg:q) Res type version: 2",
        "(q-rg:q:Policy) Res property value: Cluster",
        "(q-rg:q:Level) Res property type: int",
        "(q-rg:q:Level) Res property value: 3",
        "(q-rg:q:Start_timeout) Res property value: 300",
    ] {
        assert!(lines.iter().any(|own| own == line), "{line}\n{listing}");
    }
}

/// As each registration file has it, not as the lab once supposed of all of them.
#[test]
fn what_is_registered_of_a_type_is_what_its_file_says() {
    let mut lab = running(three_one(), &[]);
    for (tag, answer) in [
        ("RT_VERSION", "1\n"),
        ("RT_DESCRIPTION", "print queue\n"),
        ("RT_BASEDIR", "/opt/ACMEqueue/1\n"),
        ("FAILOVER", "TRUE\n"),
        ("SINGLE_INSTANCE", "FALSE\n"),
        ("INIT_NODES", "RG_PRIMARIES\n"),
        ("INSTALLED_NODES", "*\n"),
        ("RESOURCE_LIST", "q\n"),
        ("API_VERSION", "2\n"),
        ("start", "/opt/ACMEqueue/1/start\n"),
        ("PKGLIST", ""),
    ] {
        let asked = format!("scha_resourcetype_get -O {tag} -T ACME.queue:1");
        assert_eq!(lab.ok("Node1", &asked), answer, "{tag}");
    }
    // The two names of the second guide's monitor: one of them is registered.
    assert_eq!(lab.fails("Node1", "scha_resourcetype_get -O RT_VERSION -T ACME.queue"), 13);
    assert_eq!(lab.fails("Node1", "scha_resourcetype_get -O NONSENSE -T ACME.queue:1"), 4);
    assert_eq!(lab.fails("Node1", "scha_resource_get -O RETRY_COUNT -R q"), 15, "not declared");
    assert_eq!(lab.ok("Node1", "scha_resource_get -O STOP_TIMEOUT -R q"), "3600\n");
}

/// The command of a logical host names no type: some refuse then, others take the latest.
#[test]
fn a_logical_host_of_two_versions_is_refused_or_made_of_the_last() {
    let text = "RESOURCE_TYPE = \"LogicalHostname\";\nVENDOR_ID = SUNW;\nRT_VERSION = \"77\";\n\
                RT_BASEDIR = /opt/x;\nFAILOVER = TRUE;\nSTART = start;\nSTOP = stop;\n#$upgrade\n\
                { PROPERTY = HostnameList; EXTENSION; STRINGARRAY; TUNABLE = AT_CREATION; }\n\
                { PROPERTY = NetIfList; EXTENSION; STRINGARRAY; DEFAULT = \"\"; \
                TUNABLE = ANYTIME; }\n";
    let three_two = Personality::Releases(Solaris::Ten, ClusterRelease::ThreeTwo);
    for (personality, refuses) in [
        (Personality::Plain, false),
        (three_two, false),
        (three_one(), true),
        (Personality::Odd, true),
    ] {
        let mut lab = Memory::on(personality, &settings());
        let rtr = path("/var/tmp/rtr");
        let mut files = lab.files(&node("Node1"));
        files.write(&rtr, text.as_bytes(), Mode(0o644), Owner::ROOT).unwrap();
        drop(files);
        lab.ok("Node1", "scrgadm -a -t SUNW.LogicalHostname -f /var/tmp/rtr");
        lab.ok("Node1", "scrgadm -a -g q-rg -h Node1,Node2");

        let made = "scrgadm -a -L -g q-rg -l cal-logical-host -j lh";
        if refuses {
            assert_eq!(lab.fails("Node1", made), 13, "{personality}");
        } else {
            lab.ok("Node1", made);
            let kind = lab.ok("Node1", "scha_resource_get -O TYPE -R lh");
            assert_eq!(kind.trim(), "SUNW.LogicalHostname:77", "{personality}");
        }
    }
}
