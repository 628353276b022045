//! Settings: each value, the registry, what must hold between them, and input that means harm.

mod hostile;
mod hosts;
mod limits;
mod models;
mod mounts;
mod registry;
mod several;
mod values;
