//! Resource types that are registered already, in one version or in several.

use calha::engine::{Engine, Options, Picked, Prompt, Question, Reply, Stop};
use calha::guide::Guide;
use calha::host::Host;
use calha::journal::{Journal, MemoryStore, RunCommand};
use calha::lab::{Memory, Personality, Rack, Trouble};
use calha::node::{Command, Files, Inspect, Mode, NodeName, Owner};
use calha::op::OpId;
use calha::setting::Resolved;

use super::bench::{
    Start, install, node, of_model, options, path, resolved, rollback, run, run_on,
};
use super::earlier::before_0_2;

const HASP: &str = "SUNW.HAStoragePlus";
const SCICS: &str = "SUNW.scics";

/// A registration file for a full name, with the properties that calha sets.
fn file(full: &str) -> String {
    let (name, version) = full.split_once(':').unwrap_or((full, ""));
    let (vendor, base) = name.split_once('.').unwrap();
    let declared = if version.is_empty() { "1" } else { version };
    let upgrade = if version.is_empty() { "" } else { "#$upgrade\n" };
    let properties = if base.starts_with("HAStoragePlus") {
        "{ PROPERTY = FilesystemMountPoints; EXTENSION; STRINGARRAY; TUNABLE = WHEN_DISABLED; }\n\
         { PROPERTY = AffinityOn; EXTENSION; BOOLEAN; DEFAULT = TRUE; TUNABLE = WHEN_DISABLED; }\n"
    } else {
        "{ PROPERTY = ICS_serverroot; EXTENSION; STRING; TUNABLE = AT_CREATION; }\n"
    };
    format!(
        "RESOURCE_TYPE = \"{base}\";\nVENDOR_ID = {vendor};\nRT_VERSION = \"{declared}\";\n\
         RT_BASEDIR = /opt/x;\nSTART = start;\nSTOP = stop;\nFAILOVER = TRUE;\n\
         {upgrade}{properties}"
    )
}

fn scrgadm(start: &mut Start, words: &str) {
    let command = Command::new("/usr/cluster/bin/scrgadm", words.split(' '));
    let said = start.rack.lab.exec(&node("Node1"), &command, b"").unwrap();
    assert!(said.success(), "{words}: {}", String::from_utf8_lossy(&said.stderr));
}

/// Registers a type under this full name, as after an upgrade of the cluster.
fn register(start: &mut Start, full: &str) {
    let text = file(full);
    let at = path("/var/tmp/rtr");
    let mut files = start.rack.lab.files(&node("Node1"));
    files.write(&at, text.as_bytes(), Mode(0o644), Owner::ROOT).unwrap();
    drop(files);
    let name = full.split(':').next().unwrap();
    scrgadm(start, &format!("-a -t {name} -f /var/tmp/rtr"));
    start.rack.lab.files(&node("Node1")).remove(&at).unwrap();
}

fn registered(start: &Start) -> Vec<String> {
    start.rack.lab.cluster().types.iter().map(|t| t.name.clone()).collect()
}

/// The codes of what a run was refused for; nothing may have been changed then.
fn refused(resolved: &Resolved, start: &Start) -> Vec<String> {
    let calls = start.rack.lab.changing_calls().len();
    let guide = Guide::of(resolved, "cal").unwrap();
    // Whatever is accepted beforehand, the cluster would refuse it half way.
    let accept = ["resource-type.versions", "resource-type.not-registered"];
    let accepting = Options { accept: accept.map(str::to_owned).into(), ..options() };
    let store = MemoryStore::holding(start.journal.clone(), Vec::new());
    let after = run_on(&guide, start, |_| Box::new(store), None, &accepting, &install);
    assert_eq!(after.rack.lab.changing_calls().len(), calls, "something was changed");
    match after.result {
        Err(Stop::Blocked(problems)) => problems.into_iter().map(|p| p.code).collect(),
        Err(Stop::Unanswered(questions)) => questions
            .into_iter()
            .map(|q| {
                assert!(q.accepting.contains(&format!("{} = \"", key_of(&q.found))), "{q:?}");
                q.code
            })
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// The setting that says which of these versions is meant.
fn key_of(found: &str) -> &'static str {
    if found.starts_with(HASP) { "cluster.hasp-type" } else { "cluster.service-type" }
}

/// Nothing is left to do, and nothing is odd.
fn verified(engine: &mut Engine<'_>) -> Result<(), Stop> {
    let survey = engine.survey()?;
    assert!(survey.questions.is_empty(), "{:#?}", survey.questions);
    let open: Vec<_> = survey.findings.iter().filter(|f| f.is_work()).collect();
    assert!(open.is_empty(), "{open:#?}");
    Ok(())
}

fn done(guide: &Guide, start: &Start, what: super::bench::Work<'_>) -> Start {
    let (after, next) = run(guide, start, what);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    next
}

/// Installs, verifies, and undoes everything: the types that stood before stand again.
fn whole(resolved: &Resolved, start: &Start, used: [&str; 2]) {
    let guide = Guide::of(resolved, "cal").unwrap();
    let before = registered(start);
    let installed = done(&guide, start, &install);
    done(&guide, &installed, &verified);
    let resources = &installed.rack.lab.cluster().resources;
    for instance in &resolved.settings.instances {
        let kind =
            |name: &str| resources.iter().find(|r| r.name == name).unwrap().type_name.clone();
        let kinds = [kind(&instance.hasp_resource), kind(&instance.service_resource)];
        assert_eq!(kinds, used, "{before:?}");
    }
    let back = done(&guide, &installed, &rollback);
    assert_eq!(registered(&back), before);
}

#[test]
fn a_type_is_used_in_the_one_version_that_is_registered() {
    for model in ["asymmetric", "symmetric"] {
        let resolved = of_model(model, &[]);
        let fresh = Start::fresh(&resolved);
        let own = fresh.clone();
        let guide = Guide::of(&resolved, "cal").unwrap();
        // Absent: what is installed is registered, and undone.
        let names = registered(&done(&guide, &own, &install));
        let of =
            |name: &str| names.iter().find(|n| n.split(':').next() == Some(name)).unwrap().clone();
        whole(&resolved, &own, [&of(HASP), &of(SCICS)]);
        for (hasp, scics) in [
            (HASP, SCICS),
            ("SUNW.HAStoragePlus:6", SCICS),
            ("SUNW.HAStoragePlus:8", "SUNW.scics:2"),
            (HASP, "SUNW.scics:2"),
        ] {
            let mut start = fresh.clone();
            register(&mut start, hasp);
            register(&mut start, scics);
            whole(&resolved, &start, [hasp, scics]);
        }
    }
}

/// Versioned or not, as each release has its types.
#[test]
fn the_types_of_every_release_are_registered_and_taken_back() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    for personality in Personality::all() {
        let lab = Memory::on(personality, &resolved.settings);
        let start = Start { rack: Rack::new(lab), journal: Vec::new() };
        let installed = done(&guide, &start, &install);
        let mut names = registered(&installed);
        names.retain(|name| !registered(&start).contains(name));
        let [storage, service] = &names[..] else { panic!("{personality}: {names:?}") };
        whole(&resolved, &start, [storage, service]);
    }
}

#[test]
fn a_name_that_only_begins_alike_is_another_type() {
    let resolved = resolved(&[]);
    let mut start = Start::fresh(&resolved);
    for other in ["SUNW.HAStoragePlusX:4", "ACME.scics", "SUNW.scics2", "SUNW.HAStorage"] {
        register(&mut start, other);
    }
    let guide = Guide::of(&resolved, "cal").unwrap();
    let installed = done(&guide, &start, &install);
    assert_eq!(registered(&installed).len(), registered(&start).len() + 2);
    done(&guide, &installed, &verified);
    assert_eq!(registered(&done(&guide, &installed, &rollback)), registered(&start));
}

#[test]
fn of_two_versions_the_profile_says_which_before_anything_is_changed() {
    for model in ["asymmetric", "symmetric", "n-plus-one"] {
        for (pair, key) in [
            ([HASP, "SUNW.HAStoragePlus:6"], "hasp-type"),
            (["SUNW.HAStoragePlus:2", "SUNW.HAStoragePlus:6"], "hasp-type"),
            ([SCICS, "SUNW.scics:2"], "service-type"),
            (["SUNW.scics:1.0", "SUNW.scics:2"], "service-type"),
        ] {
            let plain = of_model(model, &[]);
            let mut start = Start::fresh(&plain);
            pair.iter().for_each(|full| register(&mut start, full));
            assert_eq!(refused(&plain, &start), ["resource-type.versions"], "{pair:?}");
            for full in pair {
                let chosen = of_model(model, &[&format!("cluster.{key}={full}")]);
                let other = if key == "hasp-type" { SCICS } else { HASP };
                let mut start = start.clone();
                register(&mut start, other);
                let used = if key == "hasp-type" { [full, other] } else { [other, full] };
                whole(&chosen, &start, used);
            }
            let third = format!("cluster.{key}={}:77", pair[0].split(':').next().unwrap());
            let wrong = of_model(model, &[&third]);
            assert_eq!(refused(&wrong, &start), ["resource-type.not-registered"], "{third}");
        }
    }
}

#[test]
fn a_version_that_came_later_stays_and_asks_nothing() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let fresh = Start::fresh(&resolved);
    let before = registered(&fresh);
    let mut upgraded = done(&guide, &fresh, &install);
    for later in ["SUNW.HAStoragePlus:99", "SUNW.scics:99"] {
        register(&mut upgraded, later);
    }
    done(&guide, &upgraded, &verified);
    let calls = upgraded.rack.lab.changing_calls().len();
    let again = done(&guide, &upgraded, &install);
    assert_eq!(again.rack.lab.changing_calls().len(), calls);
    let mut left = registered(&done(&guide, &again, &rollback));
    left.retain(|name| !before.contains(name));
    assert_eq!(left, ["SUNW.HAStoragePlus:99", "SUNW.scics:99"]);
}

/// What was made keeps its version; what is still to be made asks, and what is answered then is no
/// change of what began.
#[test]
fn a_resource_that_is_to_be_made_again_asks_which_of_two_versions() {
    for (step, later, key) in [
        ("hasp-resource", "SUNW.HAStoragePlus:99", "cluster.hasp-type"),
        ("service-resource", "SUNW.scics:99", "cluster.service-type"),
    ] {
        let plain = resolved(&[]);
        let guide = Guide::of(&plain, "cal").unwrap();
        let mut upgraded = done(&guide, &Start::fresh(&plain), &install);
        register(&mut upgraded, later);
        let halfway = done(&guide, &upgraded, &|engine| engine.undo(RunCommand::Undo, Some(step)));
        assert_eq!(refused(&plain, &halfway), ["resource-type.versions"], "{step}");

        let chosen = resolved(&[&format!("{key}={later}")]);
        let guide = Guide::of(&chosen, "cal").unwrap();
        let whole = done(&guide, &halfway, &install);
        done(&guide, &whole, &verified);
        let resources = &whole.rack.lab.cluster().resources;
        assert!(resources.iter().any(|r| r.type_name == later), "{step}");
        let ours = registered(&done(&guide, &whole, &rollback));
        assert_eq!(ours, [registered(&Start::fresh(&plain)), vec![later.to_owned()]].concat());
    }
}

/// Somebody who chooses this version.
struct Chooser(String);

impl Prompt for Chooser {
    fn consent(&mut self, _: &str) -> Reply {
        Reply::Yes
    }

    fn accept(&mut self, _: &Question) -> Reply {
        Reply::Nobody
    }

    fn choose(&mut self, question: &Question, among: &[String]) -> Picked {
        assert_eq!(question.found, among.join(" and "));
        assert!(among.contains(&self.0), "{among:?}");
        Picked::Value(self.0.clone())
    }

    fn attends(&self) -> bool {
        false
    }

    fn operator(&mut self, _: &OpId, _: &NodeName, _: Option<&Command>, _: &str) -> Reply {
        Reply::Nobody
    }
}

/// The answer ends the run before anything was changed, and the journal keeps what a run began
/// with.
#[test]
fn what_is_chosen_comes_back_and_is_kept_with_the_run() {
    let plain = resolved(&[]);
    let mut start = Start::fresh(&plain);
    let full = "SUNW.HAStoragePlus:6";
    register(&mut start, HASP);
    register(&mut start, full);
    let guide = Guide::of(&plain, "cal").unwrap();
    let calls = start.rack.lab.changing_calls().len();
    let (rack, hosts) = start.rack.clone().hosts(&guide.record, None);
    let hosts = hosts
        .iter()
        .filter(|host| guide.hosts.contains(host.name()))
        .map(|host| (host.name().clone(), host as &dyn Host))
        .collect();
    let mut journal = Journal::open(Box::new(MemoryStore::default()), || "now".into()).unwrap();
    let (mut events, mut chooser, options) = (Vec::new(), Chooser(full.into()), options());
    let mut engine = Engine::new(&guide, hosts, &mut journal, &mut events, &mut chooser, &options);
    let result = engine.install(RunCommand::Install);

    let Err(Stop::Answered(answers)) = result else { panic!("{result:?}") };
    assert_eq!(answers, [("cluster.hasp-type".to_owned(), full.to_owned())].into());
    assert_eq!(Rack::snapshot(&rack).lab.changing_calls().len(), calls);

    let chosen = resolved(&[&format!("cluster.hasp-type={full}")]);
    let guide = Guide::of(&chosen, "cal").unwrap();
    let answering = Options { answered: answers.clone(), ..options };
    let store = MemoryStore::default();
    let after = run_on(&guide, &start, |_| Box::new(store.clone()), None, &answering, &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let kept = Journal::open(Box::new(store), || "later".into()).unwrap();
    assert_eq!(kept.history().answered, answers);
}

#[test]
fn of_several_versions_none_is_removed_when_the_record_does_not_say_which_is_ours() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let mut start = done(&guide, &Start::fresh(&resolved), &install);
    register(&mut start, "SUNW.HAStoragePlus:99");
    without_answers(&mut start, &guide);
    let all = registered(&start);
    let (after, back) = run(&guide, &start, &rollback);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let mut left = registered(&back);
    left.retain(|name| name.starts_with(HASP));
    assert_eq!(left, all.into_iter().filter(|n| n.starts_with(HASP)).collect::<Vec<_>>());
    let told = format!("{:?}", after.events);
    assert!(told.contains("calha registered is not known"), "{told}");
}

/// Takes away what the nodes were asked behind the registration, as if a kill had come between.
fn without_answers(start: &mut Start, guide: &Guide) {
    for (name, number) in [("Node1", 1), ("Node1", 2), ("Node2", 1), ("Node2", 2)] {
        let at = guide.record.join(&format!("resource-types.{number}.out"));
        drop(start.rack.lab.files(&node(name)).remove(&at));
    }
}

/// Until then a type was asked for by its name without a version; the digest of the operation was
/// another.
#[test]
fn an_installation_by_an_earlier_version_is_complete_and_can_be_taken_back() {
    let resolved = before_0_2("asymmetric");
    let guide = Guide::of(&resolved, "cal").unwrap();
    let fresh = Start::fresh(&resolved);
    let mut earlier = done(&guide, &fresh, &install);
    earlier.journal = include_bytes!("../fixtures/journal-by-name-without-version.jsonl").to_vec();
    without_answers(&mut earlier, &guide);
    done(&guide, &earlier, &verified);
    let calls = earlier.rack.lab.changing_calls().len();
    let again = done(&guide, &earlier, &install);
    assert_eq!(again.rack.lab.changing_calls().len(), calls);
    let mut upgraded = again;
    register(&mut upgraded, "SUNW.scics:99");
    let back = done(&guide, &upgraded, &rollback);
    let mut left = registered(&back);
    left.retain(|name| !registered(&fresh).contains(name));
    assert_eq!(left, [SCICS, "SUNW.scics:99"], "which one is ours is not known of this journal");
    assert_eq!(registered(&done(&guide, &earlier, &rollback)), registered(&fresh));
}

/// The same, stopped right behind the registration.
#[test]
fn an_installation_that_an_earlier_version_began_is_gone_on_with() {
    let resolved = before_0_2("asymmetric");
    let guide = Guide::of(&resolved, "cal").unwrap();
    let mut start = Start::fresh(&resolved);
    start.first_call(
        "scrgadm",
        None,
        Some("CAL-RG"),
        Trouble::Fails { status: 1, text: "not now".into() },
    );
    let (after, mut half) = run(&guide, &start, &install);
    assert!(matches!(after.result, Err(Stop::Failed(_))), "{:?}", after.result);
    half.rack.lab.clear_faults();
    let earlier: &[u8] = include_bytes!("../fixtures/journal-by-name-without-version.jsonl");
    let lines = earlier.split_inclusive(|b| *b == b'\n');
    let before =
        |line: &&[u8]| !String::from_utf8_lossy(line).contains(r#""step":"resource-group""#);
    half.journal = lines.take_while(before).flatten().copied().collect();
    without_answers(&mut half, &guide);
    let whole = done(&guide, &half, &install);
    done(&guide, &whole, &verified);
    assert_eq!(registered(&done(&guide, &whole, &rollback)), registered(&start));
}

/// What the directory for the level is called then, nobody could say.
#[test]
fn debugging_says_when_the_agent_is_registered_with_a_version() {
    let resolved = resolved(&[]);
    let guide = Guide::debugging(&resolved, "cal", 9).unwrap();
    for (full, times) in [(SCICS, 0), ("SUNW.scics:2", 1)] {
        let mut start = Start::fresh(&resolved);
        register(&mut start, full);
        let (after, _) = run(&guide, &start, &install);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        let told = format!("{:?}", after.events);
        assert_eq!(told.matches("debug.type-version").count(), times, "{full}: {told}");
    }
}
