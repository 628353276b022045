//! A start or stop method of a resource fails: whatever meets that says which state it is and what
//! to type, and typing just that leads on.

use calha::engine::{Engine, Event, Stop};
use calha::guide::Guide;
use calha::journal::RunCommand;
use calha::lab::{Fault, Personality, Rack};
use calha::node::Command;
use calha::setting::{Instance, Resolved};
use calha::step::{
    Site, Step, service_failover, service_remove, service_restart, service_start, service_stop,
};

use super::bench::{
    Start, difference, every_model, install, of_model, resolved, rollback, run, visible,
};
use super::thorough::thorough;

/// The three resources of an instance.
fn resources(instance: &Instance) -> [String; 3] {
    [
        instance.logical_host.resource.clone(),
        instance.hasp_resource.clone(),
        instance.service_resource.clone(),
    ]
}

/// What a run that ended early says is to be typed on a node: its commands of the cluster.
fn to_type(stop: &Stop) -> Vec<String> {
    let text = match stop {
        Stop::Failed(failure) => match &failure.remedy {
            Some(remedy) if remedy.restart.is_none() => remedy.commands.join("; "),
            _ => String::new(),
        },
        Stop::Stuck(problems) | Stop::Blocked(problems) => {
            problems.iter().filter_map(|p| p.remedy.as_deref()).collect::<Vec<_>>().join("; ")
        }
        _ => String::new(),
    };
    let mut commands: Vec<String> = text
        .split("/usr/cluster/bin/scswitch ")
        .skip(1)
        .map(|rest| rest.split([';', ')', ',']).next().unwrap_or_default().trim().to_owned())
        .collect();
    commands.dedup();
    commands
}

fn type_in(rack: &mut Rack, line: &str) {
    let command = Command::new("/usr/cluster/bin/scswitch", line.split(' '));
    let on = rack.lab.cluster().members()[0].clone();
    let output = rack.lab.exec(&on, &command, b"").unwrap();
    assert!(output.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Types what a stop says. What is put right first is put right.
fn follow(start: &mut Start, stop: &Stop, context: &str) {
    start.rack.lab.clear_faults();
    let commands = to_type(stop);
    assert!(!commands.is_empty(), "{context}: nothing is named: {stop:?}");
    commands.iter().for_each(|line| type_in(&mut start.rack, line));
}

fn site(resolved: &Resolved) -> Site {
    Site::new(&resolved.settings, &resolved.settings.instances[0], "cal").unwrap()
}

fn samples() -> Vec<Resolved> {
    let sample = if thorough() { 6 } else { 2 };
    every_model().into_iter().take(sample).collect()
}

#[test]
fn a_resource_that_does_not_start_is_never_ok_and_the_way_out_leads_on() {
    for resolved in samples() {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let (whole, _) = run(&guide, &Start::fresh(&resolved), &install);
        let site = site(&resolved);
        for resource in resources(&site.instance) {
            let mut start = Start::fresh(&resolved);
            start.rack.lab.inject(Fault::StartFails { resource: resource.clone(), host: None });
            let (after, mut start) = run(&guide, &start, &install);
            let Err(stop @ Stop::Failed(failure)) = &after.result else {
                panic!("{resource}: {:?}", after.result)
            };
            let told = format!("resource {resource} is START_FAILED on ");
            assert!(failure.seen.iter().any(|s| s.starts_with(&told)), "{failure:?}");
            let remedy = failure.remedy.as_ref().unwrap();
            assert!(remedy.logs[0].starts_with("/var/adm/messages on "), "{remedy:?}");
            let ended = |e: &Event| matches!(e, Event::StepEnds { id } if *id == failure.step);
            assert!(!after.events.iter().any(ended), "{resource}: {} is ok", failure.step);
            // Nothing was put right: it is not taken for done, and is not gone past.
            let (again, _) = run(&guide, &start, &install);
            assert!(again.result.is_err(), "{resource}: resume goes past it");
            match &remedy.restart {
                Some(instance) => {
                    assert_eq!(*instance, site.instance.name);
                    start.rack.lab.clear_faults();
                    let restart = [service_restart(&site)];
                    let (restarted, next) = run(&guide, &start, &|e| {
                        e.serve(RunCommand::ServiceRestart, &restart, Vec::new())
                    });
                    assert!(restarted.result.is_ok(), "{resource}: {:?}", restarted.result);
                    start = next;
                }
                None => follow(&mut start, stop, &resource),
            }
            let (resumed, _) = run(&guide, &start, &install);
            assert!(resumed.result.is_ok(), "{resource}: {:?}", resumed.result);
            let record = [guide.record.as_str()];
            let (now, then) = (visible(&resumed.rack, &record), visible(&whole.rack, &record));
            assert!(now == then, "{resource}: {}", difference(&now, &then));
        }
    }
}

#[test]
fn a_resource_that_does_not_stop_is_cleared_by_what_is_printed_wherever_it_is_met() {
    let odd = (Personality::Odd, samples().swap_remove(0));
    let plain = samples().into_iter().map(|resolved| (Personality::Plain, resolved));
    for (personality, resolved) in plain.chain([odd]) {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let (_, installed) = run(&guide, &Start::on(personality, &resolved), &install);
        let site = site(&resolved);
        let other = site.secondary();
        type Act = Box<dyn Fn(&mut Engine<'_>) -> Result<(), Stop>>;
        let serve = |step: fn(&Site) -> Step| -> Act {
            let site = site.clone();
            Box::new(move |engine| {
                engine.serve(RunCommand::ServiceStart, &[step(&site)], Vec::new())
            })
        };
        let away = site.clone();
        let name = site.instance.name.clone();
        let acts: Vec<(&str, Act)> = vec![
            ("rollback", Box::new(rollback)),
            ("uninstall", Box::new(|engine| engine.undo(RunCommand::Uninstall, None))),
            ("rollback --from", {
                let from = site.step(calha::step::StepKind::HaspEnable);
                Box::new(move |engine| engine.undo(RunCommand::Undo, Some(from.as_str())))
            }),
            ("service remove", Box::new(move |engine| engine.remove_service(&name).map(drop))),
            ("service stop", serve(service_stop)),
            ("service restart", serve(service_restart)),
            ("service remove by hand", serve(service_remove)),
            (
                "service failover",
                Box::new(move |engine| {
                    engine.serve(
                        RunCommand::ServiceStart,
                        &[service_failover(&away, &other)],
                        Vec::new(),
                    )
                }),
            ),
        ];
        for (what, act) in &acts {
            for resource in resources(&site.instance) {
                let context = format!("{what}, {resource} on {personality}");
                let mut start = installed.clone();
                start.rack.lab.inject(Fault::StopFails { resource: resource.clone() });
                let (mut after, mut end) = run(&guide, &start, act.as_ref());
                // Not every command stops every resource.
                let Err(stop) = &after.result else { continue };
                let told = format!("resource {resource} is STOP_FAILED on ");
                assert!(format!("{stop:?}").contains(&told), "{context}: {stop:?}");
                // Typing the same once more leads to the same, and says the same.
                let (once_more, stuck) = run(&guide, &end, act.as_ref());
                let named = |stop: &Stop| to_type(stop);
                let stop = once_more.result.as_ref().expect_err(&context);
                assert!(named(stop).iter().any(|c| c.starts_with("-c -h ")), "{context}: {stop:?}");
                end = stuck;
                for _ in 0..3 {
                    let Err(stop) = &after.result else { break };
                    follow(&mut end, stop, &context);
                    (after, end) = run(&guide, &end, act.as_ref());
                }
                assert!(after.result.is_ok(), "{context}: {:?}", after.result);
            }
        }
    }
}

/// Cleared by what is printed, its removal goes on, and those beside it run all the time.
#[test]
fn one_of_several_instances_is_removed_past_a_resource_that_does_not_stop() {
    for model in ["symmetric", "n-plus-one"] {
        let resolved = of_model(model, &[]);
        let guide = Guide::of(&resolved, "cal").unwrap();
        let (_, installed) = run(&guide, &Start::fresh(&resolved), &install);
        let (leaves, others) = resolved.settings.instances.split_last().unwrap();
        let away =
            |engine: &mut Engine<'_>| engine.undo_instance(RunCommand::Uninstall, &leaves.name);
        for resource in resources(leaves) {
            let context = format!("{model}, {resource}");
            let mut start = installed.clone();
            start.rack.lab.inject(Fault::StopFails { resource: resource.clone() });
            let (mut after, mut end) = run(&guide, &start, &away);
            let stop = after.result.as_ref().expect_err(&context);
            let told = format!("resource {resource} is STOP_FAILED on ");
            assert!(format!("{stop:?}").contains(&told), "{context}: {stop:?}");
            for _ in 0..3 {
                let Err(stop) = &after.result else { break };
                follow(&mut end, stop, &context);
                (after, end) = run(&guide, &end, &|engine| engine.resume());
            }
            assert!(after.result.is_ok(), "{context}: {:?}", after.result);

            let cluster = end.rack.lab.cluster();
            let is_there = |name: &String| cluster.resources.iter().any(|r| r.name == *name);
            assert!(!resources(leaves).iter().any(is_there), "{context}");
            assert!(others.iter().flat_map(resources).all(|name| is_there(&name)), "{context}");
            let stopped = cluster.interruptions.iter().map(|one| one.service.as_str());
            let before = installed.rack.lab.cluster().interruptions.len();
            let other = stopped.skip(before).find(|service| *service != leaves.service_resource);
            assert_eq!(other, None, "{context}");
        }
    }
}

#[test]
fn a_stop_that_fails_in_a_switch_is_cleared_by_what_is_printed() {
    for resolved in samples() {
        let guide = Guide::of(&resolved, "cal").unwrap();
        let (whole, _) = run(&guide, &Start::fresh(&resolved), &install);
        let site = site(&resolved);
        for resource in &resources(&site.instance)[..2] {
            let mut start = Start::fresh(&resolved);
            start.rack.lab.inject(Fault::StopFails { resource: resource.clone() });
            let (mut after, mut end) = run(&guide, &start, &install);
            assert!(matches!(after.result, Err(Stop::Failed(_))), "{:?}", after.result);
            for _ in 0..3 {
                let Err(stop) = &after.result else { break };
                follow(&mut end, stop, resource);
                (after, end) = run(&guide, &end, &install);
            }
            assert!(after.result.is_ok(), "{resource}: {:?}", after.result);
            let record = [guide.record.as_str()];
            let (now, then) = (visible(&after.rack, &record), visible(&whole.rack, &record));
            assert!(now == then, "{resource}: {}", difference(&now, &then));
        }
    }
}

#[test]
fn a_service_that_does_not_start_says_why_when_it_is_started_and_when_it_is_proved() {
    let resolved = resolved(&[]);
    let guide = Guide::of(&resolved, "cal").unwrap();
    let (_, mut installed) = run(&guide, &Start::fresh(&resolved), &install);
    let site = site(&resolved);
    let resource = site.instance.service_resource.clone();
    installed.rack.lab.inject(Fault::StartFails { resource, host: None });
    let restart = [service_restart(&site)];
    let (after, end) =
        run(&guide, &installed, &|e| e.serve(RunCommand::ServiceRestart, &restart, Vec::new()));
    let Err(Stop::Failed(failure)) = &after.result else { panic!("{:?}", after.result) };
    assert!(failure.seen.iter().any(|s| s.contains("START_FAILED")), "{failure:?}");
    let (verified, _) = run(&guide, &end, &|engine| {
        let (survey, problems) = engine.verify()?;
        let told = format!("{:?} {problems:?}", survey.questions);
        assert!(told.contains("START_FAILED") && told.contains("scswitch -R -h "), "{told}");
        Ok(())
    });
    verified.result.unwrap();
    let mut end = end;
    end.rack.lab.clear_faults();
    let (started, end) =
        run(&guide, &end, &|e| e.serve(RunCommand::ServiceRestart, &restart, Vec::new()));
    started.result.unwrap_or_else(|stop| panic!("{stop:?}"));
    let start = [service_start(&site)];
    assert!(
        run(&guide, &end, &|e| e.serve(RunCommand::ServiceStart, &start, Vec::new()))
            .0
            .result
            .is_ok()
    );
    let (again, _) = run(&guide, &end, &install);
    let idle = |e: &Event| matches!(e, Event::Ended { changed: 0, .. });
    assert!(again.result.is_ok() && again.events.iter().any(idle), "{:?}", again.events);
}
