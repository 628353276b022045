//! The engine over nodes in memory: killed at every durable point, then resumed or undone.

mod address_type;
mod adopted;
mod alone;
mod anew;
mod back_and_on;
mod bad_input;
mod bench;
mod boot;
mod by_hand;
mod debugging;
mod document_changes;
mod document_variants;
mod documents;
mod earlier;
mod elsewhere;
mod exposed_files;
mod failed_methods;
mod fault_page;
mod faults;
mod faulty_host;
mod instances;
mod lies;
mod matrix;
mod member;
mod mishap;
mod models;
mod mutations;
mod odd_files;
mod personalities;
mod points;
#[path = "../support/print_queue.rs"]
mod print_queue;
mod print_queue_types;
mod promises;
mod reach;
mod requests;
mod resource_types;
mod roots;
mod round_trips;
mod share;
mod states;
#[path = "../support/thorough.rs"]
mod thorough;
mod together;
mod type_upgrade;
mod whole;
