//! The lab's own time. It advances with changes alone, so that equal histories give equal texts;
//! nothing here looks at this machine's clock.

/// A virtual time in a form of strftime(3C), in UTC.
pub(crate) fn stamp(clock: u64, form: &str) -> String {
    let time = jiff::Timestamp::from_second(clock as i64)
        .unwrap_or_default()
        .to_zoned(jiff::tz::TimeZone::UTC);
    time.strftime(form).to_string()
}
