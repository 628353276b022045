//! What Sun Cluster does.

use super::Fact;

pub(super) const FACTS: &[Fact] = &[];
