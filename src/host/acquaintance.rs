//! Who answers at the end of a connection: user, node, system, shell, clock and round trip, asked
//! in one request. It reports and judges nothing: what is wrong with a clock or a user is for
//! `cli::check` to say. Nothing on the node changes.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::ShellHost;
use crate::node::HostError;

/// How often the round trip is measured.
const TRIPS: usize = 5;
/// Characters that an answer has at most; of more the beginning counts.
const LONGEST: usize = 200;

/// Who answers at the end of a connection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Acquaintance {
    /// First words of id(1): `uid=0(root) gid=1(other)`.
    pub user: String,
    /// uname(1) -n.
    pub name: String,
    /// uname(1) -sr: `SunOS 5.9`.
    pub system: String,
    /// The kind of shell behind `/bin/sh`, as far as it says.
    pub shell: String,
    /// Seconds by which the node's clock is ahead of this machine's; whole ones, since date(1)
    /// knows no smaller. Absent when it cannot be read.
    pub clock: Option<i64>,
    /// The shortest time from a question to its answer, in milliseconds.
    pub round_trip: f64,
}

/// Labels tell the answers apart from whatever else a program prints; $R is the root of a simulated
/// node, empty on a real one. A Bourne shell of Solaris knows none of the variables.
const QUESTIONS: &str = r#"echo user=`"$R"/usr/bin/id`
echo name=`"$R"/usr/bin/uname -n`
echo system=`"$R"/usr/bin/uname -sr`
echo shell=${BASH_VERSION+bash}${ZSH_VERSION+zsh}${POSH_VERSION+posh}${KSH_VERSION+ksh}
echo date=`"$R"/usr/bin/date -u '+%Y-%m-%d %H:%M:%S'`
"#;

impl Acquaintance {
    /// Asks.
    ///
    /// # Errors
    /// As every question to a node.
    pub fn make(host: &ShellHost) -> Result<Self, HostError> {
        let before = SystemTime::now();
        let output = host.shell(QUESTIONS)?;
        let text = output.text();
        let said = |label: &str| -> String {
            let line = text.lines().find_map(|l| l.strip_prefix(label)?.strip_prefix('='));
            line.unwrap_or_default().trim().chars().take(LONGEST).collect()
        };

        let middle = before + before.elapsed().unwrap_or_default() / 2;
        let here = middle.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());

        let mut round_trip = Duration::MAX;
        for _ in 0..TRIPS {
            let begun = Instant::now();
            host.trip()?;
            round_trip = round_trip.min(begun.elapsed());
        }

        let shell = match said("shell") {
            kind if kind.is_empty() => "Bourne".to_owned(),
            kind => kind,
        };

        Ok(Self {
            user: said("user"),
            name: said("name"),
            system: said("system"),
            shell,
            clock: seconds(&said("date"))
                .map(|there| there - i64::try_from(here).unwrap_or(i64::MAX)),
            round_trip: round_trip.as_secs_f64() * 1000.0,
        })
    }

    /// Whether it is the superuser.
    pub fn is_superuser(&self) -> bool {
        self.user.starts_with("uid=0(") || self.user.split_whitespace().next() == Some("uid=0")
    }
}

/// Seconds since 1970 of a date in UTC.
fn seconds(date: &str) -> Option<i64> {
    let date: jiff::civil::DateTime = date.parse().ok()?;
    Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn a_date_in_utc_is_so_many_seconds() {
        assert_eq!(seconds("1970-01-02 00:00:01"), Some(86401));
        assert_eq!(seconds("date: illegal option"), None);
    }
}
