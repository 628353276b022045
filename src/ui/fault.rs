//! What is said where calha itself is at fault: a sentence and a documented status, whatever the
//! environment says of backtraces. The terminal is given back first.

use std::panic;
use std::process;

use super::guard::restore;
use super::talk::talk;
use crate::exit;

/// From here on a fault of calha's own ends the process so. Locks of this machine go with it; the
/// journal has everything that was done on nodes.
pub fn tell_of_faults() {
    panic::set_hook(Box::new(|about| {
        restore();
        let what = about.payload();
        let what = what.downcast_ref::<&str>().copied();
        let what = what.or_else(|| about.payload().downcast_ref::<String>().map(String::as_str));
        let what = what.unwrap_or("no reason is known");
        let place = about.location().map_or_else(String::new, |at| format!(" ({at})"));
        talk(&format!(
            "calha has a fault of its own: {what}{place}\n  hint: what was done on nodes is in \
             the journal, and calha resume goes on there; please report this\n"
        ));
        process::exit(i32::from(exit::FAILED));
    }));
}
