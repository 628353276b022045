//! `calha downtime` on the command line: takes an administrator's figures and refuses those that no
//! year has. The arithmetic is in `availability`.

use std::process::ExitCode;

use clap::Args;

use super::{Form, complain, print};
use crate::availability::Downtime;
use crate::exit;
use crate::ui::downtime_text;

/// `calha downtime`: table 6-2 with one's own figures.
#[derive(Args)]
#[command(after_help = "Example: calha downtime --server-days 0.5 --server-months 6 --nodes 5")]
pub struct DowntimeCommand {
    /// Days that a server is down each time.
    #[arg(long, value_name = "DAYS", default_value = "1", value_parser = amount)]
    server_days: f64,
    /// Months from one such time to the next.
    #[arg(long, value_name = "MONTHS", default_value = "3", value_parser = period)]
    server_months: f64,
    /// Days that its storage is down each time.
    #[arg(long, value_name = "DAYS", default_value = "1", value_parser = amount)]
    storage_days: f64,
    /// Months from one such time to the next.
    #[arg(long, value_name = "MONTHS", default_value = "12", value_parser = period)]
    storage_months: f64,
    /// Active nodes of the N+1 model.
    #[arg(
        long,
        value_name = "N",
        default_value = "3",
        value_parser = clap::value_parser!(u32).range(1..=1000)
    )]
    nodes: u32,
    /// Hours of a year in which more servers are down than the spare node can replace.
    #[arg(long, value_name = "HOURS", default_value = "0", value_parser = amount)]
    together_hours: f64,
    /// Minutes that the service is away while a group fails over.
    #[arg(long, value_name = "MINUTES", default_value = "0", value_parser = amount)]
    failover_minutes: f64,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

impl DowntimeCommand {
    pub fn run(&self) -> ExitCode {
        let of = Downtime {
            server_days: self.server_days,
            server_months: self.server_months,
            storage_days: self.storage_days,
            storage_months: self.storage_months,
            nodes: self.nodes,
            together_hours: self.together_hours,
            failover_minutes: self.failover_minutes,
        };

        for (what, days) in [("server", of.server()), ("storage", of.storage())] {
            if days > 365.0 {
                complain(&format!(
                    "--{what}-days and --{what}-months: that would be {days:.0} days of a year"
                ));
                return ExitCode::from(exit::USAGE);
            }
        }

        if self.format == Form::Json {
            let answer = serde_json::json!({
                "version": 1,
                "given": of,
                "models": of.shares(),
                "assumptions": of.assumptions(),
            });
            return print(&format!("{answer:#}\n"));
        }
        print(&downtime_text(&of, 78))
    }
}

/// A number that can be counted.
fn amount(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && (0.0..=1e6).contains(&number) => Ok(number),
        _ => Err("write a number from 0 to 1000000, like 0.5".into()),
    }
}

/// A number that can be divided by.
fn period(text: &str) -> Result<f64, String> {
    amount(text)
        .and_then(|n| if n > 0.0 { Ok(n) } else { Err("write a number of months above 0".into()) })
}
