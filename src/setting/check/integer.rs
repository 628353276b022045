//! Whole numbers within limits. A number in quotes is refused, with the remedy to write it without.
//! What the number is good for is up to the setting.

use crate::problem::codes;
use crate::setting::fault::shown;
use crate::setting::{Fault, Value};

/// A whole number of `unit` from `min` to `max`.
pub fn within(value: &Value, min: i64, max: i64, unit: &str) -> Result<Value, Fault> {
    let remedy = format!("write a whole number ({unit}) from {min} to {max}, without quotes");
    match value.as_integer() {
        Some(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
        Some(number) => Err(Fault::new(
            codes::SETTING_NUMBER,
            format!("is {number}, outside {min} to {max}"),
            remedy,
        )),
        None if value.as_text().is_some() => {
            let what = format!("is the text {}, not an integer", shown(&value.plain()));
            Err(Fault::new(codes::SETTING_TYPE, what, remedy))
        }
        None => Err(Fault::new(
            codes::SETTING_TYPE,
            format!("is {}, not an integer", value.type_name()),
            remedy,
        )),
    }
}
