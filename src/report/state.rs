//! Whether an installation is complete, in a sentence of its report, by its journal alone. What an
//! undo of the whole or of one instance has taken away is told as that, and not as missing.

use crate::engine::{Engine, removed_instance};
use crate::guide::Guide;
use crate::journal::{History, State};
use crate::step::Role;

/// Whether the installation is complete, and what comes next where it is not.
pub(super) fn state(guide: &Guide, history: &History) -> String {
    if let Some(run) = history.runs.last().filter(|_| history.closed) {
        return format!("calha {} has removed the installation ({}).", run.command, run.at);
    }

    // What went with an instance is nothing that the others lack.
    let gone = removed_instance(guide, history).zip(history.runs.last());
    let settled = |state: State| match state {
        State::Done | State::Adopted | State::Waived => true,
        State::Undone => gone.is_some(),
        _ => false,
    };
    let open: Vec<&str> = guide
        .steps
        .iter()
        .filter(|step| {
            step.nodes()
                .into_iter()
                .flat_map(|node| Engine::keys(step, &node))
                .any(|key| !settled(history.state(&key)))
        })
        .map(|step| step.id.as_str())
        .collect();

    // What only stands for a while (a carried file) is open again in the end.
    let complete = guide
        .steps
        .iter()
        .filter(|s| s.role == Role::Completes)
        .all(|step| !open.contains(&step.id.as_str()));

    if let (Some((instance, run)), true) = (gone, complete) {
        return format!(
            "calha {} has removed {instance} ({}). The rest of the installation is complete.",
            run.command, run.at
        );
    }
    match open.first() {
        Some(first) if !complete => format!(
            "The installation is not complete: {} of {} steps are open, the first is {first}.",
            open.len(),
            guide.steps.len()
        ),
        _ => "The installation is complete.".into(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::journal::{Entry, Run, RunCommand, UndoScope};
    use crate::profile;

    #[test]
    fn what_went_with_an_instance_is_not_missing() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let resolved = profile::load(&root.join("profiles/symmetric.toml"), &[]).unwrap();
        let guide = Guide::of(&resolved, "site").unwrap();
        let (command, by) = (RunCommand::Uninstall, "root".to_owned());
        let mut history = History::default();
        history.runs.push(Run { command, by, at: "today".into() });
        history.undo = Some(UndoScope::Instance { name: "cs2".into() });
        for step in &guide.steps {
            let state = match step.id.instance.as_deref() {
                Some("cs2") => State::Undone,
                _ => State::Done,
            };
            for key in step.nodes().into_iter().flat_map(|node| Engine::keys(step, &node)) {
                history.entries.insert(key, Entry { state, began: true, ..Entry::default() });
            }
        }

        let gone = "calha uninstall has removed cs2 (today). \
                    The rest of the installation is complete.";
        assert_eq!(state(&guide, &history), gone);
        // Another run goes forward: what is not there is missing again.
        history.undo = None;
        assert!(state(&guide, &history).contains("not complete"));
    }
}
