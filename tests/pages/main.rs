//! Pages that are generated or shown: coverage, the guide, problems, worksheets, the README.

mod circles;
mod coverage;
mod effects;
mod lab;
mod problems;
mod readme;
mod rooms;
mod security;
mod sources;
mod worksheet;
