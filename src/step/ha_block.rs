//! The parameters of high availability in ics.conf. What would make the edit wrong is looked at
//! here, before it and ever after; how a block is written is `op`'s, what it says is
//! `document::HaBlock`'s.

use super::{
    Citation, Guard, LookContext, Scope, Seen, Site, Step, StepKind, configured, document,
};
use crate::document::{HaBlock, IcsConf};
use crate::node::HostError;
use crate::op::{Change, Format, Op};
use crate::problem::{Problem, codes};

/// The nine parameters of high availability as one marked block at the end of ics.conf.
pub fn ha_block(site: &Site, block: HaBlock) -> Step {
    let (site, look, last) = (site.clone(), site.clone(), site.last_configured());
    let (shown, path) = (block.clone(), site.instance.directories.ics_conf());

    Step::new(
        StepKind::HaBlock,
        format!("parameters of high availability in {path}"),
        Citation { section: "6.6.3", errata: &["E18", "E20", "E21", "E68", "E69"] },
        Scope::Holding { mount: site.mount().clone(), expected: site.secondary() },
        "After the last run of the configurator, which writes the file again; the last of two \
         equal \
         parameters counts.",
    )
    .needing(&[StepKind::Record, StepKind::Preflight, StepKind::Online, last, StepKind::Backup])
    .endangering(format!(
        "without these parameters {} does not start again on any node; what runs now goes on",
        site.instance.service_resource
    ))
    .looking(Box::new(move |at| examine(&look, &shown, at)))
    .doing(move |_| {
        vec![Op::Edit {
            path: path.clone(),
            format: Format::IcsConf,
            changes: vec![Change::SetBlock {
                begin: block.begin.clone(),
                end: block.end.clone(),
                text: block.text.clone(),
                only_here: HaBlock::only_here(),
            }],
            undoes: None,
        }]
    })
}

fn examine(site: &Site, block: &HaBlock, at: &LookContext<'_>) -> Result<Seen, HostError> {
    let LookContext { hosts, node: only, .. } = *at;
    let mut seen = Seen::default();
    let path = site.instance.directories.ics_conf();
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
        let problems = conf.problems_for_block(&block.begin, &block.end, &block.text, &place);
        // Of a file without any parameter that is all there is to say.
        if problems.iter().all(|problem| problem.code != codes::ICS_CONF_EMPTY.as_str()) {
            seen.and(Guard::look(configured::directories(site, &site.nodes()))(at)?);
        }
        seen.problems.extend(on(problems));
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
