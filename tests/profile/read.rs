//! Reading a profile: everything that is wrong comes out at once, each with its line.

use std::fs;
use std::path::Path;

use calha::problem::Problem;
use calha::profile::{load, parse};
use calha::setting::{Connection, Origin, resolve};

const MINIMAL: &str = r#"[cluster]
name = "calendar-cluster"
nodes = ["Node1", "Node2"]

[account]
uid = 5001
gid = 5001

[instance.cal]
block-device = "/dev/md/penguin/dsk/d400"
logical-host = "cal-host"
logical-host-fqdn = "cal-host.example.com"
logical-host-address = "192.0.2.10"

[directory]
host = "ldap"
"#;

fn problems(text: &str) -> Vec<Problem> {
    resolve(&parse("site.toml", text)).expect_err("this profile is wrong")
}

fn load_bytes(bytes: &[u8]) -> Vec<Problem> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("site.toml");
    fs::write(&path, bytes).expect("the profile can be written");
    load(&path, &[]).expect_err("this profile is wrong")
}

#[test]
fn what_has_no_default_is_enough() {
    let resolved = resolve(&parse("site.toml", MINIMAL)).expect("the minimal profile is complete");
    let (text, origin) = &resolved.values["instance.cal.logical-host"];
    assert_eq!((text.as_str(), origin.to_string().as_str()), ("cal-host", "site.toml:11"));
    assert_eq!(resolved.values["instance.cal.port"], ("80".to_string(), Origin::Default));
    assert_eq!(
        resolved.values["instance.cal.raw-device"].1.to_string(),
        "derived from instance.cal.block-device"
    );
    assert_eq!(resolved.settings.directory.connection, Connection::None);
    assert_eq!(resolved.settings.directory.instance, "slapd-ldap");
}

#[test]
fn each_line_without_a_default_is_missed() {
    let needed = [
        "name =",
        "nodes =",
        "uid =",
        "gid =",
        "block-device",
        "logical-host =",
        "logical-host-fqdn",
        "logical-host-address",
        "host =",
    ];
    for start in needed {
        let text: String = MINIMAL
            .lines()
            .filter(|line| !line.starts_with(start))
            .map(|line| format!("{line}\n"))
            .collect();
        let problems = problems(&text);
        assert_eq!(problems.len(), 1, "without {start}: {problems:?}");
        assert_eq!(
            (problems[0].code.as_str(), problems[0].place.as_deref()),
            ("setting.missing", Some("site.toml"))
        );
    }
}

#[test]
fn an_almost_empty_profile_misses_everything_at_once() {
    assert_eq!(
        problems("# nothing yet\n")
            .iter()
            .filter(|problem| problem.code == "setting.missing")
            .count(),
        9
    );
}

#[test]
fn thirteen_mistakes_are_thirteen_problems_with_their_lines() {
    let text = r#"[cluster]
name = "../etc"
nodes = ["Node1", "node1"]
nodes = ["Node1", "Node2"]
[account]
uid = 0
gid = "5001"
[instance.cal]
shrae-dir = "/cal"
block-device = "/dev/md/penguin/dsk/d400 "
logical-host = "cal-host"
logical-host-fqdn = "cal-host"
logical-host-address = "123.45.67.890"
service-resource = "cal.example.com"
port = 70000
mount-at-boot = true
[directory]
host = "ldap"
instance = "slapd-ldap"
colour = "blue"
"#;
    let found: Vec<_> = problems(text)
        .iter()
        .map(|problem| {
            (problem.place.clone().unwrap_or_default().to_string(), problem.code.clone())
        })
        .collect();
    let expected = [
        ("site.toml:2", "setting.name"),
        ("site.toml:3", "setting.conflict"),
        ("site.toml:4:1", "setting.duplicate"),
        ("site.toml:6", "setting.number"),
        ("site.toml:7", "setting.type"),
        ("site.toml:9", "setting.unknown"),
        ("site.toml:10", "setting.path"),
        ("site.toml:12", "setting.name"),
        ("site.toml:13", "setting.address"),
        ("site.toml:14", "setting.name"),
        ("site.toml:15", "setting.number"),
        ("site.toml:16", "setting.conflict"),
        ("site.toml:20", "setting.unknown"),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(place, code)| ((*place).to_string(), (*code).to_string())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_slip_in_a_key_is_one_mistake_with_a_suggestion() {
    for (from, to, meant) in [
        ("logical-host-fqdn", "logical-host-fdqn", "instance.cal.logical-host-fqdn"),
        ("block-device", "block_device", "instance.cal.block-device"),
        ("uid", "UID", "account.uid"),
        ("[cluster]", "[Cluster]", "cluster"),
        ("[instance.cal]", "[instances.cal]", "instance"),
    ] {
        let problems = problems(&MINIMAL.replace(from, to));
        assert_eq!(problems.len(), 1, "{to}: {problems:?}");
        assert_eq!(problems[0].remedy.as_deref(), Some(format!("did you mean {meant}?").as_str()));
    }
}

#[test]
fn a_setting_in_the_wrong_table_is_found_where_it_belongs() {
    let problems = problems(
        &MINIMAL.replace("uid = 5001\n", "").replace("[cluster]", "[cluster]\nuid = 5001"),
    );
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].to_string().contains("did you mean account.uid?"));
}

#[test]
fn an_instance_without_a_name_and_a_quoted_key_are_explained() {
    let unnamed = problems(&MINIMAL.replace("[instance.cal]", "[instance]"));
    assert_eq!(unnamed.len(), 4, "{unnamed:?}");
    assert!(unnamed.iter().all(|problem| {
        problem.remedy.as_deref().is_some_and(|remedy| remedy.contains("[instance.cal]"))
    }));
    assert_eq!(
        problems(&MINIMAL.replace("[cluster]\n", "\"a.b\" = 1\n[cluster]\n"))[0].remedy.as_deref(),
        Some("remove the quotes around the key")
    );
}

#[test]
fn all_duplicates_are_reported_with_the_line_of_the_first() {
    let problems = problems(
        &MINIMAL
            .replace("uid = 5001", "uid = 5001\nuid = 5002")
            .replace("host = \"ldap\"", "host = \"ldap\"\nhost = \"l2\""),
    );
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(
        problems[0]
            .to_string()
            .starts_with("site.toml:7:1: 'uid' is given twice; the first is on line 6\n")
    );
    assert_eq!(problems[1].code, "setting.duplicate");
}

#[test]
fn syntax_errors_have_line_column_and_caret_and_hide_the_rest() {
    let problems = problems("[cluster]\nname = \nnodes = [Node1]\n[account\nuid = 1\n");
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.code == "profile.syntax"));
    assert_eq!(
        problems[1].to_string().lines().take(3).collect::<Vec<_>>(),
        [
            "site.toml:3:10: Node1 does not stand in quotes",
            "    3 | nodes = [Node1]",
            "      |          ^"
        ]
    );
}

#[test]
fn a_mark_at_the_start_and_carriage_returns_do_no_harm() {
    let text = format!("\u{feff}{}", MINIMAL.replace('\n', "\r\n"));
    let resolved = resolve(&parse("site.toml", &text)).expect("BOM and CRLF are taken");
    assert_eq!(resolved.values["instance.cal.logical-host"].1.to_string(), "site.toml:11");
}

#[test]
fn files_that_are_no_profiles_say_so() {
    let missing = load(Path::new("/nonexistent/site.toml"), &[]).expect_err("it is not there");
    assert_eq!(missing[0].code, "profile.unreadable");
    let directory = load(Path::new("/"), &[]).expect_err("it is a directory");
    assert_eq!(directory[0].code, "profile.directory");
    for (bytes, code) in [
        (&b""[..], "profile.empty"),
        (b" \r\n\t\n", "profile.empty"),
        (b"[cluster]\nname = \"\xff\"\n", "profile.encoding"),
        (b"\xff\xfe[\0", "profile.encoding"),
        (&[b'a'; 10_000_000], "profile.too-large"),
        (b"\0\0\0", "profile.syntax"),
    ] {
        let problems = load_bytes(bytes);
        assert_eq!((problems.len(), problems[0].code.as_str()), (1, code), "{problems:?}");
        assert!(problems[0].place.is_some() && problems[0].remedy.is_some());
    }
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    assert_eq!(problems(&format!("a = {}", "[".repeat(100_000)))[0].code, "profile.syntax");
}

#[test]
fn connections_of_every_form_are_read() {
    let text = format!(
        "{MINIMAL}connection = \"local\"\n[node.Node1]\nconnection = {{ ssh = \"root@n1\", options = [\"-p\", \"22\"] }}\n[node.Node2]\nconnection = {{ command = [\"zlogin\", \"z1\", \"/bin/sh\"] }}\n"
    );
    let settings = resolve(&parse("site.toml", &text)).expect("all forms are taken").settings;
    let connections: Vec<_> = settings.cluster.connections.into_values().collect();
    assert_eq!(
        connections[0],
        Connection::Ssh { destination: "root@n1".into(), options: vec!["-p".into(), "22".into()] }
    );
    assert_eq!(
        connections[1],
        Connection::Command(vec!["zlogin".into(), "z1".into(), "/bin/sh".into()])
    );
    assert_eq!(settings.directory.connection, Connection::Local);
}

#[test]
fn set_wins_over_the_profile_and_says_so() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("site.toml");
    fs::write(&path, MINIMAL).expect("the profile can be written");
    let set = |assignments: &[&str]| {
        load(&path, &assignments.iter().map(|text| (*text).to_string()).collect::<Vec<_>>())
    };
    let resolved = set(&[
        "instance.cal.port=8080",
        "cluster.nodes=a,b",
        "account.user=\"cal\"",
        "instance.cal.share-dir = /global/cal",
    ])
    .expect("valid");
    assert_eq!(resolved.values["instance.cal.port"], ("8080".to_string(), Origin::Set));
    assert_eq!(resolved.settings.cluster.nodes[1].as_str(), "b");
    assert_eq!(resolved.settings.instances[0].directories.logs.as_str(), "/global/cal/logs");
    let problems = set(&[
        "port=80",
        "instance.cal.prot=80",
        "cluster.nodes=[\"a\"",
        "nonsense",
        "limit.query=soon",
    ])
    .expect_err("five mistakes");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(
        codes,
        ["setting.unknown", "setting.unknown", "setting.syntax", "setting.syntax", "setting.type"]
    );
    assert!(problems[1].to_string().contains("did you mean instance.cal.port?"));
    assert!(problems.iter().all(|problem| problem.place.as_deref() == Some("--set")));
}

/// What follows from a name that cannot be is not told beside it, in any model and however it is
/// written.
#[test]
fn a_table_whose_name_cannot_be_is_one_problem_at_the_name() {
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("profiles/{model}.toml"));
        let text = fs::read_to_string(path).expect("an example");
        let instance = if model == "asymmetric" { "cal" } else { "cs1" };
        for (table, name, what) in [
            ("instance", "cs1.example.com", "'cs1.example.com' is not a name of an instance"),
            ("instance", "cal.1", "'cal.1' is not a name of an instance"),
            ("instance", "", "'' is not a name of an instance"),
            ("instance", "c s", "'c s' is not a name of an instance"),
            ("instance", "CS1", "'CS1' is not a name of an instance"),
            ("node", "n1.example.com", "'n1.example.com' is not a name of a node"),
            ("node", "", "'' is not a name of a node"),
        ] {
            let good = if table == "instance" { instance } else { "Node1" };
            let bad = format!("[{table}.\"{name}\"]");
            let wrong = text.replace(&format!("[{table}.{good}]"), &bad);
            let line = wrong.lines().position(|l| l == bad).expect("the table") + 1;
            let found = problems(&wrong);
            assert_eq!(found.len(), 1, "{model} {bad}: {found:?}");
            let place = format!("site.toml:{line}:{}", table.len() + 3);
            assert_eq!(found[0].place.as_deref(), Some(&*place), "{model} {bad}");
            assert!(found[0].what.starts_with(what) && found[0].what.contains(&bad), "{found:?}");
        }
    }
}

#[test]
fn a_name_that_cannot_be_is_told_on_the_command_line_as_well() {
    for key in ["instance.cs1.example.com.port", "instance..port", "instance.\"c.s\".port"] {
        let mut answers = calha::setting::Answers::new();
        calha::setting::assign(&mut answers, &format!("{key}=80"));
        let found = resolve(&parse("site.toml", MINIMAL).layer(answers)).expect_err(key);
        assert_eq!(found.len(), 1, "{key}: {found:?}");
        assert!(found[0].what.contains("is not a name of an instance"), "{key}: {found:?}");
    }
}

#[test]
fn keys_in_quotes_are_shown_as_they_stand() {
    for (line, shown) in [
        ("[\"\"]", "\"\" is not a setting"),
        ("[instance.cal.\" port\"]", "instance.cal.\" port\" is not a setting"),
        ("[account.\"a.b\"]", "account.\"a.b\" is not a setting"),
        ("[\"instance.cs2\"]", "\"instance.cs2\" is one name, dots and all"),
    ] {
        let found = problems(&format!("{MINIMAL}\n{line}\nx = 1\n"));
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert!(found[0].what.starts_with(shown), "{line}: {found:?}");
    }
}

/// Nobody reads a thousand problems, and telling them all takes longer than anybody waits.
#[test]
fn the_first_hundred_problems_of_a_profile_are_listed() {
    let unknown: String = (0..300).map(|n| format!("x{n} = 1\n")).collect();
    for text in ["\"\n".repeat(300), "a = 1\n".repeat(300), unknown] {
        let problems = resolve(&parse("site.toml", &text)).unwrap_err();
        assert_eq!(problems.len(), 101);
        let more = problems.iter().filter(|problem| problem.code == "profile.more");
        assert_eq!(more.count(), 1);
    }
}
