//! A plan says what is left, and shows every other change before it is made; it makes none.

use calha::node::NodeName;

use super::site::Site;

#[test]
fn a_plan_counts_what_is_left() {
    let site = Site::new();
    let fresh = site.run("plan", &["--exit-code"]);
    let counted = fresh.out.lines().nth(1).unwrap_or_default();
    assert!(counted.contains(" operations to do, ") && counted.contains(" done, "), "{counted}");
    assert_eq!(fresh.status, 3, "{}", fresh.err);
    let restore = site.run("plan", &["--restore", "/etc/vfstab", "--exit-code"]);
    assert_eq!(restore.status, 0, "{}{}", restore.out, restore.err);
    assert!(restore.out.starts_with("nothing of this was done from here"), "{}", restore.out);
    // What a node can answer now is not left open; only these depend on what comes before.
    let open = fresh.out.lines().filter(|line| line.contains("# unless it is so after "));
    let open: Vec<&str> = open.map(|line| line.rsplit(' ').next().unwrap()).collect();
    assert_eq!(open, ["online", "online", "online", "configure-secondary", "configure-secondary"]);

    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let after = site.run("plan", &["--changes", "--exit-code"]);
    let right = "nothing to do: the installation is complete";
    assert_eq!(after.out.lines().nth(1), Some(right), "{}", after.out);
    assert_eq!(after.out.lines().count(), 2, "{}", after.out);
    assert_eq!(after.status, 0, "{}", after.err);
    shows_wanted_and_found(&site);
}

/// What somebody has changed and removed since, a line each.
fn shows_wanted_and_found(site: &Site) {
    let words = ["-c", "-j", "LOG-HOST-RS", "-y", "R_description=other"];
    let changed = site.types("Node1", "/usr/cluster/bin/scrgadm", &words);
    assert_eq!(changed.status, 0, "{}", changed.err);
    let vfstab = site.lab.root(&NodeName("Node2".into())).join("etc/vfstab");
    let text = std::fs::read_to_string(&vfstab).unwrap();
    let rest: Vec<&str> = text.lines().filter(|line| !line.contains("\t/cal\t")).collect();
    std::fs::write(&vfstab, rest.join("\n") + "\n").unwrap();

    let verify = site.run("verify", &[]);
    assert_eq!(verify.status, 3, "{}{}", verify.out, verify.err);
    let scha = "/usr/cluster/bin/scha_resource_get -O R_DESCRIPTION -R LOG-HOST-RS";
    let told = [
        "Node2: vfstab-entry: calha did it, and somebody has removed it since".to_owned(),
        "  wanted: /etc/vfstab has the entry \"/dev/md/penguin/dsk/d400 ".to_owned(),
        "  found:  no line of /cal".to_owned(),
        "Node1: logical-host: ".to_owned(),
        format!("  wanted: {scha} prints LogicalHostname resource for LOG-HOST-RS"),
        "  found:  other".to_owned(),
    ];
    for (at, (line, begins)) in verify.err.lines().zip(&told).enumerate() {
        assert!(line.starts_with(begins.as_str()), "{at}: {line}\n{}", verify.err);
    }
    let install = format!("next: calha install {}\n", site.profile.display());
    let end = format!("\n2 operations are not as the profile says\n{install}");
    assert!(verify.err.ends_with(&end), "{}", verify.err);
}

#[test]
fn what_a_preview_shows_is_what_the_command_shows_before_consent() {
    let site = Site::new();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let before = site.lab.digest_all(&[]).unwrap();

    let kept = ["--keep-server", "Node1", "--mount-at-boot", "no"];
    let keeping = [&["--uninstall"][..], &kept].concat();
    let commands: [(&[&str], &str, &[&str]); 6] = [
        (&["--uninstall"], "uninstall", &[]),
        (&keeping, "uninstall", &kept),
        (&["--rollback", "--from", "ha-block"], "rollback", &["--from", "ha-block"]),
        (&["--service", "failover"], "service failover", &[]),
        (&["--restore", "/etc/vfstab"], "restore", &["--file", "/etc/vfstab"]),
        (&["--debug"], "debug on", &[]),
    ];
    for (options, command, typed) in commands {
        let shown = site.run("plan", options);
        assert_eq!(shown.status, 0, "{options:?}: {}{}", shown.out, shown.err);

        is_traced(&shown.out, options);
        let end = "calha changed nothing; to do this, type:";
        let (announced, next) = shown.out.split_once(end).expect("the end of a preview");
        let path = site.profile.display().to_string();
        let whole = format!("calha {command} {path} {}", typed.join(" "));
        assert_eq!(next.trim(), whole.trim(), "{options:?}");

        let mut words: Vec<&str> = command.split(' ').collect();
        words.push(&path);
        words.extend(typed);
        let asked = site.calha(&words);
        assert_eq!(asked.status, 3, "nobody agreed: {}", asked.err);
        assert!(asked.out.starts_with(announced), "{announced}\n---\n{}", asked.out);
    }
    for action in ["stop", "restart", "remove"] {
        let options = ["--service", action];
        let shown = site.run("plan", &options);
        assert_eq!(shown.status, 0, "{action}: {}{}", shown.out, shown.err);
        is_traced(&shown.out, &options);
    }
    nothing_to_do_is_no_question(&site);
    assert_eq!(site.lab.digest_all(&[]).unwrap(), before, "something was changed");
}

/// With --exit-code the status says whether there is something to do.
fn nothing_to_do_is_no_question(site: &Site) {
    for (options, status, end) in [
        (&["--uninstall"][..], 3, "to do this, type:"),
        (&["--service", "stop"], 3, "to do this, type:"),
        (&["--service", "start"], 0, "nothing to do"),
        (&["--debug=off"], 0, "debugging was not switched on from here"),
    ] {
        let shown = site.run("plan", &[options, &["--exit-code"]].concat());
        assert_eq!(shown.status, status, "{options:?}: {}{}", shown.out, shown.err);
        assert!(shown.out.contains(end), "{options:?}: {}", shown.out);
    }
}

#[test]
fn a_plan_of_half_an_installation_leaves_alone_what_the_run_leaves_alone() {
    let site = Site::new();
    let fault = "{\"fault\":\"call\",\"program\":\"csconfigurator.sh\",\"nth\":2,\
                 \"trouble\":{\"trouble\":\"task-fails\",\"task\":2}}";
    site.lab.inject(serde_json::from_str(fault).unwrap()).unwrap();
    assert_eq!(site.run("install", &["--yes"]).status, 1);

    // The group stands where the second run of the configurator wants it.
    let plan = site.run("plan", &["--changes"]);
    assert_eq!(plan.status, 0, "{}{}", plan.out, plan.err);
    let is_shown = |step: &str| plan.out.lines().any(|l| l.contains(&format!(". {step}: ")));
    for step in ["hold-primary", "configure-primary", "switch-secondary"] {
        assert!(!is_shown(step), "{step}: {}", plan.out);
    }
    for step in ["configure-secondary", "ha-block", "service-enable", "switch-back"] {
        assert!(is_shown(step), "{step}: {}", plan.out);
    }
    assert!(!plan.out.contains("# unless it is so"), "{}", plan.out);
}

#[test]
fn a_plan_shows_what_is_on_a_shared_file_system_wherever_that_is_mounted() {
    let site = Site::new();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    let back = site.run("rollback", &["--from", "ha-block", "--yes"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);

    // Node1 has it, and the step goes on where it will be then.
    let plan = site.run("plan", &["--changes"]);
    assert!(!plan.out.contains("# unless it is so after "), "{}", plan.out);
    assert!(!plan.out.contains("cannot be seen yet"), "{}", plan.out);
    let file = site.types("Node1", "/usr/bin/tail", &["-1", "/cal/config/ics.conf"]).out;
    assert!(
        plan.out.contains(&format!("         {file}        +! BEGIN calha HA block")),
        "{file}"
    );

    let steps = |ends: &str| plan.out.lines().any(|line| line.contains(&format!(". {ends}: ")));
    assert!(steps("ha-block") && steps("switch-secondary") && steps("complete"), "{}", plan.out);
    assert!(
        !["backup", "carry-state", "drop-state"].iter().any(|step| steps(step)),
        "{}",
        plan.out
    );
}

#[test]
fn what_no_step_mends_is_named_where_nothing_is_to_do() {
    let site = Site::new();
    let said = site.run("install", &["--yes"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(site.run("install", &["--yes"]).out.contains("nothing to do"));

    // The configurator made it, so no operation of calha does it again.
    let link = "/opt/SUNWics5/cal/config";
    assert_eq!(site.types("Node1", "/usr/bin/rm", &["-f", link]).status, 0);
    let again =
        format!("on this node: rm -f {link} || mv {link} {link}.aside; ln -s /cal/config {link}");
    let install = site.run("install", &["--yes"]);
    assert_eq!(install.status, 1, "{}{}", install.out, install.err);
    assert!(!install.out.lines().any(|line| line == "nothing to do"), "{}", install.out);
    assert!(install.out.contains("PROBLEM [links.wrong]"), "{}", install.out);
    let plan = site.run("plan", &["--changes"]);
    assert_eq!(plan.status, 1, "{}{}", plan.out, plan.err);
    let counted = "1 finding on a complete installation: no step does anything about it";
    assert_eq!(plan.out.lines().nth(1), Some(counted), "{}", plan.out);
    assert!(plan.err.contains(&again), "{}", plan.err);

    // What status says to type puts it right.
    let status = site.run("status", &[]);
    let typed = format!("next      on Node1: {}", again.trim_start_matches("on this node: "));
    assert!(status.out.lines().any(|line| line == typed), "{}", status.out);
    let words = ["-s", "/cal/config", link];
    assert_eq!(site.types("Node1", "/usr/bin/ln", &words).status, 0);
    assert!(site.run("install", &["--yes"]).out.contains("nothing to do"));
}

/// Every command that is shown stands below the section of the guide that its step comes from:
/// of a removal that is 6.9, of what runs or is debugged 6.8 and 6.10. A step without one has
/// nothing to do, and says so.
fn is_traced(shown: &str, options: &[&str]) {
    let wanted = match options {
        ["--service", "remove"] | ["--uninstall", ..] | ["--rollback", ..] => "6.9 (E",
        ["--service", _] => "6.8 (E",
        ["--debug", ..] => "6.10 (E",
        _ => "",
    };
    let (mut section, mut idle, mut commands) = (None, false, 0);
    for line in shown.lines() {
        if let Some((number, rest)) = line.trim_start().split_once(' ') {
            let begins = line.starts_with("  ") && number.parse::<u32>().is_ok();
            if begins {
                (section, idle) = (None, rest.starts_with('-'));
            }
        }
        if let Some(cited) = line.strip_prefix("        section ") {
            section = Some(cited);
        }
        if line.starts_with("        Node") && !line.ends_with(':') {
            commands += 1;
            let cited = section.unwrap_or_default();
            assert!(!cited.is_empty() && cited.starts_with(wanted), "{options:?}: {line}");
            assert!(!idle, "{options:?}: {line}");
        }
    }
    assert!(commands > 0, "{options:?}: {shown}");
}
