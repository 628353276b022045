//! The kind of a setting that says where a secret is to be had. It accepts references alone; see
//! `SecretRef` for why.

use crate::setting::{Fault, SecretRef, Value};

/// Where a secret is to be had.
pub fn check(value: &Value) -> Result<Value, Fault> {
    SecretRef::from_value(value).map(|_| value.clone())
}
