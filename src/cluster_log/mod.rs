//! Messages of the cluster's data services, as syslogd writes them (6.10).

mod filter;
mod message;
mod severity;
mod stamp;

pub use filter::Filter;
pub use message::Message;
pub use severity::Severity;
pub use stamp::Stamp;
