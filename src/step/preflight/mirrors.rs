//! Whether the volumes of the symmetric model are mirrored (6.1.2), as far as Solaris Volume
//! Manager or VxVM can say. A mirror inside a disk array neither of them sees, so nothing here is
//! in the way. calha makes no mirrors.

use crate::node::{Command, HostError, Inspect, NodeName};
use crate::problem::{Problem, codes};
use crate::setting::Model;
use crate::step::{Comparison, Seen, Site};

/// The volumes of an instance whose model wants mirrors, with the command that tells of each; none
/// of a device that neither manager made.
fn asked(site: &Site) -> Vec<(&str, Option<Command>)> {
    if site.settings.cluster.model != Model::Symmetric {
        return Vec::new();
    }
    let systems = site.file_systems().into_iter();
    systems.map(|fs| (fs.block_device.as_str(), telling(fs.block_device.as_str()))).collect()
}

fn telling(device: &str) -> Option<Command> {
    let parts: Vec<&str> = device.split('/').skip(2).collect();
    match parts[..] {
        ["md", set, "dsk", name] => Some(Command::new("/usr/sbin/metastat", ["-s", set, name])),
        ["vx", "dsk", group, name] => {
            Some(Command::new("/usr/sbin/vxprint", ["-g", group, "-ht", name]))
        }
        _ => None,
    }
}

/// What a printed script leaves to its reader.
pub(super) fn compared(site: &Site) -> Vec<Comparison> {
    let commands = asked(site).into_iter().filter_map(|(_, command)| command);
    commands.map(|command| Comparison::new(command, "a mirror, or two plexes (pl)")).collect()
}

/// What the node says of each volume.
pub(super) fn mirrors(
    site: &Site,
    node: &NodeName,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    for (device, command) in asked(site) {
        let said = match &command {
            Some(command) => Some(host.query(command)?).filter(|o| o.success()).map(|o| o.text()),
            None => None,
        };
        match said.as_deref().and_then(is_mirrored) {
            Some(true) => seen.facts.push(format!("{node}: {device} is mirrored")),
            Some(false) => seen.notices.push(
                Problem::new(codes::PREFLIGHT_MIRROR, format!("{device} is not mirrored"))
                    .on(node.as_str())
                    .hint("the symmetric model wants fully redundant disks; an array may mirror")
                    .section("6.1.2"),
            ),
            None => seen.facts.push(format!("{node}: not known: whether {device} is mirrored")),
        }
    }
    Ok(())
}

/// By the answer of metastat(1M) or vxprint(1M); nothing where it is neither.
fn is_mirrored(said: &str) -> Option<bool> {
    let plexes = said.lines().filter(|line| line.starts_with("pl ")).count();
    let volumes: Vec<&str> =
        said.lines().filter(|l| !l.starts_with([' ', '\t'])).filter_map(kind).collect();
    match (plexes, &volumes[..]) {
        (0, []) => None,
        (0, kinds) => Some(kinds.contains(&"Mirror")),
        (plexes, _) => Some(plexes > 1),
    }
}

/// What follows the colon of a heading of metastat(1M), `penguin/d400: Mirror`.
fn kind(line: &str) -> Option<&str> {
    let (name, kind) = line.split_once(": ")?;
    let volume = name.rsplit('/').next()?.strip_prefix('d')?;
    volume.bytes().all(|b| b.is_ascii_digit()).then(|| kind.trim())
}

#[cfg(test)]
mod tests {
    use super::is_mirrored;

    #[test]
    fn a_mirror_is_told_from_a_stripe_and_from_silence() {
        let mirror = "penguin/d400: Mirror\n    Submirror 0: penguin/d401\n      State: Okay\n\n\
                      penguin/d401: Submirror of penguin/d400\n";
        let stripe = "penguin/d400: Concat/Stripe\n    Size: 8388608 blocks\n";
        let soft = "penguin/d400: Soft Partition\n    Device: penguin/d40\n\npenguin/d40: Mirror\n";
        let plexes = "v  cal  -  ENABLED  ACTIVE  1024  SELECT\npl cal-01 cal ENABLED ACTIVE 1024\n\
                      pl cal-02 cal ENABLED ACTIVE 1024\n";
        let plex = "v  cal  -  ENABLED  ACTIVE\npl cal-01 cal ENABLED ACTIVE 1024\n";

        assert_eq!([mirror, soft, plexes].map(is_mirrored), [Some(true); 3]);
        assert_eq!([stripe, plex].map(is_mirrored), [Some(false); 2]);
        let odd = ["", "metastat: penguin: no such set: d: x", "State: Okay"];
        assert_eq!(odd.map(is_mirrored), [None; 3]);
    }
}
