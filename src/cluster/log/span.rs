//! From when to when a log goes: what times without a year are understood by.

use super::{Calendar, Moment, Stamp};

/// The first and the last moment of a log, or of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    from: Moment,
    to: Moment,
}

impl Span {
    /// Of a log with these first and last times, that begins in year 0.
    pub fn of(first: Stamp, last: Stamp) -> Self {
        let mut calendar = Calendar::default();
        let from = calendar.place(first);
        let to = calendar.place(last);
        Self { from: from.min(to), to: to.max(from) }
    }

    /// In which year each log begins, so that they lie as near to the longest as they can. Logs of
    /// one cluster are of one time, and a log does not say its year.
    pub fn years(spans: &[Self]) -> Vec<i64> {
        let Some(longest) = spans.iter().max_by_key(|span| span.to.seconds_since(span.from)) else {
            return Vec::new();
        };
        spans
            .iter()
            .map(|span| nearest([0, 1, -1], |year| longest.gap(span.later_by(year))))
            .collect()
    }

    /// One that takes in both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    #[must_use]
    pub fn later_by(self, years: i64) -> Self {
        Self { from: self.from.later_by(years), to: self.to.later_by(years) }
    }

    /// What somebody means by a time without a year: the latest within, else the one nearest to it.
    pub fn moment(self, at: Stamp) -> Moment {
        let of = |year: i64| Moment::new(year, at);
        of(nearest([2, 1, 0, -1], |year| self.gap(Self { from: of(year), to: of(year) })))
    }

    /// Seconds between the two; none where they meet.
    fn gap(self, other: Self) -> i64 {
        other.from.seconds_since(self.to).max(self.from.seconds_since(other.to)).max(0)
    }
}

/// The first of those with the least gap.
fn nearest<const N: usize>(years: [i64; N], gap: impl Fn(i64) -> i64) -> i64 {
    years.into_iter().min_by_key(|year| gap(*year)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Span;
    use crate::cluster::log::Moment;

    fn span(first: &str, last: &str) -> Span {
        Span::of(first.parse().unwrap(), last.parse().unwrap())
    }

    #[test]
    fn logs_of_one_cluster_are_put_beside_each_other() {
        let eve = span("Dec 31 23:00", "Dec 31 23:59");
        let new_year = span("Jan  1 00:00", "Jan  1 01:00");
        let both = span("Dec 30 00:00", "Jan  1 00:05");
        let year = span("Jan 10 00:00", "Aug  1 00:00");
        for (spans, years) in [
            (&[both, new_year, eve][..], &[0, 1, 0][..]),
            (&[new_year, both], &[1, 0]),
            // Which of the two is called year 0 is the longer one's matter.
            (&[eve, new_year], &[-1, 0]),
            (&[year, new_year], &[0, 0]),
            (
                &[span("Nov 28 10:00", "Nov 28 11:00"), span("Dec  1 10:00", "Dec  1 11:00")],
                &[0, 0],
            ),
            (&[], &[]),
        ] {
            assert_eq!(Span::years(spans), years, "{spans:?}");
        }
    }

    #[test]
    fn a_time_without_a_year_is_the_one_in_the_log_or_next_to_it() {
        let log = span("Dec  1 00:00", "Jan 15 12:00");
        for (text, year) in
            [("Dec 31 23:00", 0), ("Jan  1 00:00", 1), ("Nov  1 00:00", 0), ("Jan 20 00:00", 1)]
        {
            let at = text.parse().unwrap();
            assert_eq!(log.moment(at), Moment::new(year, at), "{text}");
        }
        let day = span("Dec 11 18:00", "Dec 11 19:00");
        let at = "Dec 12 00:00".parse().unwrap();
        assert_eq!(day.moment(at), Moment::new(0, at));
    }
}
