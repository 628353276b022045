use calha::engine::Event;

use super::site::Site;

/// Paths and facts that may stay after an uninstallation, by what the run itself announced.
fn leftovers(announced: &str) -> Vec<String> {
    let event = announced.lines().find_map(|l| match serde_json::from_str(l) {
        Ok(Event::Announced { leftovers, .. }) => Some(leftovers),
        _ => None,
    });
    event.expect("an announcement").into_iter().map(|(_, l)| l.path.to_string()).collect()
}

#[test]
fn an_installation_from_first_look_to_removal() {
    let site = Site::new();
    let pristine = site.lab.digest_all(&[]).unwrap();

    // Looking changes nothing, and says that something would.
    let plan = site.run("plan", &[]);
    assert_eq!(plan.status, 0, "{}", plan.err);
    assert!(
        plan.out.contains(
            "+/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging"
        ),
        "{}",
        plan.out
    );
    assert!(
        plan.out.contains("Users of the calendar notice nothing before step 27 (service-enable)."),
        "{}",
        plan.out
    );
    let offline = site.run("plan", &["--offline"]);
    assert!(
        !offline.out.contains("# done already") && offline.out.contains("calha asked no node"),
        "{}",
        offline.out
    );
    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 3, "{}", verify.err);
    assert!(verify.err.contains("Node1: vfstab-entry: would be done"), "{}", verify.err);

    // Nobody agrees: nothing happens, and the answer says what to add.
    let unasked = site.run("install", &[]);
    assert_eq!(unasked.status, 3, "{}", unasked.err);
    assert!(unasked.err.contains("--yes"), "{}", unasked.err);
    assert_eq!(
        site.lab.digest_all(&[]).unwrap(),
        pristine,
        "something was changed without consent"
    );

    let install = site.run("install", &["--yes", "--events", "json"]);
    assert_eq!(install.status, 0, "{}{}", install.out, install.err);
    let events: Vec<Event> = install
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}")))
        .collect();
    let announced = |e: &Event| matches!(e, Event::Announced { steps, .. } if steps.len() == 31);
    let first_step = events.iter().position(|e| matches!(e, Event::StepBegins { .. }));
    assert!(
        events.iter().position(announced) < first_step,
        "the list of steps comes before the first"
    );

    // The second run, and one after a failover by hand, changes nothing; the counter counts what is
    // changed in between.
    let (calls, installed) = (site.changing_calls(), site.lab.digest_all(&[]).unwrap());
    let again = site.run("install", &["--yes"]);
    assert_eq!(
        (again.status, again.out.lines().last()),
        (0, Some("nothing to do")),
        "{}{}",
        again.out,
        again.err
    );
    assert_eq!(site.lab.digest_all(&[]).unwrap(), installed);
    assert_eq!(site.changing_calls(), calls);
    let switch =
        site.types("Node1", "/usr/cluster/bin/scswitch", &["-z", "-g", "CAL-RG", "-h", "Node2"]);
    assert_eq!(switch.status, 0, "{}", switch.err);
    assert_eq!(site.changing_calls(), calls + 1, "a switch is counted");
    let failed_over = site.lab.digest_all(&[]).unwrap();
    assert_ne!(failed_over, installed);
    let after = site.run("install", &["--yes"]);
    assert_eq!(
        (after.status, after.out.lines().last()),
        (0, Some("nothing to do")),
        "{}{}",
        after.out,
        after.err
    );
    assert_eq!(site.changing_calls(), calls + 1, "the group was moved back");
    assert_eq!(site.lab.digest_all(&[]).unwrap(), failed_over);

    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 0, "{}", verify.err);
    assert!(
        verify.out.contains("Node2: group CAL-RG is ONLINE")
            && verify.out.ends_with("nothing to do: every step is as the profile says\n")
    );
    let status = site.run("status", &[]);
    assert_eq!(status.status, 0, "{}", status.err);
    assert!(status.out.contains("ONLINE, /cal mounted"), "{}", status.out);
    assert_eq!(site.lab.digest_all(&[]).unwrap(), failed_over, "looking changed something");

    // The way back.
    let gone = site.run("uninstall", &["--yes", "--events", "json"]);
    assert_eq!(gone.status, 0, "{}{}", gone.out, gone.err);
    let mut except = leftovers(&gone.out);
    except.extend(["/var/adm/messages", "/etc/mnttab", "/tmp"].map(str::to_owned));
    let except: Vec<&str> = except.iter().map(String::as_str).collect();
    let strip = |digest: calha::lab::Digest| {
        let mut digest = digest;
        digest.entries.retain(|path, _| {
            !path.starts_with("configuration:") && !path.contains("/var/tmp/dssetup_")
        });
        digest
    };
    let now = strip(site.lab.digest_all(&except).unwrap());
    let mut before = strip(pristine);
    before.entries.retain(|path, _| {
        now.entries.contains_key(path) || !except.iter().any(|e| path.contains(&format!(":{e}")))
    });
    assert!(now == before, "{}", now.differences(&before).join("\n"));
    let cluster = site.lab.cluster().unwrap();
    assert!(cluster.groups.is_empty() && cluster.resources.is_empty() && cluster.mounts.is_empty());
    assert!(!cluster.types.iter().any(|t| t.name.contains("scics")));
    let gone_on = site.run("resume", &["--yes"]);
    assert_eq!(gone_on.status, 0, "{}", gone_on.err);
    assert!(gone_on.out.contains("nothing to go on with"), "{}", gone_on.out);
    let report = format!("what is left: calha report {}", site.profile.display());
    for command in ["uninstall", "rollback"] {
        let nothing = site.run(command, &["--yes"]);
        assert_eq!(nothing.status, 0, "{}", nothing.err);
        let before = nothing.out.contains("everything was undone before");
        assert!(before && nothing.out.contains(&report), "{}", nothing.out);
    }
}
