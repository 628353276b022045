//! What an upgrade of resources does, from what the cluster says and two registration files: the
//! least that has to be brought down, in the order of dependencies, and the states before again.

use calha::node::{NodeName, NodePath};
use calha::resource_type::{RegistrationFile, Tunability};
use calha::type_upgrade::{
    Action, Assignment, Back, Found, FoundGroup, FoundResource, FoundValue, Registered, Request,
    UpgradePlan, Version, Versions, plan,
};

const UPGRADE: &str = "#$upgrade\n";
const LEVEL: &str = "{ PROPERTY = Level; EXTENSION; INT; MIN = 1; MAX = 9; DEFAULT = 3;\n\
                     TUNABLE = ANYTIME; DESCRIPTION = \"What is told\"; }\n";

/// A version of a print queue with these directives and entries.
fn version(version: &str, directives: &str, entries: &str) -> Version {
    let text = format!(
        "RESOURCE_TYPE = \"queue\";\nVENDOR_ID = ACME;\nRT_VERSION = \"{version}\";\n\
         RT_BASEDIR = /opt/ACMEqueue/{version};\nSTART = start;\nSTOP = stop;\n{directives}{entries}"
    );
    let at = NodePath::new(format!("/opt/ACMEqueue/etc/queue.{version}")).unwrap();
    Version::of(&RegistrationFile::parse(text.as_bytes()), at).unwrap()
}

fn from(version: &str, tunability: &str) -> String {
    format!("{UPGRADE}#$upgrade_from \"{version}\" {tunability}\n")
}

fn versions(all: Vec<Version>) -> Versions {
    all.into_iter().map(|version| (version.version.clone(), version)).collect()
}

fn nodes(names: &[&str]) -> Vec<NodeName> {
    names.iter().map(|name| NodeName((*name).into())).collect()
}

/// An enabled, watched resource of version 1 that runs on Node1.
fn resource(name: &str, group: &str, needs: &[&str]) -> FoundResource {
    FoundResource {
        name: name.into(),
        group: group.into(),
        kind: "ACME.queue:1".into(),
        enabled: true,
        monitored: true,
        up: nodes(&["Node1"]),
        needs: needs.iter().map(|n| (*n).to_owned()).collect(),
        ..FoundResource::default()
    }
}

fn group(name: &str) -> FoundGroup {
    FoundGroup {
        name: name.into(),
        nodes: nodes(&["Node1", "Node2"]),
        managed: true,
        online: nodes(&["Node1"]),
        odd: Vec::new(),
    }
}

fn registered(version: &str) -> Registered {
    Registered {
        full: format!("ACME.queue:{version}"),
        version: version.into(),
        ..Registered::default()
    }
}

fn found(resources: Vec<FoundResource>, groups: &[&str]) -> Found {
    Found {
        resources,
        groups: groups.iter().map(|name| group(name)).collect(),
        registered: vec![registered("1")],
        down: Vec::new(),
    }
}

fn to(version: &str) -> Request {
    Request { base: "ACME.queue".into(), to: version.into(), ..Request::default() }
}

/// The plan from version 1 to version 2 with this directive.
fn under(found: &Found, directives: &str) -> UpgradePlan {
    let all = versions(vec![version("1", UPGRADE, ""), version("2", directives, "")]);
    plan(&to("2"), found, &all).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The options of each command.
fn commands(actions: &[Action]) -> Vec<String> {
    actions.iter().map(|a| a.command().args.join(" ")).collect()
}

#[test]
fn each_tunability_brings_down_what_it_demands_and_no_more() {
    let found = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    let unmanaged = ["-n -j q", "-F -g q-rg", "-u -g q-rg"];
    let managed = ["-o -g q-rg", "-z -g q-rg -h Node1", "-e -j q"];
    let all: [(&str, &[&str], &[&str]); 5] = [
        ("ANYTIME", &[], &[]),
        ("WHEN_UNMONITORED", &["-n -M -j q"], &["-e -M -j q"]),
        ("WHEN_OFFLINE", &["-n -j q"], &["-e -j q"]),
        ("WHEN_DISABLED", &["-n -j q"], &["-e -j q"]),
        ("WHEN_UNMANAGED", &unmanaged, &managed),
    ];
    for (tunability, down, up) in all {
        let plan = under(&found, &from("1", tunability));
        let [wave] = &plan.waves[..] else { panic!("{plan:?}") };
        assert_eq!(commands(&wave.down), down, "{tunability}");
        assert_eq!(commands(&wave.up), up, "{tunability}");
        assert_eq!(wave.outage.is_empty(), tunability == "ANYTIME");
        // Version 1 does not list version 2: the way back is another one.
        assert_eq!(commands(&wave.back_down), unmanaged);
        assert!(commands(&wave.restore).ends_with(&managed.map(str::to_owned)[2..]));
        assert_eq!(plan.register[0].full, "ACME.queue:2");
    }
}

#[test]
fn what_is_down_already_is_neither_brought_down_nor_up() {
    let mut state = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    state.resources[0].up.clear();
    state.groups[0].online.clear();
    for tunability in ["WHEN_UNMONITORED", "WHEN_OFFLINE"] {
        let plan = under(&state, &from("1", tunability));
        assert!(plan.waves[0].down.is_empty() && plan.waves[0].up.is_empty(), "{tunability}");
    }
    let plan = under(&state, &from("1", "WHEN_DISABLED"));
    assert_eq!(commands(&plan.waves[0].down), ["-n -j q"]);
    assert!(plan.waves[0].outage.is_empty(), "nobody was served");
    // Whether -o brings it online is not known, so it is taken offline before q is enabled.
    let plan = under(&state, &from("1", "WHEN_UNMANAGED"));
    assert_eq!(commands(&plan.waves[0].up), ["-o -g q-rg", "-F -g q-rg", "-e -j q"]);

    state.resources[0].enabled = false;
    state.groups[0].managed = false;
    let plan = under(&state, &from("1", "WHEN_UNMANAGED"));
    assert!(plan.waves[0].down.is_empty() && plan.waves[0].back_down.is_empty());
}

#[test]
fn a_version_that_is_not_listed_moves_while_the_group_is_unmanaged_and_both_manuals_are_named() {
    let found = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    for directives in [UPGRADE.to_owned(), from("0.9", "ANYTIME"), from("", "ANYTIME")] {
        let plan = under(&found, &directives);
        assert_eq!(plan.waves[0].moves[0].when, Tunability::WhenUnmanaged);
        assert!(plan.notes.iter().any(|n| n.contains("does not list version '1'")));
        let two_readings = plan.notes.iter().any(|n| n.contains("version \"\""));
        assert_eq!(two_readings, directives.contains("\"\""));
    }
}

#[test]
fn going_back_is_a_move_to_a_version_that_lists_nothing_and_it_says_so() {
    let mut state = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    state.resources[0].kind = "ACME.queue:2".into();
    state.resources[0].values =
        vec![FoundValue { name: "Level".into(), extension: true, values: vec!["9".into()] }];
    state.registered.push(registered("2"));
    let all = versions(vec![version("1", UPGRADE, ""), version("2", &from("1", "ANYTIME"), LEVEL)]);
    let plan = plan(&to("1"), &state, &all).unwrap();
    let one = &plan.waves[0].moves[0];
    assert_eq!((one.when, one.set.len()), (Tunability::WhenUnmanaged, 0));
    assert!(plan.notes.iter().any(|note| note == "q goes back to an earlier version"));
    // Version 1 does not know Level, so the way back to 2 gives it again.
    let Back::Version { version, when, set } = &one.back else { panic!("{one:?}") };
    assert_eq!((version.as_str(), *when), ("2", Tunability::Anytime));
    assert_eq!(set[0].words(), ["-x", "Level=9"]);
}

#[test]
fn a_version_between_the_two_is_gone_through_only_when_it_is_named() {
    let found = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    let all = versions(vec![
        version("1", UPGRADE, ""),
        version("2", &from("1", "WHEN_OFFLINE"), ""),
        version("3", &from("2", "ANYTIME"), ""),
    ]);
    let direct = plan(&to("3"), &found, &all).unwrap();
    assert_eq!(direct.waves[0].moves.len(), 1);
    assert!(commands(&direct.waves[0].down).contains(&"-u -g q-rg".to_owned()));

    let request = Request { via: Some("2".into()), ..to("3") };
    let plan = plan(&request, &found, &all).unwrap();
    let steps: Vec<(&str, &str)> =
        plan.waves[0].moves.iter().map(|m| (m.from.as_str(), m.to.as_str())).collect();
    assert_eq!(steps, [("ACME.queue:1", "ACME.queue:2"), ("ACME.queue:2", "ACME.queue:3")]);
    assert_eq!(commands(&plan.waves[0].down), ["-n -j q"], "the stricter of both, once");
    assert_eq!(plan.register.len(), 2);
}

#[test]
fn what_moves_only_at_creation_is_made_again_and_only_when_that_is_said() {
    let mut state = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    state.resources[0].values = vec![
        FoundValue { name: "Level".into(), extension: true, values: vec!["7".into()] },
        FoundValue { name: "R_description".into(), extension: false, values: vec!["it".into()] },
    ];
    for directives in [from("1", "AT_CREATION"), String::new()] {
        let all = versions(vec![version("1", UPGRADE, LEVEL), version("2", &directives, LEVEL)]);
        let refused = plan(&to("2"), &state, &all).unwrap_err();
        assert_eq!(refused[0].code.as_str(), "rt.upgrade-recreate");
        let hint = refused[0].to_string();
        assert!(hint.contains("Level=7, R_description=it"), "{hint}");

        let plan = plan(&Request { recreate: true, ..to("2") }, &state, &all).unwrap();
        let wave = &plan.waves[0];
        assert_eq!(commands(&wave.down), ["-n -j q"]);
        assert_eq!(commands(&wave.up), ["-e -M -j q", "-e -j q"]);
        assert!(wave.moves[0].again && wave.moves[0].set.len() == 2);
        assert!(matches!(&wave.moves[0].back, Back::Again { set } if set.len() == 2));
    }

    // What others depend on cannot be deleted.
    state
        .resources
        .push(FoundResource { kind: "ACME.other".into(), ..resource("p", "p-rg", &["q"]) });
    let all = versions(vec![version("1", UPGRADE, ""), version("2", "", "")]);
    let refused = plan(&Request { recreate: true, ..to("2") }, &state, &all).unwrap_err();
    assert!(refused[0].what.contains("p depends on it"), "{refused:?}");
}

#[test]
fn two_groups_are_brought_down_one_after_the_other() {
    let all = vec![resource("a", "a-rg", &[]), resource("b", "b-rg", &[])];
    let found = found(all, &["a-rg", "b-rg"]);
    let plan = under(&found, &from("1", "WHEN_UNMANAGED"));
    let names: Vec<&str> = plan.waves.iter().map(|w| w.name.as_str()).collect();
    assert_eq!(names, ["a-rg", "b-rg"]);
    assert!(plan.waves.iter().all(|wave| wave.down.len() == 3));
}

#[test]
fn what_depends_on_a_resource_goes_down_before_it_and_comes_up_behind_it() {
    let other = |name: &str, group: &str, needs: &[&str]| FoundResource {
        kind: "ACME.other".into(),
        ..resource(name, group, needs)
    };
    let all = vec![
        other("front", "front-rg", &["middle"]),
        other("middle", "q-rg", &["q"]),
        resource("q", "q-rg", &[]),
    ];
    let found = found(all, &["front-rg", "q-rg"]);
    let plan = under(&found, &from("1", "WHEN_DISABLED"));
    let [wave] = &plan.waves[..] else { panic!("{plan:?}") };
    assert_eq!(commands(&wave.down), ["-n -j front", "-n -j middle", "-n -j q"]);
    assert_eq!(commands(&wave.up), ["-e -j q", "-e -j middle", "-e -j front"]);
    assert_eq!(wave.outage.len(), 3, "{:?}", wave.outage);
}

#[test]
fn groups_that_disturb_the_same_resources_go_down_together() {
    // Both are of the type, and b needs a in another group.
    let all = vec![resource("b", "b-rg", &["a"]), resource("a", "a-rg", &[])];
    let found = found(all, &["a-rg", "b-rg"]);
    let plan = under(&found, &from("1", "WHEN_DISABLED"));
    let [wave] = &plan.waves[..] else { panic!("{plan:?}") };
    assert_eq!(commands(&wave.down), ["-n -j b", "-n -j a"]);
    let moved: Vec<&str> = wave.moves.iter().map(|m| m.resource.as_str()).collect();
    assert_eq!(moved, ["a", "b"], "in the order of dependencies");
}

#[test]
fn values_that_the_new_version_does_not_take_have_to_be_given() {
    let mut state = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    let level = |value: &str| FoundValue {
        name: "Level".into(),
        extension: true,
        values: vec![value.into()],
    };
    let narrow = LEVEL.replace("MAX = 9", "MAX = 5");
    let spool = "{ PROPERTY = Spool; EXTENSION; STRING; MINLENGTH = 1; TUNABLE = ANYTIME; }\n";
    let all = versions(vec![
        version("1", UPGRADE, LEVEL),
        version("2", &from("1", "ANYTIME"), &format!("{narrow}{spool}")),
    ]);
    state.resources[0].values = vec![level("9")];
    let refused = plan(&to("2"), &state, &all).unwrap_err();
    let said: Vec<String> =
        refused.iter().map(|p| p.to_string().lines().next().unwrap_or_default().into()).collect();
    assert_eq!(
        said,
        [
            "q:Spool: version 2 requires a value and has no default",
            "q:Level: version 2 has limits, and '9' is outside them",
        ]
    );
    let give = |text: &str| Assignment::parse(text).unwrap();
    let properties = vec![give("Spool=/a"), give("q:Level=5")];
    let plan_of = plan(&Request { properties, ..to("2") }, &state, &all).unwrap();
    let one = &plan_of.waves[0].moves[0];
    let words: Vec<String> = one.set.iter().map(|s| s.words().join(" ")).collect();
    assert_eq!(words, ["-x Spool=/a", "-x Level=5"]);
    // And back: Spool is gone by itself, Level is what it was.
    let Back::Version { set, .. } = &one.back else { panic!("{one:?}") };
    assert_eq!(set.iter().map(|s| s.words().join(" ")).collect::<Vec<_>>(), ["-x Level=9"]);

    // One for the resource alone counts before one for all, and the last of each.
    let properties = vec![give("q:Level=4"), give("Level=6"), give("Spool=/a"), give("q:Level=2")];
    let words = plan(&Request { properties, ..to("2") }, &state, &all).unwrap().waves[0].moves[0]
        .set
        .iter()
        .map(|s| s.words().join(" "))
        .collect::<Vec<_>>();
    assert_eq!(words, ["-x Spool=/a", "-x Level=2"]);
    for wrong in ["Level=6", "Color=red"] {
        let properties = vec![give("Spool=/a"), give("Level=5"), give(wrong)];
        let refused = plan(&Request { properties, ..to("2") }, &state, &all);
        assert!(refused.is_err(), "{wrong}");
    }
}

#[test]
fn what_was_registered_under_3_0_gets_the_new_defaults_with_the_command() {
    let mut state = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    state.resources[0].kind = "ACME.queue".into();
    state.registered[0].full = "ACME.queue".into();
    state.resources[0].values =
        vec![FoundValue { name: "Level".into(), extension: true, values: vec!["3".into()] }];
    let new = LEVEL.replace("DEFAULT = 3", "DEFAULT = 4");
    let all =
        versions(vec![version("1", UPGRADE, LEVEL), version("2", &from("1", "ANYTIME"), &new)]);
    let plan = plan(&to("2"), &state, &all).unwrap();
    assert_eq!(plan.waves[0].moves[0].set[0].words(), ["-x", "Level=4"]);
}

#[test]
fn an_old_version_goes_only_when_nothing_uses_it_and_its_file_is_known() {
    let all = vec![resource("a", "a-rg", &[]), resource("b", "b-rg", &[])];
    let state = found(all, &["a-rg", "b-rg"]);
    let files = versions(vec![version("1", UPGRADE, ""), version("2", &from("1", "ANYTIME"), "")]);
    let request = Request { unregister_old: true, resources: vec!["a".into()], ..to("2") };
    let refused = plan(&request, &state, &files).unwrap_err();
    assert_eq!(refused[0].what, "ACME.queue:1 is still used by b");

    let request = Request { resources: Vec::new(), ..request };
    assert_eq!(plan(&request, &state, &files).unwrap().unregister[0].full, "ACME.queue:1");
    let alone = versions(vec![version("2", &from("1", "ANYTIME"), "")]);
    let refused = plan(&request, &state, &alone).unwrap_err();
    assert!(refused[0].to_string().contains("--old-file"), "{refused:?}");
}

#[test]
fn states_that_have_to_be_cleared_first_and_nodes_without_the_type_are_said() {
    let mut state = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    state.registered.push(Registered { nodes: Some(nodes(&["Node1"])), ..registered("2") });
    state.resources[0].odd = vec![(NodeName("Node1".into()), "STOP_FAILED".into())];
    let all = versions(vec![version("2", &from("1", "ANYTIME"), "")]);
    let refused = plan(&to("2"), &state, &all).unwrap_err();
    let codes: Vec<&str> = refused.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, ["rt.upgrade-state", "rt.upgrade-nodes"]);
    let unknown = Request { resources: vec!["x".into()], ..to("2") };
    assert_eq!(plan(&unknown, &state, &all).unwrap_err()[0].what, "there is no resource x");
}

#[test]
fn a_second_upgrade_to_the_same_version_has_nothing_to_do() {
    let mut state = found(vec![resource("q", "q-rg", &[])], &["q-rg"]);
    state.resources[0].kind = "ACME.queue:2".into();
    assert!(under(&state, &from("1", "ANYTIME")).waves.is_empty());
}
