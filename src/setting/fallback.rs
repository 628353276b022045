//! The default of a setting, as the registry states it: none, fixed, or derived from settings that
//! come before it. A derived default carries its rule in words, because the reference page and
//! messages print it. `evaluate` applies it.

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
}
