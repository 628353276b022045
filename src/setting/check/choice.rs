//! Values out of a short list, and yes or no. A number or a flag of TOML is taken for its text,
//! since `schema-type = 2` and `mount-at-boot = true` leave no doubt. Everything else is refused
//! with the whole list.

use crate::problem::codes;
use crate::setting::fault::shown;
use crate::setting::{Choice, Fault, Value};

/// One of a few values; a number is taken for its text (`schema-type = 2`).
pub fn one_of(value: &Value, choices: &[Choice]) -> Result<Value, Fault> {
    let text = match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Other("a fraction", text) => text.clone(),
        other => {
            return Err(Fault::new(
                codes::SETTING_TYPE,
                format!("is {}, not a string", other.type_name()),
                remedy(choices),
            ));
        }
    };
    if choices.iter().any(|choice| choice.value == text) {
        return Ok(Value::Text(text));
    }
    Err(Fault::new(
        codes::SETTING_CHOICE,
        format!("{} is not one of the choices", shown(&text)),
        remedy(choices),
    ))
}

/// `yes` or `no`, as vfstab writes it, or what TOML has for it.
pub fn yes_no(value: &Value) -> Result<Value, Fault> {
    let remedy = "write \"yes\" or \"no\"";
    match value {
        Value::Flag(flag) => Ok(Value::text(if *flag { "yes" } else { "no" })),
        Value::Text(text) if text == "yes" || text == "no" => Ok(value.clone()),
        Value::Text(text) => Err(Fault::new(
            codes::SETTING_CHOICE,
            format!("{} is neither yes nor no", shown(text)),
            remedy,
        )),
        other => Err(Fault::new(
            codes::SETTING_TYPE,
            format!("is {}, not yes or no", other.type_name()),
            remedy,
        )),
    }
}

fn remedy(choices: &[Choice]) -> String {
    let listed: Vec<_> =
        choices.iter().map(|choice| format!("\"{}\" ({})", choice.value, choice.means)).collect();
    format!("write {}", listed.join(" or "))
}
