//! The steps that turn the agent's debugging on (6.10). They are a guide of their own, with a
//! profile name that no installation can have, so that journal and record of the installation stay
//! as they are. Reading the messages is `cluster::log`'s part.

use super::Guide;
use crate::problem::{Problem, codes};
use crate::setting::Resolved;
use crate::step::{self, Site};

impl Guide {
    /// Debugging of the agent on every node (6.10), with a journal and a record of its own: it is
    /// switched on and off while the installation stands.
    ///
    /// `level` is what the agent's file is given, 0 to 9.
    ///
    /// # Errors
    /// When the profile has no instance or no usable name.
    pub fn debugging(resolved: &Resolved, profile: &str, level: u8) -> Result<Self, Problem> {
        let settings = &resolved.settings;
        // No profile is called so: a dot cannot stand in the name of one.
        let profile = format!("{profile}.debug");
        let instance = settings
            .instances
            .first()
            .ok_or_else(|| Problem::new(codes::INSTANCE_MISSING, "the profile has no instance"))?;
        let site = Site::new(settings, instance, &profile)
            .map_err(|why| Problem::new(codes::PROFILE_NAME, why))?;

        let steps = vec![
            step::debug_level(&site, level),
            step::debug_file(&site),
            step::debug_retell(&site),
            step::debug_syslog(&site),
            step::debug_reload(&site),
        ];

        Ok(Self {
            steps,
            record: site.record.clone(),
            hosts: site.members(),
            members: site.members(),
            cluster: settings.cluster.name.clone(),
            profile,
            noticed_from: String::new(),
            notes: Vec::new(),
            placements: Vec::new(),
            values: [("debug.level".to_owned(), level.to_string())].into(),
            digest: format!("debug-{level}"),
        })
    }
}
