//! Words that are passed to a vendor's program as they are. A password on a command line (`-w`) is
//! refused, because everybody sees it with ps. Whether the program knows the option is not asked.

use crate::problem::codes;
use crate::setting::fault::shown;
use crate::setting::{Fault, Value};

/// One option of a vendor's program, with its dash.
pub fn one(text: &str) -> Result<(), Fault> {
    if !text.starts_with('-') || text.len() < 2 {
        return Err(Fault::new(
            codes::SETTING_TEXT,
            format!("{} is not an option", shown(text)),
            "write it with its dash, such as -state",
        ));
    }
    word(text)
}

/// A list of words given to a vendor's program as they are.
pub fn several(value: &Value) -> Result<Value, Fault> {
    let remedy = "write a list of strings: [\"-nodisplay\", \"-noconsole\"]";
    let Value::List(_) = value else {
        return Err(Fault::new(
            codes::SETTING_TYPE,
            format!("is {}, not a list", value.type_name()),
            remedy,
        ));
    };
    let Some(words) = value.as_texts() else {
        return Err(Fault::new(
            codes::SETTING_TYPE,
            "contains something that is not a string",
            remedy,
        ));
    };
    for text in words {
        word(text)?;
    }
    Ok(value.clone())
}

fn word(text: &str) -> Result<(), Fault> {
    if text.starts_with("-w") {
        let remedy = "a password on a command line is seen by everybody with ps; use \
                      password-file-option and password-file";
        return Err(Fault::new(
            codes::SETTING_SECRET,
            "contains -w, which carries a password on the command line",
            remedy,
        ));
    }
    match text.chars().find(|&c| !c.is_ascii_alphanumeric() && !"_./,:=+@%-".contains(c)) {
        Some(bad) => Err(Fault::new(
            codes::SETTING_TEXT,
            format!("{} contains {bad:?}", shown(text)),
            "write each word as an item of its own",
        )),
        None if text.is_empty() => {
            Err(Fault::new(codes::SETTING_TEXT, "contains an empty word", "remove it"))
        }
        None => Ok(()),
    }
}
