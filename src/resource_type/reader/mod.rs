//! Reads registration (RTR) files, rt_reg(4), of Sun Cluster 3.0 to Solaris Cluster 4.4.
//!
//! The reader is lossless, so that a change touches only what it is about, and it takes any bytes:
//! what it cannot understand it notes as a fault of syntax, each with its place, and goes on behind
//! it. What the file means is not its business.

mod fault;
mod file;
mod lexer;
mod parser;
mod span;
mod syntax;
mod token;

pub use fault::{Fault, FaultKind};
pub use file::RegistrationFile;
pub use span::Span;
pub use syntax::{Directive, Entry, Place, Statement, Value};
pub use token::{Kind, Quotes, Token};

pub(super) use lexer::typographic;
pub(super) use parser::MOST_FAULTS;
