//! The questions of a new profile: which are asked, that going back loses nothing, and that a wrong
//! answer changes nothing.

use std::collections::BTreeMap;

use calha::interview::{Interview, Topic};
use calha::profile::{self, guide_values};
use calha::setting::{Answers, Model, Origin, Value, evaluate, lookup, registry, resolve};

/// What somebody with a plan answers, by key.
fn plan(model: &str) -> BTreeMap<String, String> {
    let mut plan: BTreeMap<String, String> = [
        ("cluster.model", model),
        ("cluster.name", "penguin"),
        ("account.uid", "5001"),
        ("account.gid", "5002"),
        ("directory.host", "ldap.example.com"),
    ]
    .map(|(k, v)| (k.to_owned(), v.to_owned()))
    .into();
    let instances: &[&str] = match model {
        "asymmetric" => &["cal"],
        "symmetric" => &["cs1", "cs2"],
        _ => &["cs1", "cs2", "cs3"],
    };
    for (at, instance) in instances.iter().enumerate() {
        for (name, value) in [
            ("block-device", format!("/dev/md/set{at}/dsk/d400")),
            ("install-root-device", format!("/dev/md/set{at}/dsk/d500")),
            ("var-dir-device", format!("/dev/md/set{at}/dsk/d600")),
            ("logical-host", format!("cal-host{at}")),
            ("logical-host-fqdn", format!("cal-host{at}.example.com")),
            ("logical-host-address", format!("192.0.2.{}", 10 + at)),
        ] {
            plan.insert(format!("instance.{instance}.{name}"), value);
        }
    }
    plan
}

fn nodes(model: &str) -> Vec<&'static str> {
    if model == "n-plus-one" {
        vec!["Node1", "Node2", "Node3", "Node4", ""]
    } else {
        vec!["Node1", "Node2"]
    }
}

/// What is typed for a topic; an empty line where the plan says nothing.
fn answer(model: &str, topic: &Topic) -> String {
    match topic {
        Topic::Live => String::new(),
        Topic::Node(at) => nodes(model)[*at].to_owned(),
        Topic::Setting(key) => {
            plan(model).get(key).cloned().unwrap_or_else(|| panic!("{key} should have a default"))
        }
    }
}

pub(super) fn name(topic: &Topic) -> String {
    match topic {
        Topic::Live => "a node to ask".into(),
        Topic::Node(at) => format!("node {}", at + 1),
        Topic::Setting(key) => key.clone(),
    }
}

/// Answers everything; the questions in their order.
fn through(interview: &mut Interview, model: &str) -> Vec<String> {
    let mut asked = Vec::new();
    while let Some(topic) = interview.next() {
        let (number, of) = interview.position();
        assert!(number <= of, "{number} of {of}");
        interview
            .answer(&topic, &answer(model, &topic))
            .unwrap_or_else(|p| panic!("{topic:?}: {p}"));
        asked.push(name(&topic));
        assert!(asked.len() < 60, "{asked:?}");
    }
    resolve(interview.answers()).unwrap_or_else(|p| panic!("{p:?}"));
    asked
}

#[test]
fn a_first_asymmetric_installation_takes_at_most_twelve_questions() {
    let asked = through(&mut Interview::default(), "asymmetric");
    let expected = [
        "cluster.model",
        "a node to ask",
        "cluster.name",
        "node 1",
        "node 2",
        "instance.cal.block-device",
        "instance.cal.logical-host",
        "instance.cal.logical-host-fqdn",
        "instance.cal.logical-host-address",
        "account.uid",
        "account.gid",
        "directory.host",
    ];
    assert_eq!(asked, expected);
}

/// An empty line takes only what follows from other answers, or was seen on a node.
#[test]
fn nothing_is_offered_that_neither_follows_nor_was_seen() {
    let mut interview = Interview::default();
    let mut offered = Vec::new();
    while let Some(topic) = interview.next() {
        offered.extend(interview.presumed(&topic).map(|text| (name(&topic), text)));
        interview.answer(&topic, &answer("asymmetric", &topic)).unwrap();
    }
    assert_eq!(
        offered,
        [("account.gid".to_owned(), "5001".to_owned())],
        "the number of the user's id"
    );
}

#[test]
fn models_with_several_instances_ask_only_what_differs_between_sites() {
    let of_instance = |instance: &str, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("instance.{instance}.{name}")).collect()
    };
    let address = ["logical-host", "logical-host-fqdn", "logical-host-address"];
    let begin = ["cluster.model", "a node to ask", "cluster.name", "node 1", "node 2"]
        .map(String::from)
        .to_vec();
    let end = ["account.uid", "account.gid", "directory.host"].map(String::from).to_vec();
    let devices = ["block-device", "install-root-device", "var-dir-device"];
    let first = [&devices[..], &address].concat();
    // The domain of the first is that of the others, too.
    let later = [&devices[..], &["logical-host", "logical-host-address"]].concat();
    let expected =
        [begin.clone(), of_instance("cs1", &first), of_instance("cs2", &later), end.clone()]
            .concat();
    assert_eq!(through(&mut Interview::default(), "symmetric"), expected);

    let nodes = ["node 3", "node 4", "node 5"].map(String::from).to_vec();
    let later = ["cs2", "cs3"].map(|i| of_instance(i, &later)).concat();
    let instances = [of_instance("cs1", &first), later].concat();
    let mut interview = Interview::default();
    assert_eq!(through(&mut interview, "n-plus-one"), [begin, nodes, instances, end].concat());
    let settings = resolve(interview.answers()).unwrap().settings;
    let groups: Vec<&str> = settings.instances.iter().map(|i| i.resource_group.as_str()).collect();
    assert_eq!(groups, ["CAL-CS1-RG", "CAL-CS2-RG", "CAL-CS3-RG"]);
    assert!(
        settings.instances.iter().all(|i| i.nodes[1].as_str() == "Node4"),
        "the last node is the spare"
    );
}

/// What is typed about another instance, by the question.
fn about_another(interview: &mut Interview) -> Vec<String> {
    let mut asked = Vec::new();
    while let Some(topic) = interview.next() {
        asked.push(name(&topic));
        let typed = match asked.last().map(String::as_str) {
            Some("node 4") => "Node5",
            Some("instance.cs4.block-device") => "/dev/md/walrus/dsk/d400",
            Some("instance.cs4.logical-host") => "cal-host4",
            _ => "192.0.2.14",
        };
        interview.answer(&topic, typed).unwrap();
    }
    asked
}

#[test]
fn another_instance_takes_three_answers_and_a_node_that_is_not_there_yet() {
    let mut profile = guide_values(Model::NPlusOne);
    profile.insert("installer.kind", Value::text("commpkg"), Origin::Prompt);
    let three = ["block-device", "logical-host", "logical-host-address"];
    let three = three.map(|key| format!("instance.cs4.{key}"));

    let mut interview = Interview::of_added(profile.clone(), "cs4");
    let all = [&["node 4".to_owned()][..], &three].concat();
    assert_eq!(about_another(&mut interview), all);
    let settings = resolve(interview.answers()).unwrap().settings;
    assert_eq!(settings.instances[3].nodes[0].as_str(), "Node5");

    while interview.back() {}
    assert_eq!(interview.answers().get("cluster.nodes"), profile.get("cluster.nodes"));
    assert_eq!(about_another(&mut interview), all);

    let nodes = Value::texts(["Node1", "Node2", "Node3", "Node5", "Node4"]);
    profile.insert("cluster.nodes", nodes, Origin::Prompt);
    assert_eq!(about_another(&mut Interview::of_added(profile, "cs4")), three);
}

/// Whatever was answered: going back once or several times and answering the same again ends with
/// the same answers.
#[test]
fn going_back_from_anywhere_and_forward_again_changes_nothing() {
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        let mut straight = Interview::default();
        let count = through(&mut straight, model).len();
        for at in (0..=count).step_by(if model == "n-plus-one" { 4 } else { 1 }) {
            for back in [1, at] {
                let mut interview = Interview::default();
                for _ in 0..at {
                    let topic = interview.next().unwrap();
                    interview.answer(&topic, &answer(model, &topic)).unwrap();
                }
                for _ in 0..back {
                    interview.back();
                }
                through(&mut interview, model);
                assert_eq!(
                    interview.answers(),
                    straight.answers(),
                    "{model}: {back} back from {at}"
                );
            }
        }
        let mut interview = straight;
        while interview.back() {}
        assert_eq!(interview.next(), Some(Topic::Setting("cluster.model".into())));
    }
}

/// What was answered before going back is what an empty line takes.
#[test]
fn an_answer_that_was_taken_back_is_offered_again() {
    let mut interview = Interview::default();
    for _ in 0..7 {
        let topic = interview.next().unwrap();
        interview.answer(&topic, &answer("asymmetric", &topic)).unwrap();
    }
    interview.back();
    let topic = interview.next().unwrap();
    assert_eq!(topic, Topic::Setting("instance.cal.logical-host".into()));
    assert_eq!(interview.presumed(&topic).as_deref(), Some("cal-host0"));
}

#[test]
fn a_wrong_answer_has_a_reason_and_changes_nothing() {
    let mut interview = Interview::default();
    while let Some(topic) = interview.next() {
        let before = interview.answers().clone();
        for wrong in
            ["", " ", "$(reboot)", "a b", "'", "123.45.67.890", "/cal", "no/such", "\u{1b}[2J", "é"]
        {
            // A node may be called anything until it is asked, a cluster like an address.
            if topic == Topic::Live || (name(&topic) == "cluster.name" && wrong.starts_with("123"))
            {
                continue;
            }
            let Err(problem) = interview.answer(&topic, wrong) else {
                panic!("{topic:?} took {wrong:?}")
            };
            assert!(problem.remedy.is_some(), "{topic:?}: {problem}");
            assert_eq!(interview.answers(), &before, "{topic:?} after {wrong:?}");
            assert_eq!(interview.next().as_ref(), Some(&topic));
        }
        interview.answer(&topic, &answer("asymmetric", &topic)).unwrap();
    }
    // The second node is not the first, a logical host is not a node, and the model is not changed
    // by half.
    for (key, wrong) in [
        ("cluster.nodes", "Node1 node1"),
        ("instance.cal.logical-host", "Node1"),
        // Either of the two is named for what it is, whichever is typed first.
        ("instance.cal.block-device", "/dev/md/penguin/rdsk/d400"),
        ("instance.cal.raw-device", "/dev/md/penguin/dsk/d500"),
        ("cluster.nodes", "a b c"),
    ] {
        let before = interview.answers().clone();
        assert!(interview.change(key, wrong).is_err(), "{key} took {wrong:?}");
        assert_eq!(interview.answers(), &before);
    }
}

#[test]
fn another_model_asks_about_its_own_instances() {
    let mut interview = Interview::default();
    through(&mut interview, "asymmetric");
    interview.change("cluster.model", "symmetric").unwrap();
    let asked = through(&mut interview, "symmetric");
    assert!(asked.iter().all(|key| key.starts_with("instance.cs")), "{asked:?}");
    assert_eq!(resolve(interview.answers()).unwrap().settings.instances.len(), 2);
}

/// What was said of instances is not forgotten because of a model that there is not.
#[test]
fn a_wrong_model_forgets_nothing() {
    let mut interview = Interview::default();
    through(&mut interview, "asymmetric");
    let before = interview.answers().clone();
    assert!(interview.change("cluster.model", "two").is_err());
    assert_eq!(interview.answers(), &before);
    assert_eq!(interview.next(), None);
}

/// The profile that is written is what was answered, and an interview that begins with it has
/// nothing to ask.
#[test]
fn what_is_written_is_what_was_answered() {
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        let mut interview = Interview::default();
        through(&mut interview, model);
        let text = profile::write(&["New."], interview.answers()).unwrap();
        let read = profile::parse("new.toml", &text);
        assert_eq!(
            resolve(&read).unwrap().settings,
            resolve(interview.answers()).unwrap().settings
        );
        assert_eq!(Interview::new(read).next(), None, "{model}");
    }
}

/// Every setting there is can be changed from the summary, and its texts are there for the
/// questions and the help.
#[test]
fn no_setting_is_missing_from_the_interview() {
    let mut interview = Interview::default();
    through(&mut interview, "symmetric");
    let evaluation = evaluate(interview.answers());
    // The other places that come from the registry.
    let reference = profile::reference().unwrap();
    let schema = profile::schema().to_string();
    let written = profile::write(&["All."], interview.answers()).unwrap();
    let sheet = calha::worksheet::Sheet::filled(&resolve(interview.answers()).unwrap())
        .unwrap()
        .markdown()
        .unwrap();
    for setting in registry() {
        assert!(
            reference.contains(setting.key) && reference.contains(setting.help),
            "{} is not in the reference",
            setting.key
        );
        assert!(
            schema.contains(&format!("\"{}\"", setting.name())),
            "{} is not in the schema",
            setting.key
        );
        assert!(
            written.contains(&format!("{} = ", setting.name())),
            "{} is not in a profile",
            setting.key
        );
        assert!(
            !setting.prompt.is_empty() && !setting.prompt.ends_with([':', '?']),
            "{}",
            setting.key
        );
        assert!(
            setting.help.len() > 3 && setting.long.ends_with('.') && !setting.source.is_empty(),
            "{}",
            setting.key
        );
        for part in evaluation.parts(setting) {
            let key = setting.key_for(&part);
            assert_eq!(lookup(&key).map(|found| found.setting.key), Some(setting.key));
            let Some(answer) = evaluation.get(&key) else { continue };
            assert!(
                sheet.contains(&key) && sheet.contains(setting.prompt),
                "{key} is not on the worksheet"
            );
            let mut set = Answers::new();
            calha::setting::assign(&mut set, &format!("{key}={}", answer.value.to_toml()));
            assert!(
                set.problems().is_empty() && set.get(&key).is_some(),
                "--set {key}: {:?}",
                set.problems()
            );
            interview.change(&key, &typed(&answer.value)).unwrap_or_else(|p| panic!("{key}: {p}"));
        }
    }
    let mut answers = Answers::new();
    answers.insert("cluster.name", Value::text("penguin"), Origin::Set);
    let mut interview = Interview::new(answers);
    assert_eq!(interview.position().0, 1, "the command line was not asked");
    assert!(!through(&mut interview, "asymmetric").contains(&"cluster.name".to_owned()));
}

/// A value as somebody types it.
fn typed(value: &Value) -> String {
    match value {
        Value::List(_) => value.as_texts().unwrap().join(" "),
        other => other.plain(),
    }
}
