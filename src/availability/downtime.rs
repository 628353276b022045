//! How long a year each model is down (table 6-2), from figures that an administrator can give. The
//! guide's slip is corrected (E05) and its assumptions are printed with the result (E06). Nothing
//! here measures a cluster.

use serde::Serialize;

use super::Share;

const YEAR: f64 = 365.0;

/// What an administrator knows of his servers and disks; the defaults are those of section 6.1.5.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Downtime {
    /// Days that a server is down each time.
    pub server_days: f64,
    /// Months from one such time to the next.
    pub server_months: f64,
    /// Days that its storage is down each time.
    pub storage_days: f64,
    /// Months from one such time to the next.
    pub storage_months: f64,
    /// Active nodes of the N+1 model.
    pub nodes: u32,
    /// Hours of a year in which more servers of an N+1 cluster are down than its spare node can
    /// replace.
    pub together_hours: f64,
    /// Minutes that the service is away while a group fails over.
    pub failover_minutes: f64,
}

impl Default for Downtime {
    fn default() -> Self {
        Self {
            server_days: 1.0,
            server_months: 3.0,
            storage_days: 1.0,
            storage_months: 12.0,
            nodes: 3,
            together_hours: 0.0,
            failover_minutes: 0.0,
        }
    }
}

impl Downtime {
    /// Days of a year that one server is down.
    pub fn server(&self) -> f64 {
        self.server_days * 12.0 / self.server_months
    }

    /// Days of a year that its storage is down.
    pub fn storage(&self) -> f64 {
        self.storage_days * 12.0 / self.storage_months
    }

    /// The rows of table 6-2, the arithmetic of its last row corrected (E05).
    pub fn shares(&self) -> Vec<Share> {
        // Each time a server goes down the group goes to another node, which takes a while.
        let failover = 12.0 / self.server_months * self.failover_minutes / (24.0 * 60.0);
        let n = f64::from(self.nodes);
        let row = |model: String, server: f64, storage: f64, parts: f64| {
            let days = (server + storage) / parts;
            let divisor = if parts > 1.0 { format!("(365 x {parts})") } else { "365".to_owned() };
            let sum = format!("({server:.2} + {storage:.2}) / {divisor}");
            Share { model, days, percent: 100.0 * days / YEAR, sum }
        };
        vec![
            row("single server".into(), self.server(), self.storage(), 1.0),
            row("asymmetric".into(), failover, self.storage(), 1.0),
            row("symmetric".into(), failover, 0.0, 1.0),
            row(
                format!("N+1, N = {}", self.nodes),
                failover + self.together_hours / 24.0,
                self.storage(),
                n,
            ),
        ]
    }

    /// What the figures rest on, a sentence each (E05, E06).
    pub fn assumptions(&self) -> Vec<String> {
        let failover = if self.failover_minutes > 0.0 {
            format!(
                "A failover takes {} minutes each time a server goes down.",
                self.failover_minutes
            )
        } else {
            "A failover takes no time; it takes minutes, which --failover-minutes counts (E06)."
                .into()
        };

        let five = (5.0 / 24.0 + 1.0) / YEAR * 100.0;
        vec![
            failover,
            "Two failures at the same time are left out, as in the guide; --together-hours counts \
             those of an N+1 cluster."
                .into(),
            format!(
                "The guide's N+1 row adds 5 hours and does not count them: with them its own sum \
                 is {five:.2} %/N, not 0.27 %/N (E05)."
            ),
            "Symmetric is 0 for storage only where every disk array is mirrored on the other \
             node's; no step of the guide does that (E06)."
                .into(),
            "N+1 is divided by N: an array that is down takes one of N instances with it.".into(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::Downtime;

    fn percents(of: &Downtime) -> Vec<String> {
        of.shares().iter().map(|s| format!("{:.2}", s.percent)).collect()
    }

    #[test]
    fn table_6_2_is_worked_out_and_its_slip_is_not_repeated() {
        let guide = Downtime { nodes: 1, ..Downtime::default() };
        assert_eq!(percents(&guide), ["1.37", "0.27", "0.00", "0.27"]);
        let with_the_five_hours = Downtime { together_hours: 5.0, ..guide };
        assert_eq!(percents(&with_the_five_hours)[3], "0.33");
        assert_eq!(percents(&Downtime { nodes: 3, ..guide })[3], "0.09");
    }

    #[test]
    fn the_administrators_own_figures_count() {
        let own = Downtime {
            server_days: 0.5,
            server_months: 6.0,
            storage_days: 2.0,
            storage_months: 24.0,
            ..Downtime::default()
        };
        assert_eq!((own.server(), own.storage()), (1.0, 1.0));
        let slow = Downtime { failover_minutes: 36.0, ..Downtime::default() };
        // Four times 36 minutes are a tenth of a day.
        assert!((slow.shares()[2].days - 0.1).abs() < 1e-9, "{:?}", slow.shares());
    }
}
