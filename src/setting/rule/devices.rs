use super::Of;
use crate::op::NodePath;
use crate::problem::Problem;

/// Block and raw device are two files of one volume (E43).
pub fn check(of: &Of<'_>) -> Vec<Problem> {
    let (Some(block), Some(raw)) = (of.path("block-device"), of.path("raw-device")) else { return Vec::new() };
    let remedy = match block.as_str().contains("/dsk/") {
        true => format!("write {}", block.as_str().replacen("/dsk/", "/rdsk/", 1)),
        false => format!("name the raw device of {block}"),
    };
    let problem = |what: String| vec![of.conflict("raw-device", &what, &remedy)];
    if block == raw {
        return problem(format!("{raw} is the block device"));
    }
    if block.file_name() != raw.file_name() || disk_set(&block) != disk_set(&raw) {
        return problem(format!("{raw} is another volume than block-device {block}; fsck would check that one (E43)"));
    }
    if block.as_str().contains("/rdsk/") {
        return vec![of.conflict("block-device", &format!("{block} is a raw device"), "name the device below /dsk/")];
    }
    Vec::new()
}

/// `penguin` in `/dev/md/penguin/dsk/d400`; nothing for devices that are not in a set.
fn disk_set(device: &NodePath) -> Option<String> {
    let (set, rest) = device.as_str().strip_prefix("/dev/md/")?.split_once('/')?;
    rest.contains('/').then(|| set.to_string())
}
