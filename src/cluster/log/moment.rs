//! A time that can be compared across the turn of a year. It counts from the year in which a log
//! begins, because the log never says which one that is.

use super::Stamp;

/// Seconds of a day.
const DAY: i64 = 24 * 3600;
/// Seconds of a year here: each has a 29th of February, since a log does not say which ones have.
const YEAR: i64 = 366 * DAY;

/// A [`Stamp`] with a year, counted from the year in which a log begins: what times of several
/// years are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i64);

impl Moment {
    pub fn new(year: i64, at: Stamp) -> Self {
        Self(year * YEAR + i64::from(at.day_of_year()) * DAY + i64::from(at.second_of_day()))
    }

    /// The same time so many years later.
    #[must_use]
    pub fn later_by(self, years: i64) -> Self {
        Self(self.0 + years * YEAR)
    }

    /// Whole days from the other to this one; negative where this one is earlier.
    pub fn days_since(self, other: Self) -> i64 {
        (self.0 - other.0).div_euclid(DAY)
    }

    /// Seconds from the other to this one.
    pub fn seconds_since(self, other: Self) -> i64 {
        self.0 - other.0
    }
}
