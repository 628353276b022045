//! The end of an uninstallation: what is left, and how that is removed. calha itself removes none
//! of it: data, a vendor's packages and what other products may use are somebody's own decision.

use super::debug_level::DebugLevel;
use super::{RunArguments, complain};
use crate::journal::{History, OpKey, UndoScope};
use crate::node::{NodeName, NodePath};
use crate::op::Leftover;
use crate::setting::{FileSystem, Instance, Settings};
use crate::step;
use crate::ui::{removable, width};

/// What an installation had left before its operations were undone, of the whole or of one
/// instance.
pub struct Removed {
    left: Vec<(NodeName, Leftover)>,
    /// Whether the whole installation goes.
    whole: bool,
}

impl Removed {
    /// What a run that was gone on with had left, by the journal before and after it: none where it
    /// did not go to the end of undoing the whole or an instance.
    pub fn by_resuming(before: &History, after: &History) -> Option<Self> {
        match before.undo {
            Some(UndoScope::Whole) => Some(Self::of(before, None)),
            Some(UndoScope::Instance { .. }) => Some(Self::of(before, Some(after))),
            _ => None,
        }
    }

    /// Of a journal as it was before and is after one instance went; without the latter, of the
    /// whole.
    pub fn of(before: &History, after: Option<&History>) -> Self {
        let gone = |key: &&OpKey| after.is_some_and(|after| !after.is_open(key));
        let left = match after {
            Some(_) => {
                let keys = before.to_undo();
                let mut own =
                    before.leftovers_of(&keys.iter().filter(gone).cloned().collect::<Vec<_>>());
                // The other instances have the same accounts.
                own.retain(|(_, leftover)| leftover.what != step::ACCOUNTS);
                own
            }
            None => before.leftovers(),
        };
        Self { left, whole: after.is_none() }
    }

    /// Says it, with the commands that remove it, and what is on besides.
    pub fn tell(&self, run: &RunArguments) {
        let profile = &run.profile;
        let Ok((resolved, _)) = profile.load() else { return };
        if run.preview.is_some() || run.events.is_some() {
            return;
        }

        let settings = &resolved.settings;
        let mut said = String::new();
        if !self.left.is_empty() {
            let how = |what: &str, paths: &[&str]| removal(settings, what, paths);
            said = "What is left, and how root removes it where calha knows a way:\n".to_owned();
            said += &removable(&self.left, &how, width());
        }

        if let Some(debugging) = DebugLevel::of(profile) {
            said += &format!("Debugging is still on: {}\n", debugging.off);
        }
        if self.whole {
            let report = profile.commands().of("report");
            said += &format!("report of the removal: {report} --format html --out removal.html");
        }
        complain(said.trim_end());
    }
}

/// How one kind of leftover is removed, in commands where they are certain.
fn removal(settings: &Settings, what: &str, paths: &[&str]) -> Option<String> {
    let listed = paths.join(" ");
    Some(match what {
        step::PACKAGES | step::SPARE_PACKAGES => {
            let way = "with the vendor's uninstaller; pkginfo says whether SUNWics5 is still there";
            let shared: Vec<&FileSystem> = program_volumes(settings, paths).collect();
            if shared.is_empty() {
                return Some(way.into());
            }
            let mounts: String = shared.iter().map(|volume| mount(volume) + "\n").collect();
            let points = shared.iter().rev().map(|volume| volume.mount_point.as_str());
            let umounts: String = points.map(|point| format!("\numount {point}")).collect();
            format!("first, on that node:\n{mounts}{way}\nthen:{umounts}")
        }

        step::CONFIG_LINK | step::DATA_LINK => {
            // On a shared disk, which is mounted nowhere now, they go with the programs.
            if program_volumes(settings, paths).next().is_some() {
                return None;
            }
            format!("rm {listed}")
        }

        step::DATA => {
            let volume = paths.iter().find_map(|path| volume(settings, path))?;
            let mount = &volume.mount_point;
            let inside = |path: &&&str| paths.iter().any(|p| path.starts_with(&format!("{p}/")));
            let outer = paths.iter().filter(|path| !inside(path));
            let below = outer.filter_map(|path| path.strip_prefix(mount.as_str()));
            let below: Vec<String> = below.map(|path| format!("/mnt{path}")).collect();

            // What else may be mounted on /mnt stays there.
            format!(
                "once nobody needs the calendars any more, on one node:\n\
                 mount -F {} {} /mnt && {{ rm -r {}; umount /mnt; }}",
                volume.fs_type,
                volume.block_device,
                below.join(" ")
            )
        }
        step::ACCOUNTS => {
            let account = &settings.account;
            format!("once no file is theirs: userdel {}; groupdel {}", account.user, account.group)
        }
        _ => return None,
    })
}

/// The shared disks with programs on which something of this was, in the order in which they are
/// mounted.
fn program_volumes<'s>(
    settings: &'s Settings,
    paths: &[&str],
) -> impl Iterator<Item = &'s FileSystem> {
    let paths: Vec<NodePath> = paths.iter().filter_map(|path| NodePath::new(*path).ok()).collect();
    let all = settings.instances.iter().flat_map(Instance::file_systems);
    all.filter(move |volume| paths.iter().any(|path| path.is_within(&volume.mount_point)))
}

/// The command that mounts a shared disk in its place once more.
fn mount(volume: &FileSystem) -> String {
    let FileSystem { mount_point, block_device, fs_type, .. } = volume;
    format!("mkdir -p {mount_point} && mount -F {fs_type} {block_device} {mount_point}")
}

/// The shared file system that a directory was on.
fn volume<'s>(settings: &'s Settings, path: &str) -> Option<&'s FileSystem> {
    let path = NodePath::new(path).ok()?;
    let mut shared = settings.instances.iter().map(|i: &Instance| &i.file_system);
    shared.find(|volume| path.is_within(&volume.mount_point))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::journal::{Entry, State};
    use crate::profile;
    use crate::step::Place;

    fn settings(model: &str) -> Settings {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        profile::load(&root.join(format!("profiles/{model}.toml")), &[]).unwrap().settings
    }

    #[test]
    fn programs_on_a_shared_disk_are_mounted_first_and_their_links_go_with_them() {
        let of = |model: &str, path: &str| removal(&settings(model), step::PACKAGES, &[path]);
        let way = "with the vendor's uninstaller; pkginfo says whether SUNWics5 is still there";
        let mounted = format!(
            "first, on that node:\n\
             mkdir -p /opt/Node1 && mount -F ufs /dev/md/penguin/dsk/d500 /opt/Node1\n\
             {way}\n\
             then:\n\
             umount /opt/Node1"
        );
        assert_eq!(of("symmetric", "/opt/Node1"), Some(mounted));
        assert_eq!(of("asymmetric", "/opt/SUNWics5"), Some(way.to_owned()));

        let of = |model: &str, path: &str| removal(&settings(model), step::CONFIG_LINK, &[path]);
        assert_eq!(of("symmetric", "/opt/Node2/SUNWics5/cal/config"), None);
        let local = "/opt/SUNWics5/cal/config";
        assert_eq!(of("asymmetric", local), Some(format!("rm {local}")));
    }

    #[test]
    fn accounts_are_left_to_the_instances_that_stay() {
        let node = NodeName("Node1".into());
        let key = OpKey { step: "x".into(), place: Place::Node(node.clone()), number: 1 };
        let leaves = [step::ACCOUNTS, step::PACKAGES]
            .map(|what| Leftover { path: NodePath::new("/opt/x").unwrap(), what: what.into() });
        let of_state = |state| Entry {
            state,
            node: Some(node.clone()),
            began: true,
            leaves: leaves.to_vec(),
            ..Entry::default()
        };
        let with = |state| {
            let mut history = History::default();
            history.entries.insert(key.clone(), of_state(state));
            history
        };

        let kinds = |removed: Removed| -> Vec<String> {
            removed.left.into_iter().map(|(_, leftover)| leftover.what).collect()
        };
        let (before, after) = (with(State::Done), with(State::Undone));
        assert_eq!(kinds(Removed::of(&before, Some(&after))), [step::PACKAGES]);
        assert_eq!(kinds(Removed::of(&before, None)), [step::ACCOUNTS, step::PACKAGES]);
    }
}
