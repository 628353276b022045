//! What a run of the configurator said, as proof: its output where that was kept, its log in every
//! mode, and beside them what it left. Its words are read by `ConfiguratorReport`; what it has to
//! leave, `configured` asks.

use super::{ConfiguratorReport, Doubt, Seen, Site, StepKind, Views, query};
use crate::node::{Command, HostError, Inspect, NodeName, NodePath};
use crate::problem::{Problem, codes};
use crate::setting::RunMode;

/// Where the configurator leaves its log, and how each begins (6.11).
const LOGS: &str = "/var/sadm/install/logs";
const LOG: &str = "Sun_Java_System_Calendar_Server_install.";

/// What the run of this step said.
pub(super) fn proof(site: &Site, step: StepKind, hosts: &Views<'_>) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let node = match step {
        StepKind::ConfigureSecondary => site.secondary(),
        _ => site.primary(),
    };
    let Some(host) = hosts.get(&node) else { return Ok(seen) };

    words(site, step, *host, &mut seen)?;
    Ok(seen)
}

/// What it said: in its output, where that was kept, and in its log.
fn words(
    site: &Site,
    step: StepKind,
    host: &dyn Inspect,
    seen: &mut Seen,
) -> Result<(), HostError> {
    let node = host.name();
    let stem = format!("{}.1", site.step(step));
    let output = query::text(host, &site.record_file(&stem, "out"))?;
    let output = output.map(|text| ConfiguratorReport::parse(text.as_bytes()));
    // A run on a terminal, or by hand, leaves nothing to read but its log.
    let kept = output.filter(|_| site.settings.configurator.mode == RunMode::Silent);

    let named = kept.as_ref().and_then(|said| said.log.clone());
    let log = match named {
        Some(path) => Some(path),
        None => newest(site, host)?,
    };
    let text = match log.as_ref().and_then(|path| NodePath::new(path.as_str()).ok()) {
        Some(path) => query::text(host, &path)?,
        None => None,
    };
    let logged = text.map(|text| ConfiguratorReport::parse(text.as_bytes()));
    let place = log.clone().unwrap_or_else(|| format!("{LOGS}/{LOG}*"));

    let status = query::text(host, &site.record_file(&stem, "rc"))?;
    let status = status.map_or_else(String::new, |text| text.trim().to_owned());
    let mut said = [&kept, &logged].into_iter().flatten();
    if let Some(report) = said.find(|report| report.is_failure()) {
        seen.problems.push(failed(report, &place, node));
        return Ok(());
    }

    let mut odd = Vec::new();
    if kept.as_ref().or(logged.as_ref()).is_some_and(|r| r.all_passed.is_none()) {
        odd.push("its last sentence is none that calha knows".to_owned());
    }
    if !matches!(status.as_str(), "" | "0") {
        odd.push(format!("it ended with status {status}"));
    }
    if logged.is_none() {
        odd.push(format!("there is no log {place} that speaks of it"));
    }
    let passed = kept.as_ref().or(logged.as_ref()).map_or(0, |report| report.passed.len());
    if odd.is_empty() {
        seen.facts.push(format!("{node}: {passed} tasks of the configurator passed; log {place}"));
    } else {
        seen.doubts.push(Doubt {
            code: codes::CONFIGURATOR_UNCLEAR,
            node: node.clone(),
            what: "nothing says that the configurator failed, and nothing that it passed".into(),
            found: format!("{}; {passed} tasks say PASSED, none FAILED", odd.join(", ")),
        });
    }
    Ok(())
}

fn failed(report: &ConfiguratorReport, log: &str, node: &NodeName) -> Problem {
    let what = match report.failed.first() {
        Some(task) => format!("{} tasks failed, the first: {task}", report.failed.len()),
        None => "its last sentence says that tasks failed".into(),
    };
    Problem::new(codes::CONFIGURATOR_FAILED, what)
        .on(node.as_str())
        .hint(format!("look at {log} on this node, put it right, and go on: it is run again"))
        .section("6.11, E65")
}

/// The newest log that speaks of this cal-svr-base. Names have month, day, hour and minute.
fn newest(site: &Site, host: &dyn Inspect) -> Result<Option<String>, HostError> {
    let listed = query::lines(host, &Command::new("/usr/bin/ls", [LOGS]))?;
    let mut logs: Vec<&String> = listed.iter().filter(|name| name.starts_with(LOG)).collect();
    logs.sort_unstable();
    for name in logs.into_iter().rev() {
        let Ok(path) = NodePath::new(format!("{LOGS}/{name}")) else { continue };
        let speaks = format!("{}/", site.instance.cal_svr_base);
        if query::text(host, &path)?.is_some_and(|text| text.contains(&speaks)) {
            return Ok(Some(path.to_string()));
        }
    }
    Ok(None)
}
