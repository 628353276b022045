//! Resources that get another version of their type: under each tunability, killed anywhere, gone
//! on with and undone. The states afterwards are the states before.

use calha::engine::Stop;
use calha::guide::Guide;
use calha::host::Host;
use calha::lab::{ClusterRelease, Fault, Memory, Personality, Solaris};
use calha::node::{Files, Inspect as _};
use calha::step::release_without_upgrades;
use calha::type_upgrade::Request;

use super::bench::{Start, difference, install, node, path, resolved, rollback, run};
use super::matrix::Matrix;
use super::points::{Point, points};
use super::print_queue::deliver;
use super::print_queue_types::*;
use super::thorough::thorough;

#[test]
fn each_tunability_moves_the_resource_puts_states_back_and_is_taken_back() {
    for (personality, tunability) in
        both().into_iter().flat_map(|personality| ALL.map(|tunability| (personality, tunability)))
    {
        let start = fresh(personality, &[("2", directive(tunability), LEVEL)]);
        let guide = guide(&start, &to("2"));
        let end = upgraded(&start, &guide);
        assert_eq!(kind(&end), "ACME.queue:2", "{tunability}");
        assert_eq!(states(&end), states(&start), "{personality} {tunability}");

        let again = upgraded(&end, &guide);
        assert!(changes(&end, &again).is_empty(), "{tunability}: {:?}", changes(&end, &again));

        let (after, back) = run(&guide, &end, &rollback);
        after.result.unwrap_or_else(|stop| panic!("{tunability}: {stop:#?}"));
        let (now, before) = (seen(&back), seen(&start));
        assert!(now == before, "{tunability}: {}", difference(&now, &before));
    }
}

/// The failures of every point: gone on with, the end is that of the run that nobody killed; taken
/// back, everything is as before.
fn failures(matrix: &Matrix, points: &[Point]) -> Vec<String> {
    let before = seen(&matrix.fresh);
    let mut failures = Vec::new();
    for point in points {
        failures.extend(matrix.resumed(point, &install));
        let (after, end) = run(&matrix.guide, &point.start, &rollback);
        if let Err(stop) = after.result {
            failures.push(format!("{}: rollback stopped: {stop:?}", point.label));
            continue;
        }
        let now = seen(&end);
        if now != before {
            failures.push(format!("{}: rollback:\n{}", point.label, difference(&now, &before)));
        }
    }
    failures
}

/// Every point of the way there, and of the way back from its end.
fn killed_everywhere(what: &str, start: &Start, request: &Request) {
    let matrix = Matrix::of(guide(start, request), start.clone());
    let (back, result, _) = points(&matrix.guide, &matrix.done, &rollback);
    result.unwrap_or_else(|stop| panic!("{what}: {stop:#?}"));
    let stride = if thorough() { 1 } else { 9 };
    let there: Vec<Point> = matrix.points.iter().step_by(stride).cloned().collect();
    let mut found = failures(&matrix, &there);

    let before = seen(start);
    for point in back.iter().step_by(stride) {
        let (after, end) = run(&matrix.guide, &point.start, &rollback);
        let now = seen(&end);
        match after.result {
            Err(stop) => found.push(format!("back, {}: {stop:?}", point.label)),
            Ok(()) if now != before => {
                found.push(format!("back, {}:\n{}", point.label, difference(&now, &before)));
            }
            Ok(()) => {}
        }
    }
    println!("{what}: {} and {} points", there.len(), back.len().div_ceil(stride));
    assert!(
        found.is_empty(),
        "{what}: {}\n{}",
        found.len(),
        found[..found.len().min(4)].join("\n")
    );
}

#[test]
fn an_upgrade_killed_at_every_point_goes_on_and_is_taken_back() {
    for (at, tunability) in ALL.into_iter().enumerate() {
        let start = fresh(both()[at % 2], &[("2", directive(tunability), LEVEL)]);
        let request = Request { unregister_old: at % 2 == 0, ..to("2") };
        killed_everywhere(tunability, &start, &request);
    }
}

/// Another group with a resource of the type.
fn with_two_groups(mut start: Start) -> Start {
    let lab = &mut start.rack.lab;
    for line in [
        "scrgadm -a -g p-rg -h Node2,Node1",
        "scrgadm -a -j p -g p-rg -t ACME.queue:1",
        "scswitch -Z -g p-rg",
        "scswitch -n -M -j p",
    ] {
        typed(lab, line);
    }
    start
}

#[test]
fn two_groups_move_one_after_the_other_and_are_killed_everywhere() {
    let later = [("2", from("1", "WHEN_UNMANAGED"), "")];
    let start = with_two_groups(fresh(three_one(), &later));
    let guide = guide(&start, &to("2"));
    let end = upgraded(&start, &guide);
    let commands = changes(&start, &end);
    let at = |command: &str| commands.iter().position(|c| c == command).unwrap();
    let (down, up) = (at("scswitch -u -g p-rg"), at("scswitch -e -j q"));
    assert!(up < down || at("scswitch -e -j p") < at("scswitch -u -g q-rg"), "{commands:?}");
    assert_eq!(states(&end), states(&start));
    killed_everywhere("two groups", &start, &to("2"));
}

#[test]
fn a_version_between_the_two_is_gone_through_and_back() {
    let later =
        [("2", from("1", "WHEN_OFFLINE"), LEVEL), ("3", from("2", "WHEN_UNMONITORED"), LEVEL)];
    let start = fresh(three_one(), &later);
    let request = Request { via: Some("2".into()), ..to("3") };
    let end = upgraded(&start, &guide(&start, &request));
    assert_eq!(kind(&end), "ACME.queue:3");
    let commands = changes(&start, &end);
    assert!(!commands.iter().any(|c| c.starts_with("scswitch -u")), "{commands:?}");
    killed_everywhere("via", &start, &request);
}

#[test]
fn going_back_to_an_earlier_version_is_an_upgrade_like_any_other() {
    let later = [("2", from("1", "ANYTIME"), LEVEL)];
    let mut start = fresh(three_one(), &later);
    let end = upgraded(&start, &guide(&start, &to("2")));
    start.rack = end.rack;
    // What that upgrade was undone with is of no interest any more.
    let record = Guide::upgrade_record("penguin", "site.upgrade.ACME.queue").unwrap();
    let (rack, hosts) = start.rack.clone().hosts(&record, None);
    hosts.iter().for_each(|host| host.remove_record().unwrap());
    start.rack = calha::lab::Rack::snapshot(&rack);
    typed(&mut start.rack.lab, "scrgadm -c -j q -x Level=9");

    let back = upgraded(&start, &guide(&start, &to("1")));
    assert_eq!(kind(&back), "ACME.queue:1");
    assert_eq!(states(&back), states(&start));
    killed_everywhere("an earlier version", &start, &to("1"));
}

#[test]
fn a_resource_that_is_made_again_keeps_its_properties_and_its_states() {
    for (directives, personality) in
        [(from("1", "AT_CREATION"), three_one()), (String::new(), Personality::Odd)]
    {
        let mut start = fresh(personality, &[("2", directives, LEVEL)]);
        for line in [
            "scswitch -n -j front",
            "scrgadm -r -j front",
            "scswitch -n -j q",
            "scrgadm -r -j q",
            "scrgadm -a -j q -g q-rg -t ACME.queue:1 -y R_description=spooler",
            "scswitch -e -j q",
            "scswitch -n -M -j q",
        ] {
            typed(&mut start.rack.lab, line);
        }
        assert!(planned(&start, &to("2")).is_err(), "not without --recreate");
        let request = Request { recreate: true, ..to("2") };
        let end = upgraded(&start, &guide(&start, &request));
        let lab = &mut end.rack.lab.clone();
        assert_eq!(typed(lab, "scha_resource_get -O R_DESCRIPTION -R q"), "spooler\n");
        let sorted = |start: &Start| {
            let mut all = states(start);
            all.sort();
            all
        };
        assert_eq!(sorted(&end), sorted(&start));
        killed_everywhere("made again", &start, &request);
    }
}

#[test]
fn a_validate_method_that_refuses_changes_no_version_and_everything_goes_back() {
    for tunability in ALL {
        let start = with_two_groups(fresh(three_one(), &[("2", directive(tunability), LEVEL)]));
        let guide = guide(&start, &to("2"));
        for refusing in ["q", "p"] {
            let mut refused = start.clone();
            refused.rack.lab.inject(Fault::ValidateRefuses {
                resource: refusing.into(),
                version: Some("2".into()),
                property: None,
                value: None,
            });
            let (after, stopped) = run(&guide, &refused, &install);
            let Err(Stop::Failed(failure)) = after.result else { panic!("{tunability}") };
            assert!(failure.step.starts_with("type-version"), "{failure:?}");
            assert!(failure.tail.contains("VALIDATE failed"), "{failure:?}");
            let (after, mut back) = run(&guide, &stopped, &rollback);
            after.result.unwrap_or_else(|stop| panic!("{tunability}: {stop:#?}"));
            back.rack.lab.clear_faults();
            let (now, before) = (seen(&back), seen(&start));
            assert!(now == before, "{tunability} {refusing}: {}", difference(&now, &before));
        }
    }
}

#[test]
fn a_group_that_is_offline_or_unmanaged_stays_so() {
    for (personality, lines) in both().into_iter().flat_map(|p| {
        [
            (p, &["scswitch -F -g q-rg"][..]),
            (
                p,
                &[
                    "scswitch -F -g q-rg",
                    "scswitch -n -j front",
                    "scswitch -n -j q",
                    "scswitch -u -g q-rg",
                ],
            ),
            (p, &["scswitch -n -j front", "scswitch -n -j q"]),
        ]
    }) {
        for tunability in ALL {
            let mut start = fresh(personality, &[("2", directive(tunability), "")]);
            lines.iter().for_each(|line| drop(typed(&mut start.rack.lab, line)));
            let guide = guide(&start, &to("2"));
            let end = upgraded(&start, &guide);
            assert_eq!(states(&end), states(&start), "{personality} {tunability} {lines:?}");
            let (after, back) = run(&guide, &end, &rollback);
            after.result.unwrap_or_else(|stop| panic!("{tunability}: {stop:#?}"));
            let (now, before) = (seen(&back), seen(&start));
            assert!(now == before, "{tunability} {lines:?}: {}", difference(&now, &before));
        }
    }
}

#[test]
fn files_and_methods_are_looked_for_on_every_node_before_anything_is_registered() {
    let start = fresh(three_one(), &[("2", from("1", "ANYTIME"), "")]);
    let code = |start: &Start| {
        let problems = planned(start, &to("2")).unwrap_err();
        (problems[0].code.to_string(), problems[0].to_string())
    };
    let changed = |change: &dyn Fn(&mut dyn Files)| {
        let mut changed = start.clone();
        change(&mut *Box::new(changed.rack.lab.files(&node("Node2"))));
        changed
    };
    let gone = changed(&|files| files.remove(&path("/opt/ACMEqueue/2/mon_stop")).unwrap());
    let (found, said) = code(&gone);
    assert!(found == "rt.upgrade-methods" && said.contains("Monitor_stop"), "{said}");
    let gone = changed(&|files| files.remove(&path("/opt/ACMEqueue/1/stop")).unwrap());
    assert!(code(&gone).1.contains("Stop of ACME.queue:1"));
    let other = changed(&|files| files.remove(&path(&file("2"))).unwrap());
    assert_eq!(code(&other).0, "rt.upgrade-file");

    // The new version's methods lie where the old one's were.
    let text = queue("2", &from("1", "ANYTIME"), "").replace("queue/2;", "queue/1;");
    let mut shared = start.clone();
    deliver(&mut shared.rack.lab, "2", &text);
    let (found, said) = code(&shared);
    assert!(found == "rt.upgrade-shared" && said.contains("/opt/ACMEqueue/1/stop"), "{said}");
}

#[test]
fn before_3_1_no_resource_is_upgraded_and_later_releases_are_not_refused() {
    for (release, refused) in [
        (ClusterRelease::ThreeZero, true),
        (ClusterRelease::ThreeOne, false),
        (ClusterRelease::ThreeTwo, false),
    ] {
        let lab =
            Memory::on(Personality::Releases(Solaris::Nine, release), &resolved(&[]).settings);
        let record = Guide::upgrade_record("penguin", "site.upgrade.x").unwrap();
        let (_, hosts) = calha::lab::Rack::new(lab).hosts(&record, None);
        let first = hosts.iter().find(|host| host.name().as_str() == "Node1").unwrap();
        assert_eq!(release_without_upgrades(first).unwrap().is_some(), refused, "{release:?}");
    }
}

#[test]
fn an_old_version_is_registered_again_on_the_nodes_that_it_was_installed_on() {
    let mut start = fresh(three_one(), &[("2", from("1", "ANYTIME"), "")]);
    typed(&mut start.rack.lab, "scrgadm -c -t ACME.queue:1 -h Node1,Node2");
    let guide = guide(&start, &Request { unregister_old: true, ..to("2") });
    let end = upgraded(&start, &guide);
    let listed = typed(&mut end.rack.lab.clone(), "scha_cluster_get -O ALL_RESOURCETYPES");
    assert!(!listed.contains("ACME.queue:1"), "{listed}");
    let (after, back) = run(&guide, &end, &rollback);
    after.result.unwrap_or_else(|stop| panic!("{stop:#?}"));
    let (now, before) = (seen(&back), seen(&start));
    assert!(now == before, "{}", difference(&now, &before));
}

/// With which status the cluster refuses such a type is not known: both are played, and the way
/// there never asks for it.
#[test]
fn a_type_of_the_system_is_released_before_it_is_unregistered_and_is_the_systems_again() {
    for personality in both() {
        let mut start = fresh(personality, &[("2", from("1", "WHEN_DISABLED"), "")]);
        typed(&mut start.rack.lab, "scrgadm -c -t ACME.queue:1 -y RT_system=TRUE");
        let request = Request { unregister_old: true, ..to("2") };
        let guide = guide(&start, &request);
        let end = upgraded(&start, &guide);
        let commands = changes(&start, &end);
        let at = |command: &str| commands.iter().position(|c| c == command).unwrap();
        let released = at("scrgadm -c -t ACME.queue:1 -y RT_system=FALSE");
        assert_eq!(released + 1, at("scrgadm -r -t ACME.queue:1"), "{commands:?}");

        let (after, back) = run(&guide, &end, &rollback);
        after.result.unwrap_or_else(|stop| panic!("{personality}: {stop:#?}"));
        let (now, before) = (seen(&back), seen(&start));
        assert!(now == before, "{personality}: {}", difference(&now, &before));
        let asked = "scha_resourcetype_get -O RT_SYSTEM -T ACME.queue:1";
        assert_eq!(typed(&mut back.rack.lab.clone(), asked), "TRUE\n");
        killed_everywhere("a type of the system", &start, &request);
    }
}
