//! Messages of the cluster's data services, as syslogd writes them (6.10).

mod calendar;
mod filter;
mod lines;
mod message;
mod moment;
mod severity;
mod span;
mod stamp;

pub use calendar::Calendar;
pub use filter::Filter;
pub use lines::Lines;
pub use message::Message;
pub use moment::Moment;
pub use severity::Severity;
pub use span::Span;
pub use stamp::Stamp;
