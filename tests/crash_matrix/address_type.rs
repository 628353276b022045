//! Several versions of SUNW.LogicalHostname: the command that makes a logical host names none, so
//! calha asks before the first change and never says that it knows.

use calha::engine::Stop;
use calha::guide::Guide;
use calha::lab::Personality;
use calha::node::{Command, Files, Mode, Owner};

use super::bench::{Start, install, node, of_model, path, resolved, rollback, run, run_accepting};

const UNNAMED: &str = "resource-type.unnamed";

/// What the cluster says to a command that has to succeed.
fn typed(start: &mut Start, words: &[&str]) {
    let command = Command::new("/usr/cluster/bin/scrgadm", words.iter().copied());
    let said = start.rack.lab.exec(&node("Node1"), &command, b"").unwrap();
    assert!(said.success(), "{words:?}: {}", String::from_utf8_lossy(&said.stderr));
}

/// A cluster with a second version, as after an upgrade.
fn with_two(personality: Personality, model: &str) -> Start {
    let mut start = Start::on(personality, &of_model(model, &[]));
    let text = "RESOURCE_TYPE = \"LogicalHostname\";\nVENDOR_ID = SUNW;\nRT_VERSION = \"77\";\n\
                RT_BASEDIR = /usr/cluster/lib/rgm/rt/hafoip;\nFAILOVER = TRUE;\nSTART = start;\n\
                STOP = stop;\n#$upgrade\n\
                { PROPERTY = HostnameList; EXTENSION; STRINGARRAY; TUNABLE = AT_CREATION; }\n\
                { PROPERTY = NetIfList; EXTENSION; STRINGARRAY; DEFAULT = \"\"; \
                TUNABLE = ANYTIME; }\n";
    let mut files = start.rack.lab.files(&node("Node1"));
    files.write(&path("/var/tmp/rtr"), text.as_bytes(), Mode(0o644), Owner::ROOT).unwrap();
    drop(files);
    typed(&mut start, &["-a", "-t", "SUNW.LogicalHostname", "-f", "/var/tmp/rtr"]);
    start
}

/// The type that a logical host is made of.
fn made_of(start: &Start, resource: &str) -> String {
    let all = &start.rack.lab.cluster().resources;
    all.iter().find(|r| r.name == resource).unwrap().type_name.clone()
}

#[test]
fn which_of_two_versions_is_meant_is_asked_before_anything_is_changed() {
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        for personality in [Personality::Plain, Personality::Odd] {
            let guide = Guide::of(&of_model(model, &[]), "cal").unwrap();
            let start = with_two(personality, model);
            let calls = start.rack.lab.changing_calls().len();

            let (after, _) = run(&guide, &start, &install);
            let Err(Stop::Unanswered(questions)) = after.result else { panic!("{model}") };
            assert!(questions.iter().all(|q| q.code == UNNAMED), "{questions:?}");
            let both =
                questions.iter().all(|q| q.found.matches("SUNW.LogicalHostname").count() == 2);
            assert!(both, "{questions:?}");
            let hosts = of_model(model, &[]).settings.instances.len();
            assert_eq!(questions.len(), hosts, "one for each logical host");
            assert_eq!(after.rack.lab.changing_calls().len(), calls, "something was changed");
        }
    }
}

#[test]
fn a_cluster_that_chooses_is_let_choose_and_not_asked_again() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let start = with_two(Personality::Plain, "asymmetric");
    let (after, installed) = run_accepting(&guide, &start, &[UNNAMED], &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let settings = resolved(&[]).settings;
    let resource = &settings.instances[0].logical_host.resource;
    assert_eq!(made_of(&installed, resource), "SUNW.LogicalHostname:77");

    let (after, _) = run(&guide, &installed, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (after, back) = run(&guide, &installed, &rollback);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let named = |s: &Start| s.rack.lab.cluster().types.iter().map(|t| t.name.clone()).collect();
    let (before, left): (Vec<String>, Vec<String>) = (named(&start), named(&back));
    assert_eq!(left, before);
}

/// A cluster that refuses says so in its own words, and what was made by hand is taken over.
#[test]
fn a_cluster_that_refuses_is_helped_by_hand() {
    let guide = Guide::of(&resolved(&[]), "cal").unwrap();
    let start = with_two(Personality::Odd, "asymmetric");
    let (after, mut stopped) = run_accepting(&guide, &start, &[UNNAMED], &install);
    let told = format!("{:?}", after.result);
    assert!(told.contains("several versions are registered"), "{told}");

    let settings = resolved(&[]).settings;
    let instance = &settings.instances[0];
    let (host, group) = (&instance.logical_host, instance.resource_group.as_str());
    let names = format!("HostnameList={}", host.name);
    let kind = "SUNW.LogicalHostname:77";
    let description = format!("R_description={}", host.description);
    let words =
        ["-a", "-j", &host.resource, "-t", kind, "-g", group, "-x", &names, "-y", &description];
    typed(&mut stopped, &words);
    let accepting = ["resource.not-ours"];
    let (after, installed) = run_accepting(&guide, &stopped, &accepting, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    assert_eq!(made_of(&installed, &host.resource), kind);
}
