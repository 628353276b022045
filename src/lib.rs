//! calha
pub mod edit;
pub mod host;
pub mod lab;
pub mod op;
pub mod setting;
pub mod profile;
