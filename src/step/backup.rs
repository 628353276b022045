use super::{Citation, Hosts, Scope, Seen, Site, Step, StepKind, document};
use crate::document::{HaBlock, IcsConf};
use crate::host::{HostError, NodeName};
use crate::op::{Change, Format, NodePath, Op};
use crate::problem::{Problem, codes};

fn ics_conf(site: &Site) -> NodePath {
    site.instance.directories.config.join("ics.conf")
}

/// A byte-identical copy beside ics.conf, same owner and mode, before it is edited.
pub fn backup(site: &Site) -> Step {
    let (site, last) = (site.clone(), site.last_configured());
    let (from, to) = (ics_conf(&site), site.instance.directories.config.join("ics.conf.before-ha"));
    Step::new(
        StepKind::Backup,
        format!("copy of ics.conf, kept as {to}"),
        Citation { section: "6.6.3", errata: &[] },
        Scope::Holding { mount: site.mount().clone(), expected: site.secondary() },
        "One command brings back what the configurator wrote.",
    )
    .passing()
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::Online, last])
    .doing(move |_| vec![Op::Copy { from: from.clone(), to: to.clone(), mode: None }])
}

/// The nine parameters of high availability as one marked block at the end of ics.conf.
pub fn ha_block(site: &Site, block: HaBlock) -> Step {
    let (site, look, last) = (site.clone(), site.clone(), site.last_configured());
    let (shown, path) = (block.clone(), ics_conf(&site));
    Step::new(
        StepKind::HaBlock,
        format!("parameters of high availability in {path}"),
        Citation { section: "6.6.3", errata: &["E18", "E20", "E21", "E68", "E69"] },
        Scope::Holding { mount: site.mount().clone(), expected: site.secondary() },
        "After the last run of the configurator, which writes the file anew; the last of two equal parameters counts.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::Online, last, StepKind::Backup])
    .endangering(format!(
        "without these parameters {} does not start again on any node; what runs now goes on",
        site.instance.service_resource
    ))
    .looking(Box::new(move |hosts, only, begun| examine(&look, &shown, hosts, only, begun)))
    .doing(move |_| {
        vec![Op::Edit {
            path: path.clone(),
            format: Format::IcsConf,
            changes: vec![Change::SetBlock { begin: block.begin.clone(), end: block.end.clone(), text: block.text.clone() }],
            undoes: None,
        }]
    })
}

fn examine(
    site: &Site,
    block: &HaBlock,
    hosts: &Hosts<'_>,
    only: Option<&NodeName>,
    _begun: bool,
) -> Result<Seen, HostError> {
    let mut seen = Seen::default();
    let path = ics_conf(site);
    for (name, host) in hosts.iter().filter(|(n, _)| only.is_some_and(|o| o == *n)) {
        if !host.mounted(site.mount())? {
            seen.problems.push(
                Problem::new(
                    codes::HA_BLOCK_UNREACHABLE,
                    format!("{} is not mounted here", site.mount()),
                )
                .on(name.as_str())
                .hint(format!("bring {} online, then go on", site.instance.resource_group)),
            );
            continue;
        }
        let unreadable = Problem::new(codes::ICS_CONF_UNREADABLE, format!("{path} cannot be read"))
            .hint("the configurator writes it; run calha install, or restore it from its backup");
        let Some(bytes) = document::read(*host, &path, &mut seen, unreadable)? else { continue };
        let conf = IcsConf::parse(&bytes);
        let place = path.to_string();
        let on = |problems: Vec<Problem>| {
            problems.into_iter().map(|p| p.on(name.as_str())).collect::<Vec<_>>()
        };
        seen.problems.extend(on(conf.problems_for_block(
            &block.begin,
            &block.end,
            &block.text,
            &place,
        )));
        seen.notices.extend(on(conf.notices_for_block(
            &block.begin,
            &block.end,
            &block.text,
            &[],
            &place,
        )));
    }
    Ok(seen)
}
