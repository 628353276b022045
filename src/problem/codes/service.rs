use super::code;
use crate::problem::Code;
use crate::problem::Effect::{Blocks, Refuses};

/// The service.
pub const CODES: &[Code] = &[
    code(
        "service.not-online",
        Blocks,
        "The group is not online on exactly one node, or a resource of it is not.",
        "scstat -g, and /var/adm/messages on that node.",
    ),
    code(
        "service.not-listening",
        Blocks,
        "Nothing listens on the logical address and port.",
        "http.log in the logs directory, and instance.NAME.port.",
    ),
    code(
        "service.node",
        Refuses,
        "The node is none of the group's.",
        "Name one of those that are listed.",
    ),
];
