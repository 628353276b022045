//! The time of a line as syslogd writes it, without a year. It has no order of its own on purpose:
//! `Calendar` makes it a moment that has one.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// When a message was written: month, day and time of day. syslogd writes no year, so stamps have
/// no order of their own; see [`super::Calendar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// 1 to 12.
    month: u8,
    day: u8,
    /// Seconds of the day.
    second: u32,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Days of the year before each month, in a leap year.
const BEFORE: [u32; 12] = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335];

impl Stamp {
    pub(super) fn day_of_year(self) -> u32 {
        BEFORE[usize::from(self.month.clamp(1, 12)) - 1] + u32::from(self.day)
    }

    pub(super) fn second_of_day(self) -> u32 {
        self.second
    }
}

impl FromStr for Stamp {
    type Err = String;

    /// `Dec 11 18:24:46`; seconds may be left out.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted =
            || format!("{text:?} is not a time such as \"Dec 11 18:24\" or \"Dec 11 18:24:46\"");
        let mut words = text.split_whitespace();
        let (Some(month), Some(day), Some(time), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(wanted());
        };
        let month =
            MONTHS.iter().position(|m| m.eq_ignore_ascii_case(month)).ok_or_else(wanted)? as u8 + 1;
        let day: u8 = day.parse().ok().filter(|d| (1..=31).contains(d)).ok_or_else(wanted)?;

        let mut parts = [0u32; 3];
        let given: Vec<&str> = time.split(':').collect();
        if !(2..=3).contains(&given.len()) {
            return Err(wanted());
        }
        for (at, part) in given.iter().enumerate() {
            let limit = if at == 0 { 24 } else { 60 };
            parts[at] = part.parse().ok().filter(|p| *p < limit).ok_or_else(wanted)?;
        }
        Ok(Self { month, day, second: parts[0] * 3600 + parts[1] * 60 + parts[2] })
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = MONTHS[usize::from(self.month.clamp(1, 12)) - 1];
        let (hour, minute, second) = (self.second / 3600, self.second / 60 % 60, self.second % 60);
        write!(f, "{month} {:>2} {hour:02}:{minute:02}:{second:02}", self.day)
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
