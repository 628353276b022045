//! How one thing is done with a service, for the report's page on operating it: the calha command,
//! and the cluster commands it comes down to.

use serde::Serialize;

/// How something is done with calha, and what that comes down to.
#[derive(Clone, Debug, Serialize)]
pub struct Operate {
    pub what: String,
    pub calha: String,
    pub commands: Vec<String>,
}
