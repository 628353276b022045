//! What a state of a group or a resource means for whoever meets its word, what is looked at then,
//! and the commands: the same that a failure names. Which state means what is for `GroupState` and
//! `ResourceState`.

use std::fmt::Write as _;

use super::{GroupState, ResourceState, commands};
use crate::node::{Command, NodeName};
use crate::text::wrapped;

/// A word for a state, explained.
struct StateEntry {
    of: &'static str,
    means: &'static str,
    /// What is done about it; the commands follow.
    remedy: &'static str,
    commands: Vec<String>,
}

/// Every word that is explained, once.
pub fn state_words() -> Vec<String> {
    let groups = GroupState::KNOWN.iter().map(|state| state.word().to_owned());
    let resources = ResourceState::KNOWN.iter().map(|state| state.word().to_owned());
    let statuses = STATUSES.iter().map(|status| (*status).to_owned());
    let mut all: Vec<String> = groups.chain(resources).chain(statuses).collect();
    all.sort();
    all.dedup();
    all
}

/// What a word for a state means, as it is shown at this width; scstat(1M) writes it `Start
/// failed`, the scha commands START_FAILED.
pub fn state_entry(word: &str, width: usize) -> Option<String> {
    let word = word.trim().to_ascii_uppercase().replace(['-', ' '], "_");
    let entries: Vec<StateEntry> =
        [of_group(&word), of_resource(&word), of_status(&word)].into_iter().flatten().collect();
    if entries.is_empty() {
        return None;
    }

    let mut out = String::new();
    for StateEntry { of, means, remedy, commands } in entries {
        let _ = writeln!(out, "{word}: a state of {of}");
        wrapped(&mut out, "Means:     ", means, width);
        wrapped(&mut out, "Remedy:    ", remedy, width);
        commands.iter().for_each(|command| {
            let _ = writeln!(out, "    {command}");
        });
    }
    wrapped(
        &mut out,
        "Look:      ",
        "calha status PROFILE names the group, the resource and the node; on any node:",
        width,
    );
    let _ = writeln!(out, "    {}", scstat().line());
    Some(out)
}

/// States of a resource's status, which its agent sets.
const STATUSES: [&str; 2] = ["FAULTED", "DEGRADED"];

const RESOURCE: &str = "RESOURCE";
const GROUP: &str = "GROUP";

fn node() -> NodeName {
    NodeName("NODE".into())
}

fn scstat() -> Command {
    Command::new(program!("scstat"), ["-g"])
}

fn restart() -> Vec<String> {
    vec![commands::restart_group(GROUP, &node()).line()]
}

fn of_group(word: &str) -> Option<StateEntry> {
    let entry = |means, remedy, commands| {
        Some(StateEntry { of: "a group on a node", means, remedy, commands })
    };
    match GroupState::parse(word) {
        GroupState::Online => entry("The group is up there.", "None is needed.", Vec::new()),
        GroupState::Offline => entry(
            "The group is down there. It is up on another node, or on none.",
            "Where it is on no node, bring it up; of Calendar Server the first command, which \
             proves it:",
            vec![
                "calha service start PROFILE INSTANCE".to_owned(),
                commands::switch_to(GROUP, [&node()]).line(),
            ],
        ),
        GroupState::Unmanaged => entry(
            "The cluster does not look after the group: it was never brought under management, or \
             somebody took it out.",
            "Bring it under management, with all its resources enabled:",
            vec![commands::bring_online(GROUP).line()],
        ),
        GroupState::PendingOnline | GroupState::PendingOffline => entry(
            "Methods of its resources are at work there: they start or stop them.",
            "Wait. If it stays so beyond the timeouts of the methods, read /var/adm/messages on \
             that node, have the cluster leave the group as it is, and restart it:",
            [vec![commands::quiesce(GROUP).line()], restart()].concat(),
        ),
        GroupState::PendingOnlineBlocked => entry(
            "The group cannot come up there: a resource waits for one that it depends on and that \
             is down.",
            "Bring up what it depends on; else have the cluster leave the group as it is, and \
             restart it:",
            [vec![commands::quiesce(GROUP).line()], restart()].concat(),
        ),
        GroupState::OnlineFaulted => entry(
            "The group is up there, and one of its resources has not started (START_FAILED).",
            "Read /var/adm/messages on that node and put right what it names, then restart the \
             group:",
            restart(),
        ),
        GroupState::ErrorStopFailed => entry(
            "A resource of the group has not stopped there (STOP_FAILED). The cluster moves the \
             group nowhere until somebody has cleared that.",
            "See that nothing of the resource runs on that node any more, then clear the flag:",
            vec![commands::clear_stop_failed(RESOURCE, &node()).line()],
        ),
        GroupState::Unknown(_) => None,
    }
}

fn of_resource(word: &str) -> Option<StateEntry> {
    let entry = |means, remedy, commands| {
        Some(StateEntry { of: "a resource on a node", means, remedy, commands })
    };
    match ResourceState::parse(word) {
        ResourceState::Online => entry("It is up there.", "None is needed.", Vec::new()),
        ResourceState::OnlineNotMonitored => entry(
            "It is up there, and the cluster does not watch it: a failure goes unnoticed.",
            "Have it watched again:",
            vec![commands::watch(RESOURCE, true).line()],
        ),
        ResourceState::MonitorFailed => entry(
            "It is up there, and the program that watches it could not be started.",
            "Read /var/adm/messages on that node and put right what it names, then:",
            vec![commands::watch(RESOURCE, false).line(), commands::watch(RESOURCE, true).line()],
        ),
        ResourceState::Offline => entry(
            "It is down there. If its group is up there, it is disabled, or waits for what it \
             depends on.",
            "Enable it, if it is disabled:",
            vec![commands::enable(RESOURCE).line()],
        ),
        ResourceState::Starting | ResourceState::Stopping => entry(
            "One of its methods is at work there.",
            "Wait until it has ended, or its timeout has. Then read /var/adm/messages on that \
             node.",
            Vec::new(),
        ),
        ResourceState::StartFailed => entry(
            "Its start method has failed there, or has run into its timeout.",
            "Read /var/adm/messages on that node and, of Calendar Server, http.log in its \
             directory of logs. Put right what they name, and start it again; of Calendar \
             Server by the first command, which proves it:",
            [vec!["calha service restart PROFILE INSTANCE".to_owned()], restart()].concat(),
        ),
        ResourceState::StopFailed => entry(
            "Its stop method has failed there, or has run into its timeout. The cluster moves its \
             group nowhere until somebody has cleared that.",
            "Read /var/adm/messages on that node. See that nothing of the resource runs there any \
             more (the first command, of Calendar Server), then clear the flag:",
            vec![
                Command::new("/usr/bin/ps", ["-fu", "icsuser"]).line(),
                commands::clear_stop_failed(RESOURCE, &node()).line(),
            ],
        ),
        ResourceState::Unknown(_) => None,
    }
}

fn of_status(word: &str) -> Option<StateEntry> {
    let (means, remedy, commands) = match word {
        "FAULTED" => (
            "Its agent says that it does not work there: it has not started, or its probe has \
             failed.",
            "Read /var/adm/messages on that node and put right what it names, then restart the \
             group:",
            restart(),
        ),
        "DEGRADED" => (
            "Its agent says that it works there, with a part missing or more slowly.",
            "Read /var/adm/messages on that node; the text behind the status says what is \
             missing.",
            Vec::new(),
        ),
        _ => return None,
    };
    Some(StateEntry {
        of: "a resource, as its agent sets it (its status)",
        means,
        remedy,
        commands,
    })
}

#[cfg(test)]
mod tests {
    use super::{state_entry, state_words};

    #[test]
    fn every_word_of_a_state_is_explained_with_its_commands() {
        for word in state_words() {
            let told = state_entry(&word, 80).unwrap_or_else(|| panic!("{word}"));
            assert!(told.contains("Means: ") && told.contains("scstat -g"), "{told}");
            let wide = told.lines().find(|line| line.chars().count() > 80);
            assert_eq!(wide, None, "{word}");
        }
        let failed = state_entry("Stop failed", 80).unwrap();
        let clear = "\n    /usr/cluster/bin/scswitch -c -h NODE -j RESOURCE -f STOP_FAILED\n";
        assert!(failed.contains(clear) && failed.contains("/var/adm/messages"), "{failed}");
        let pending = state_entry("pending_online", 80).unwrap();
        assert!(pending.contains("scswitch -Q -g GROUP"), "{pending}");
        assert_eq!(state_entry("FINE", 80), None);
    }
}
