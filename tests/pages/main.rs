//! Pages that are generated or shown: coverage, the guide, problems, worksheets, the README. And
//! what calha is built of.

mod circles;
mod coverage;
mod crates;
mod effects;
mod lab;
mod problems;
mod readme;
mod rooms;
mod security;
mod sources;
mod words;
mod worksheet;
