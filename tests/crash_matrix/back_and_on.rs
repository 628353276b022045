//! Where `resume` goes after a way back: one that was cut off is gone to its end as what it was,
//! then it goes forward. And what a restored file and a removal by hand leave for the next run.

use calha::engine::{Engine, Event, Stop};
use calha::guide::Guide;
use calha::journal::{Journal, MemoryStore, Record, RunCommand, StepChoice};
use calha::lab::Trouble;
use calha::node::Command;

use super::bench::{Start, difference, install, node, of_model, resolved, rollback, run, visible};
use super::by_hand;
use super::mutations::{records, rewritten};
use super::points::points;
use super::round_trips::{Model, Trip};
use super::thorough::thorough;
use super::whole::leftovers;

fn resume(engine: &mut Engine<'_>) -> Result<(), Stop> {
    engine.resume()
}

fn asymmetric() -> Model {
    Model::of("asymmetric", &resolved(&[]))
}

/// Steps of which something stands.
fn standing(start: &Start) -> Vec<String> {
    let store = MemoryStore::holding(start.journal.clone(), Vec::new());
    let journal = Journal::open(Box::new(store), String::new).unwrap();
    let mut steps: Vec<String> =
        journal.history().to_undo().into_iter().map(|key| key.step).collect();
    steps.sort();
    steps.dedup();
    steps
}

fn is_complete(model: &Model, start: &Start) -> bool {
    let trip = Trip::of(&model.guide, start, None, &install);
    let calls = |start: &Start| start.rack.lab.changing_calls().len();
    trip.result.is_ok()
        && calls(&trip.end) == calls(start)
        && visible(&start.rack, &["/var/opt/calha"])
            == visible(&model.done.rack, &["/var/opt/calha"])
}

fn is_pristine(model: &Model, start: &Start) -> Result<(), String> {
    let left = leftovers(&model.guide);
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let (now, then) = (visible(&start.rack, &left), visible(&model.fresh.rack, &left));
    if now == then { Ok(()) } else { Err(difference(&now, &then)) }
}

#[test]
fn after_a_rollback_of_some_steps_resume_goes_forward() {
    let model = asymmetric();
    for step in ["resource-group", "ha-block", "service-enable"] {
        let back =
            Trip::of(&model.guide, &model.done, None, &|e| e.undo(RunCommand::Undo, Some(step)));
        assert!(back.result.is_ok(), "{step}: {:?}", back.result);
        let on = Trip::of(&model.guide, &back.end, None, &resume);
        assert!(on.result.is_ok(), "{step}: {:?}", on.result);
        assert!(is_complete(&model, &on.end), "{step}");
    }
}

#[test]
fn a_rollback_of_some_steps_that_was_cut_off_is_resumed_as_that_and_ends_there() {
    let model = asymmetric();
    let kept = ["mount-directory", "vfstab-entry", "resource-types", "accounts"];
    let (cuts, result, wanted) =
        points(&model.guide, &model.done, &|e| e.undo(RunCommand::Undo, Some("resource-group")));
    assert!(result.is_ok(), "{result:?}");
    let stride = if thorough() { 1 } else { 5 };
    for cut in cuts.iter().step_by(stride) {
        let on = Trip::of(&model.guide, &cut.start, None, &resume);
        assert!(on.result.is_ok(), "{}: {:?}", cut.label, on.result);
        let taken: Vec<&String> = on
            .events
            .iter()
            .filter_map(|e| match e {
                Event::OpEnds { step, outcome: calha::engine::Outcome::Undone, .. } => Some(step),
                _ => None,
            })
            .collect();
        assert!(!taken.iter().any(|s| kept.contains(&s.as_str())), "{}: {taken:?}", cut.label);

        if taken.is_empty() {
            assert!(is_complete(&model, &on.end), "{}", cut.label);
            continue;
        }
        assert_eq!(standing(&on.end), standing(&wanted), "{}", cut.label);
        let again = Trip::of(&model.guide, &on.end, None, &resume);
        assert!(is_complete(&model, &again.end), "{}: {:?}", cut.label, again.result);
    }
}

#[test]
fn a_rollback_of_the_whole_that_was_cut_off_is_resumed_as_that() {
    let model = asymmetric();
    let (cuts, result, _) = points(&model.guide, &model.done, &rollback);
    assert!(result.is_ok(), "{result:?}");
    for cut in cuts.iter().step_by(if thorough() { 3 } else { 15 }) {
        let written = records(&cut.start.journal);
        let begun = written.iter().rev().find_map(|record| match record {
            Record::Run { command, .. } => Some(*command == RunCommand::Undo),
            _ => None,
        });
        if begun != Some(true) {
            continue;
        }
        let on = Trip::of(&model.guide, &cut.start, None, &resume);
        assert!(on.result.is_ok(), "{}: {:?}", cut.label, on.result);
        assert_eq!(is_pristine(&model, &on.end), Ok(()), "{}", cut.label);
    }
}

#[test]
fn an_instance_that_was_being_taken_back_is_gone_after_resume_and_the_others_stay() {
    let model = Model::of("n-plus-one", &of_model("n-plus-one", &[]));
    let away = |e: &mut Engine<'_>| e.undo_instance(RunCommand::Uninstall, "cs2");
    let (cuts, result, wanted) = points(&model.guide, &model.done, &away);
    assert!(result.is_ok(), "{result:?}");
    let wanted = standing(&wanted);
    for cut in cuts.iter().step_by(if thorough() { 3 } else { 15 }) {
        if standing(&cut.start) == standing(&model.done) {
            continue;
        }
        let on = Trip::of(&model.guide, &cut.start, None, &resume);
        assert!(on.result.is_ok(), "{}: {:?}", cut.label, on.result);
        assert_eq!(standing(&on.end), wanted, "{}", cut.label);
    }
}

#[test]
fn a_restore_that_was_cut_off_is_gone_to_its_end_and_goes_forward_when_asked_again() {
    let model = asymmetric();
    let steps = ["vfstab-entry".to_owned()];
    let (cuts, result, restored) =
        points(&model.guide, &model.done, &|e| e.undo_steps(RunCommand::Restore, &steps));
    assert!(result.is_ok(), "{result:?}");
    for cut in cuts {
        let before = standing(&cut.start);
        let on = Trip::of(&model.guide, &cut.start, None, &resume);
        assert!(on.result.is_ok(), "{}: {:?}", cut.label, on.result);
        if before == standing(&restored) || standing(&on.end) == standing(&model.done) {
            continue;
        }
        assert_eq!(standing(&on.end), standing(&restored), "{}", cut.label);
        let again = Trip::of(&model.guide, &on.end, None, &resume);
        assert!(is_complete(&model, &again.end), "{}: {:?}", cut.label, again.result);
    }
}

/// A journal of a version that did not write what a run undoes.
#[test]
fn what_an_older_calha_took_back_is_asked_for_and_never_guessed() {
    let model = asymmetric();
    let trip = Trip::of(&model.guide, &model.done, None, &|e| {
        e.undo(RunCommand::Undo, Some("service-enable"))
    });
    let old = |start: &Start| {
        let forget = |records: Vec<Record>| {
            let one = |record| match record {
                Record::Run { command, by, at, digest, values, accepted, answered, .. } => {
                    let (undo, chosen) = (None, StepChoice::default());
                    Record::Run {
                        command,
                        by,
                        at,
                        digest,
                        values,
                        accepted,
                        answered,
                        undo,
                        chosen,
                    }
                }
                other => other,
            };
            records.into_iter().map(one).collect()
        };
        Start { rack: start.rack.clone(), journal: rewritten(&start.journal, forget) }
    };
    let asked = Trip::of(&model.guide, &old(&trip.end), None, &resume);
    assert!(format!("{:?}", asked.result).contains("resume.unclear"), "{:?}", asked.result);
    assert_eq!(standing(&asked.end), standing(&trip.end));
    let on = Trip::of(&model.guide, &asked.end, None, &install);
    assert!(is_complete(&model, &on.end), "{:?}", on.result);
}

/// The service runs, on either node: what was restored is put back where it is, and nothing else
/// happens.
#[test]
fn what_was_restored_below_a_running_service_is_put_back_without_moving_it() {
    for (step, moved) in
        [("ha-block", false), ("ha-block", true), ("vfstab-entry", false), ("vfstab-entry", true)]
    {
        let model = asymmetric();
        let mut start = model.done.clone();
        if moved {
            by_hand::move_groups(&mut start, &model.guide);
        }
        let place = |start: &Start| start.rack.lab.cluster().group("CAL-RG").unwrap().place();
        let stood = place(&start);
        let back = Trip::of(&model.guide, &start, None, &|e| {
            e.undo_steps(RunCommand::Restore, &[step.into()])
        });
        let told = |code: &str| {
            let notice =
                |e: &Event| matches!(e, Event::Notice { problem, .. } if problem.code == code);
            let at = back.events.iter().position(notice);
            at.is_some_and(|at| {
                !back.events[..at].iter().any(|e| matches!(e, Event::OpBegins { .. }))
            })
        };
        assert!(back.result.is_ok() && told("restore.endangers"), "{step}: {:?}", back.events);
        let on = Trip::of(&model.guide, &back.end, None, &install);
        assert!(on.result.is_ok(), "{step}: {:?}", on.result);
        assert_eq!((back.cut.len(), on.cut.len()), (0, 0), "{step} {moved}");
        assert_eq!(place(&on.end), stood, "{step} {moved}");
        let configurator =
            |e: &Event| matches!(e, Event::OpBegins { step, .. } if step.starts_with("configure-"));
        assert!(!on.events.iter().any(configurator), "{step} {moved}");
        let carried =
            |e: &Event| matches!(e, Event::OpBegins { step, .. } if step == "carry-state");
        assert!(
            !on.events.iter().any(carried),
            "{step} {moved}: a state file was carried for nothing"
        );
    }
}

/// Section 6.9 by hand, cut off behind each of its commands (those of E38 and E40 among them).
#[test]
fn a_removal_by_hand_is_gone_on_with_from_wherever_it_was_left() {
    let commands = [
        ("scswitch", "-F -g CAL-RG"),
        ("scswitch", "-n -j CAL-SVR-RS"),
        ("scswitch", "-n -j CAL-HASP-RS"),
        ("scswitch", "-n -j LOG-HOST-RS"),
        ("scrgadm", "-r -j CAL-SVR-RS"),
        ("scrgadm", "-r -j CAL-HASP-RS"),
        ("scrgadm", "-r -j LOG-HOST-RS"),
        ("scrgadm", "-r -g CAL-RG"),
        ("scrgadm", "-r -t SUNW.scics"),
    ];
    let type_in = |start: &mut Start, line: &str| {
        let mut words = line.split(' ');
        let command = Command::new(words.next().unwrap(), words);
        let said = start.rack.lab.exec(&node("Node1"), &command, b"").unwrap();
        assert!(said.success(), "{line}: {}", String::from_utf8_lossy(&said.stderr));
    };
    for kind in ["failover", "cluster"] {
        let file_system = format!("instance.cal.file-system={kind}");
        let model = Model::of(kind, &resolved(&[&file_system]));
        let mut left = model.done.clone();
        for (program, words) in commands {
            type_in(&mut left, &format!("/usr/cluster/bin/{program} {words}"));
            let label = format!("{kind}: {program} {words}");
            let mut start = left.clone();
            let calls = start.rack.lab.changing_calls().len();
            let (asked, end) = super::bench::run(&model.guide, &start, &rollback);
            if kind == "failover" {
                let Err(Stop::Unanswered(questions)) = asked.result else {
                    panic!("{label}: {:?}", asked.result)
                };
                let [question] = questions.as_slice() else { panic!("{label}: {questions:?}") };
                assert_eq!(question.code, "ha-block.unreachable", "{label}");
                assert_eq!(end.rack.lab.changing_calls().len(), calls, "{label}");
                assert_eq!(standing(&end), standing(&left), "{label}");
                let said = question.accepting.lines().filter_map(|l| l.strip_prefix("    "));
                said.for_each(|line| type_in(&mut start, line));
                let running = |r: &calha::lab::Resource| {
                    r.type_name.contains("scics") && r.states.values().any(|s| s.is_started())
                };
                assert!(!start.rack.lab.cluster().resources.iter().any(running), "{label}");
                let (mut after, mut end) = super::bench::run(&model.guide, &start, &rollback);
                if let Err(Stop::Stuck(problems)) = &after.result {
                    assert!(question.accepting.contains("it says when to unmount"), "{label}");
                    let hint = format!("{:?}", problems[0]);
                    assert!(
                        hint.contains("\"/usr/sbin/umount /cal; then go on"),
                        "{label}: {hint}"
                    );
                    type_in(&mut end, "/usr/sbin/umount /cal");
                    (after, end) = super::bench::run(&model.guide, &end, &rollback);
                }
                assert!(after.result.is_ok(), "{label}: {:?}", after.result);
                assert_eq!(is_pristine(&model, &end), Ok(()), "{label}");
            } else {
                assert!(asked.result.is_ok(), "{label}: {:?}", asked.result);
                assert_eq!(is_pristine(&model, &end), Ok(()), "{label}");
            }
        }
    }
}

/// A removal that fails, or does nothing, is no proof that somebody else has resources in the
/// group.
#[test]
fn a_group_that_holds_nothing_is_not_left_to_others_when_its_removal_fails() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (after, done) = run(&guide, &Start::fresh(&resolved), &install);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let fails = Trouble::Fails { status: 1, text: "not now".into() };
    for trouble in [fails, Trouble::Garbage] {
        let mut start = done.clone();
        start.first_call("scrgadm", None, Some("CAL-RG"), trouble);
        let (after, mut half) = run(&guide, &start, &rollback);
        assert!(matches!(after.result, Err(Stop::Stuck(_))), "{:?}", after.result);
        assert!(!half.rack.lab.cluster().groups.is_empty());

        half.rack.lab.clear_faults();
        let (after, end) = run(&guide, &half, &rollback);
        after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
        assert!(end.rack.lab.cluster().groups.is_empty());
    }
}
