//! The program itself, as an administrator runs it, on a simulated cluster.

mod adopt;
mod availability;
mod back;
mod canary;
mod chance;
mod clocks;
mod csh;
mod debug;
mod debug_log;
mod each_way;
mod foreign_names;
#[path = "../support/foreign_places.rs"]
mod foreign_places;
mod foreign_server;
mod foreign_ways;
mod hanging;
mod hostile;
#[path = "../support/in_the_way.rs"]
mod in_the_way;
mod keep_server;
mod lab;
mod limits;
mod long_entry;
mod lying;
mod many;
mod member_down;
mod models;
mod next;
mod other_work;
mod prerequisites;
mod preview;
#[path = "../support/queue_on_disk.rs"]
mod queue_on_disk;
mod real_root;
#[path = "../support/real_root.rs"]
mod real_root_shell;
mod rehearse_type;
mod report;
mod room;
#[path = "../support/root.rs"]
mod root;
mod schema;
mod screen;
mod secrets;
mod service;
mod site;
mod status;
mod strange_files;
#[path = "../support/thorough.rs"]
mod thorough;
mod traces;
mod two;
mod upgrade;
mod which;
mod whole;
