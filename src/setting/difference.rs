//! Tells whether two sets of effective settings are the same, and which keys differ. A journal
//! keeps the digest, so its form never changes. What a difference means for a running installation
//! is the engine's affair.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// SHA-256 of all effective settings, in hexadecimal: equal exactly when every value is.
///
/// Lengths stand before keys and values, so that no value can look like two.
pub fn digest(values: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (key, value) in values {
        hash.update(format!("{}:{key}={}:{value}\n", key.len(), value.len()));
    }
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The keys whose values differ, with those that only one of the two has, sorted.
pub fn differences(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let changed =
        old.iter().filter(|(key, value)| new.get(*key) != Some(value)).map(|(key, _)| key);
    let added = new.keys().filter(|key| !old.contains_key(*key));
    let mut keys: Vec<String> = changed.chain(added).cloned().collect();
    keys.sort();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
        entries.iter().map(|(key, value)| ((*key).to_string(), (*value).to_string())).collect()
    }

    #[test]
    fn names_what_changed_came_or_went() {
        let old = values(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let new = values(&[("a", "1"), ("b", "x"), ("d", "4")]);
        assert_eq!(differences(&old, &new), ["b", "c", "d"]);
        assert_ne!(digest(&old), digest(&new));
    }

    #[test]
    fn a_value_cannot_pass_for_two_settings() {
        assert_ne!(digest(&values(&[("a", "1\nb=2")])), digest(&values(&[("a", "1"), ("b", "2")])));
        assert_eq!(
            digest(&BTreeMap::new()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
