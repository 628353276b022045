//! Which year the lines of one log belong to. syslogd writes none, so the order of the lines says
//! it. The promise: the order of a log is kept, and the turn of a year is no step back. It does not
//! find a year in which a log says nothing at all.

use super::{Moment, Stamp};

/// A step back by more days than this is a new year: clocks are not put back by months.
const BACK: i64 = 31;
/// A step forward by more days than this, behind a new year, is a late line of the old one.
const LATE: i64 = 335;

/// The years of a log that is read from its beginning.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    first: i64,
    year: i64,
    last: Option<Moment>,
}

impl Calendar {
    /// For a log that begins in that year.
    pub fn from_year(first: i64) -> Self {
        Self { first, year: first, last: None }
    }

    /// When the next line was written.
    pub fn place(&mut self, at: Stamp) -> Moment {
        let same = Moment::new(self.year, at);
        let days = self.last.map_or(0, |last| same.days_since(last));
        if days < -BACK {
            self.year += 1;
        } else if days > LATE && self.year > self.first {
            self.year -= 1;
        }
        *self.last.insert(Moment::new(self.year, at))
    }
}

#[cfg(test)]
mod tests {
    use super::Calendar;

    fn in_order(stamps: &[&str]) -> bool {
        let mut calendar = Calendar::default();
        let placed: Vec<_> = stamps.iter().map(|s| calendar.place(s.parse().unwrap())).collect();
        placed.is_sorted()
    }

    #[test]
    fn a_jump_back_by_months_is_a_new_year() {
        for stamps in [
            &["Dec 31 23:59:58", "Jan  1 00:00:02"][..],
            &["Nov  3 10:00", "Dec 31 23:59", "Feb 29 12:00", "Mar  1 00:00", "Jan  4 00:00"],
            &["Jul  3 08:00", "Jan  2 08:00", "Nov 20 08:00", "Jan  2 08:00"],
        ] {
            assert!(in_order(stamps), "{stamps:?}");
        }
    }

    #[test]
    fn a_clock_that_was_put_back_and_a_late_line_make_no_year() {
        for stamps in [
            &["Dec 11 18:25", "Dec 11 18:24"][..],
            &["Mar  1 00:10", "Feb 28 23:50"],
            &["Dec 31 23:59:58", "Jan  1 00:00:01", "Dec 31 23:59:59"],
        ] {
            assert!(!in_order(stamps), "{stamps:?}");
        }
        // Behind the late line the years are counted as before it.
        let mut calendar = Calendar::default();
        let mut place = |text: &str| calendar.place(text.parse().unwrap());
        place("Dec 31 23:59:58");
        let new = place("Jan  1 00:00:01");
        place("Dec 31 23:59:59");
        assert_eq!(place("Jan  1 00:00:01"), new);
    }
}
