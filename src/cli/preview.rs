//! What `calha plan` shows of a command other than `install`: that command itself, on hosts that
//! refuse every change, up to where it would ask for consent. So it shows what is then carried
//! out; no second text of it is made here.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::debug::{Debug, Off, On};
use super::keep_server::KeepServer;
use super::restore::Restore;
use super::run_arguments::Previewed;
use super::service::{Action, Service};
use super::undo::{Undo, Uninstall};
use super::{RunArguments, values};
use crate::op::quote;

/// Which way debugging is switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// The command that is shown.
#[derive(Args)]
pub struct Preview {
    /// Show what calha uninstall would do.
    #[arg(long, group = "previewed")]
    uninstall: bool,
    /// With --uninstall: the server stays on this node, without a cluster.
    #[arg(
        long,
        value_name = "NODE",
        requires = "uninstall",
        add = ArgValueCandidates::new(values::nodes)
    )]
    keep_server: Option<String>,
    /// With --keep-server: whether that node mounts its file system when it boots.
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"], requires = "keep_server")]
    mount_at_boot: Option<String>,
    /// Show what calha rollback would do.
    #[arg(long, group = "previewed")]
    rollback: bool,
    /// Show what calha service would do; where there are several instances, --instance names one.
    #[arg(long, value_enum, value_name = "ACTION", group = "previewed")]
    service: Option<Action>,
    /// Show what calha restore would do to this file.
    #[arg(long, value_name = "PATH", group = "previewed")]
    restore: Option<String>,
    /// Show what calha debug would do; =off shows how it ends.
    #[arg(
        long,
        value_enum,
        value_name = "on|off",
        group = "previewed",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "on"
    )]
    debug: Option<Switch>,
    /// With --rollback: only this step and what follows it.
    #[arg(
        long,
        value_name = "STEP",
        requires = "rollback",
        add = ArgValueCandidates::new(values::steps)
    )]
    from: Option<String>,
    /// With --uninstall or --service: this instance.
    #[arg(
        long,
        value_name = "NAME",
        requires = "previewed",
        conflicts_with_all = ["rollback", "restore", "debug"],
        add = ArgValueCandidates::new(values::instances)
    )]
    instance: Option<String>,
    /// With --service failover: the node to move to. Without it the other one.
    #[arg(
        long,
        value_name = "NODE",
        requires = "service",
        add = ArgValueCandidates::new(values::nodes)
    )]
    to: Option<String>,
}

impl Preview {
    /// Shows the command that is named; nothing where it is the installation.
    /// With `exit_code` the status is 3 where it has something to do.
    pub fn run(&self, looking: RunArguments, exit_code: bool) -> Option<ExitCode> {
        let of = |name: &str, options: &str| {
            let mut command = looking.profile.commands().of(name) + options;
            looking
                .accept
                .iter()
                .for_each(|c| command.push_str(&format!(" --accept {}", quote(c))));
            RunArguments { preview: Some(Previewed { command, exit_code }), ..looking.clone() }
        };
        let option = |name: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |value| format!(" {name} {}", quote(value)))
        };

        Some(match self {
            Self { uninstall: true, instance, keep_server, mount_at_boot, .. } => {
                let options = option("--keep-server", keep_server)
                    + &option("--instance", instance)
                    + &option("--mount-at-boot", mount_at_boot);
                let keep = KeepServer::on(keep_server.clone(), mount_at_boot.clone());
                Uninstall::of(of("uninstall", &options), instance.clone(), keep).run()
            }
            Self { rollback: true, from, .. } => {
                Undo::of(of("rollback", &option("--from", from)), from.clone()).run()
            }
            Self { service: Some(action), instance, to, .. } => {
                let word = action.to_possible_value().map(|value| value.get_name().to_owned());
                let name = format!("service {}", word.unwrap_or_default());
                let named =
                    instance.as_ref().map_or_else(String::new, |i| format!(" {}", quote(i)));
                let run = of(&name, &(named + &option("--to", to)));
                Service::of(run, *action, instance.clone(), to.clone()).run()
            }
            Self { restore: Some(file), .. } => {
                let run = of("restore", &option("--file", &self.restore));
                Restore::of(run, file.clone()).run()
            }
            Self { debug: Some(Switch::On), .. } => Debug::On(On::of(of("debug on", ""))).run(),
            Self { debug: Some(Switch::Off), .. } => Debug::Off(Off::of(of("debug off", ""))).run(),
            _ => return None,
        })
    }
}
