//! The guide of an upgrade of resources to another version of their type, made of a plan.

use std::collections::BTreeMap;

use super::Guide;
use crate::node::{NodePath, Sum};
use crate::problem::{Problem, codes};
use crate::setting::Members;
use crate::step::{self, Step, StepId, StepKind, UpgradeSite};
use crate::type_upgrade::UpgradePlan;

/// Under which name a run's settings have the plan.
const PLAN: &str = "upgrade.plan";

impl Guide {
    /// The name of the journal for upgrades of a type. No profile is called so: a dot cannot stand
    /// in the name of one.
    pub fn upgrade_name(profile: &str, base: &str) -> String {
        format!("{profile}.upgrade.{base}")
    }

    /// Where it is kept on nodes.
    ///
    /// # Errors
    /// When the names do not make a path.
    pub fn upgrade_record(cluster: &str, name: &str) -> Result<NodePath, Problem> {
        NodePath::new(format!("/var/opt/calha/{cluster}/{name}"))
            .map_err(|why| Problem::new(codes::PROFILE_NAME, why))
    }

    /// The steps of a plan, with a journal and a record of their own.
    ///
    /// # Errors
    /// When the names do not make a path.
    pub fn type_upgrade(
        members: &Members,
        profile: &str,
        plan: &UpgradePlan,
    ) -> Result<Self, Problem> {
        let profile = Self::upgrade_name(profile, &plan.base);
        let site = UpgradeSite { members: members.nodes.clone(), within: members.within };
        // What a plan is made of can be written.
        let kept = serde_json::to_string(plan).unwrap_or_default();
        // It is one word of a printed script.
        let sum = Sum::of(kept.as_bytes()).to_string().replace(' ', "-");

        Ok(Self {
            steps: steps(&site, plan),
            record: Self::upgrade_record(&members.cluster, &profile)?,
            hosts: members.nodes.clone(),
            members: members.nodes.clone(),
            cluster: members.cluster.clone(),
            profile,
            noticed_from: String::new(),
            notes: plan.notes.clone(),
            placements: Vec::new(),
            digest: format!("upgrade-{sum}"),
            values: [(PLAN.to_owned(), kept)].into(),
        })
    }

    /// The same for printed scripts: their record is this plan's alone, so that what scripts of an
    /// earlier upgrade left is not taken for theirs.
    #[must_use]
    pub fn by_hand(self) -> Self {
        let name = self.digest.replace("upgrade-", "scripts-");
        Self { record: self.record.join(&name), ..self }
    }

    /// The plan of a journal's latest run.
    pub fn kept_plan(values: &BTreeMap<String, String>) -> Option<UpgradePlan> {
        serde_json::from_str(values.get(PLAN)?).ok()
    }
}

fn steps(site: &UpgradeSite, plan: &UpgradePlan) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut needs: Vec<StepId> = Vec::new();

    if !plan.register.is_empty() {
        steps.push(step::type_register(site, &plan.register));
        needs.push(StepKind::TypeRegister.into());
    }

    let mut last = Vec::new();
    for wave in &plan.waves {
        let down = step::type_down(site, wave, needs.clone());
        let mut before = needs.clone();
        if !wave.down.is_empty() {
            before.push(down.id.clone());
            steps.push(down);
        }

        let version = step::type_version(site, wave, before);
        last.push(version.id.clone());
        steps.push(version);
        if !wave.up.is_empty() {
            steps.push(step::type_up(site, wave));
        }
    }

    if !plan.unregister.is_empty() {
        let unregister = step::type_unregister(site, &plan.unregister);
        steps.push(Step { needs: last, ..unregister });
    }
    steps
}
