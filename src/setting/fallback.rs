//! The default of a setting, as the registry states it: none, fixed, derived from settings that
//! come before it, or worked out for each of several instances. A derived default carries its rule
//! in words, because the reference page and messages print it. `evaluate` applies it.

use super::Among;

/// Where a value comes from when nobody gave one.
#[derive(Clone, Copy, Debug)]
pub enum Fallback {
    /// Nowhere: the setting stays without a value, or is missing.
    None,
    /// Always this text, read as [`Kind::read`](super::Kind::read) reads an answer.
    Fixed(&'static str),
    /// Worked out from other settings.
    Derived {
        /// Their keys, with the same placeholders as the key of this setting; each comes earlier in
        /// the registry.
        from: &'static [&'static str],
        /// The rule in words, for the reference page and for the message when it gives no value.
        rule: &'static str,
        /// The values of `from`, in that order, to the value; `None` when the rule does not cover
        /// them.
        compute: fn(&[&str]) -> Option<String>,
    },
    /// Worked out for each of several instances from its place among them.
    Each {
        /// What the one instance of the asymmetric model has.
        alone: Option<&'static str>,
        /// The keys to name where the value came from.
        from: &'static [&'static str],
        /// The rule in words, for both cases.
        rule: &'static str,
        /// The value for this instance; `None` when the rule does not cover it.
        compute: fn(&Among<'_>) -> Option<String>,
    },
}
