//! mount, umount, df, fuser and fstyp, for shared file systems. They go by vfstab and by the
//! cluster's mount table; what vfstab does not name has to be typed whole. The rules of mounting
//! are in `rgm::storage`, which HAStoragePlus follows as well.

use crate::lab::call::Call;
use crate::lab::full_disk::covers;
use crate::lab::getopt::getopt;
use crate::lab::refusal::Refusal;
use crate::lab::rgm::storage;
use crate::lab::volume::Volume;
use crate::lab::{Fault, Oddity};

/// mount(1M): without operands the table, with one the vfstab entry of that mount point.
pub(crate) fn mount(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given =
        getopt(call.args(), "F:o:pv", "mount [-F type] [-o options] [special] [mount_point]")?;
    match &given.operands[..] {
        [] => {
            for line in table(call) {
                let [special, point, _, options, _] = line;
                call.say(format!("{point} on {special} {}", options.replace(',', "/")));
            }

            Ok(())
        }
        [point] | [_, point] => {
            let path = call.inside(point);
            let (world, host) = call.on_host();
            let entry = match (&given.operands[..], world.vfstab(host, &path)) {
                // What vfstab names is taken only as that says: the lab knows no other options.
                ([special, _], Ok(entry)) if entry[0] != *special => {
                    return Err(Refusal::new(1, format!("{point}: vfstab names {}", entry[0])));
                }
                ([special, _], Err(_)) => {
                    let kind = given.value('F').unwrap_or("ufs");
                    [special, "-", path.as_str(), kind, "-", "-", "-"].map(String::from)
                }
                (_, entry) => entry.map_err(|why| Refusal::new(1, why))?,
            };
            if call.files().is_mount_point(&path) {
                return Err(Refusal::new(32, format!("{path} is already mounted or is busy")));
            }

            let (world, host) = call.on_host();
            storage::mount_entry(world, host, entry).map_err(|why| Refusal::new(32, why))
        }
        _ => Err(Refusal::usage("mount [special] [mount_point]")),
    }
}

/// umount(1M) of a shared file system.
pub(crate) fn umount(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "fV", "umount [-f] {special | mount_point}")?;
    let [what] = &given.operands[..] else {
        return Err(Refusal::usage("umount [-f] {special | mount_point}"));
    };
    let path = call.inside(what);
    let mounts = &call.cluster().mounts;
    let point = mounts
        .iter()
        .find(|m| m.host == *call.host() && (m.point == path || m.special == path))
        .map(|m| m.point.clone());
    let point = point.ok_or_else(|| Refusal::new(1, format!("{what} not mounted")))?;
    let (world, host) = call.on_host();
    storage::unmount(world, host, &point, true);
    Ok(())
}

/// The node's /etc/mnttab: special, mount point, type, options, time.
fn table(call: &mut Call<'_>) -> Vec<[String; 5]> {
    let text = call.files().text("/etc/mnttab");
    text.lines()
        .filter_map(|l| l.split('\t').map(String::from).collect::<Vec<_>>().try_into().ok())
        .collect()
}

/// df(1M) -k: a device name of 20 characters or more has a line of its own. A table that names a
/// volume which is not mounted there any more deceives it not: it asks the directory.
pub(crate) fn df(call: &mut Call<'_>) -> Result<(), Refusal> {
    let given = getopt(call.args(), "kl", "df [-k] [directory ...]")?;
    let mut rows = table(call);
    let (host, cluster) = (call.host(), &call.cluster());
    rows.retain(|[special, point, ..]| {
        let shared = cluster.volumes.iter().any(|v| v.block_device == *special);
        !shared || cluster.mounts.iter().any(|m| m.host == *host && m.point == *point)
    });

    // A fault fills a directory: whoever asks of it, or of one on the way to it, sees no room.
    let is_full = |asked: &str| {
        cluster.faults.iter().any(|fault| match fault {
            Fault::DiskFull { host: on, path } => {
                let leads_there = asked != "/" && covers(asked, path);
                on == host && (covers(path, asked) || leads_there)
            }
            _ => false,
        })
    };
    let full: Vec<bool> = match &given.operands[..] {
        [] => rows.iter().map(|[_, point, ..]| is_full(point)).collect(),
        named => named.iter().map(|named| is_full(&call.inside(named))).collect(),
    };

    if !given.operands.is_empty() {
        let mut chosen = Vec::new();
        for operand in &given.operands {
            let path = call.inside(operand);
            let place = call.files().resolve(&path, true).ok().filter(|p| p.raw.is_some());
            let place = place.ok_or_else(|| {
                Refusal::new(
                    1,
                    format!("({operand}) not a block device, directory or mounted resource"),
                )
            })?;
            let fits = |point: &str| {
                point == "/" || place.path == point || place.path.starts_with(&format!("{point}/"))
            };
            chosen.extend(rows.iter().filter(|r| fits(&r[1])).max_by_key(|r| r[1].len()).cloned());
        }
        rows = chosen;
    }

    call.say("Filesystem            kbytes    used   avail capacity  Mounted on");
    for ([special, point, ..], full) in rows.into_iter().zip(full) {
        let numbers = match full {
            true => " 8262869 8262869       0   100%    ",
            false => " 8262869 1305472 6874769    16%    ",
        };
        if special.len() >= 20 {
            call.say(&special);
            call.say(format!("{:20}{numbers}{point}", ""));
        } else {
            call.say(format!("{special:<20}{numbers}{point}"));
        }
    }

    Ok(())
}

/// fuser(1M): nothing in the lab holds a file open.
pub(crate) fn fuser(call: &mut Call<'_>) -> Result<(), Refusal> {
    for arg in call.args().to_vec().iter().filter(|a| !a.starts_with('-')) {
        call.complain(format!("{arg}: "));
    }
    Ok(())
}

/// fstyp(1M): the type of the file system on a shared volume.
pub(crate) fn fstyp(call: &mut Call<'_>) -> Result<(), Refusal> {
    let [device] = call.args() else { return Err(Refusal::usage("fstyp special")) };
    let path = call.inside(device);
    let kind = volume(call, &path)
        .map(|v| v.fs_type.clone())
        .filter(|kind| !kind.is_empty() && !call.has(Oddity::FstypCannotSay))
        .ok_or_else(|| Refusal::new(1, "Unknown_fstyp (no matches)"))?;
    call.say(kind);
    Ok(())
}

/// newfs(1M): an empty file system on a shared volume that is not mounted. Its question is left
/// out.
pub(crate) fn newfs(call: &mut Call<'_>) -> Result<(), Refusal> {
    let [device] = call.args() else { return Err(Refusal::usage("newfs raw-special-device")) };
    let path = call.inside(device);
    let Some((name, block)) = volume(call, &path).map(|v| (v.name.clone(), v.block_device.clone()))
    else {
        return Err(Refusal::new(1, format!("{path}: No such file or directory")));
    };
    if call.cluster().mounts.iter().any(|mount| mount.volume == name) {
        return Err(Refusal::new(1, format!("{block}: device is mounted")));
    }
    let volumes = &mut call.world().cluster.volumes;
    volumes.iter_mut().filter(|v| v.name == name).for_each(|v| v.fs_type = "ufs".into());
    Ok(())
}

/// Whether a command line of dd(1M) only reads the first block of a device; every other one is the
/// machine's own on disk.
pub(crate) fn is_first_block(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words[..], [device, "of=/dev/null", "count=1"] if device.starts_with("if=/dev/"))
}

/// dd(1M) of the first block of a shared volume.
pub(crate) fn dd(call: &mut Call<'_>) -> Result<(), Refusal> {
    if !is_first_block(call.args()) {
        return Err(Refusal::usage("dd if=device of=/dev/null count=1"));
    }
    let path = call.inside(call.args()[0].trim_start_matches("if="));
    if call.has(Oddity::FstypCannotSay) || volume(call, &path).is_none() {
        return Err(Refusal::new(2, format!("dd: {path}: open: I/O error")));
    }
    call.complain("1+0 records in\n1+0 records out");
    Ok(())
}

fn volume<'c>(call: &'c Call<'_>, device: &str) -> Option<&'c Volume> {
    let all = &call.cluster().volumes;
    all.iter().find(|v| v.block_device == device || v.raw_device == device)
}
