//! The program itself, as an administrator runs it, on a simulated cluster.

mod adopt;
mod debug;
mod lab;
mod many;
mod service;
mod site;
mod two;
mod whole;
