//! Rules about the values of attributes: defaults, limits, tunability.

use super::findings::Findings;
use super::shown::{beginning, shown};
use crate::resource_type::declaration::Declared;
use crate::resource_type::reader::Statement;
use crate::resource_type::{Finding, rules};

pub fn check(property: &Declared<'_>, findings: &mut Findings) {
    tunable(property, findings);
    limits(property, findings);
    default(property, findings);

    let name = property.name().unwrap_or_default();
    if name.eq_ignore_ascii_case("Failover_mode") {
        failover_mode(property, findings);
    }
    if name.eq_ignore_ascii_case("Retry_interval") {
        let odd = property.number(&["Default"]).filter(|seconds| seconds % 60 != 0);
        if let (Some(seconds), Some(statement)) = (odd, property.attribute(&["Default"])) {
            let what = format!("Retry_interval {seconds} is not a multiple of 60");
            findings.push(Finding::new(&rules::RETRY_INTERVAL, statement.span, what));
        }
    }
}

/// Words of TUNABLE, property_attributes(5).
const TUNABLE: [&str; 6] = ["NONE", "FALSE", "ANYTIME", "TRUE", "AT_CREATION", "WHEN_DISABLED"];

fn tunable(property: &Declared<'_>, findings: &mut Findings) {
    let Some(statement) = property.attribute(&["Tunable"]) else { return };
    let Some(value) = property.value(&["Tunable"]).filter(|_| statement.assigned) else { return };
    if TUNABLE.iter().any(|word| word.eq_ignore_ascii_case(&value)) {
        return;
    }
    let what = format!("TUNABLE does not take {}", shown(&value));
    findings.push(Finding::new(&rules::TUNABLE, statement.span, what));
}

/// Pairs of limits; both spellings of those of arrays.
const LIMITS: [([&str; 2], [&str; 2]); 3] = [
    (["Min", "Min"], ["Max", "Max"]),
    (["Minlength", "Minlength"], ["Maxlength", "Maxlength"]),
    (["Array_minsize", "Arraymin"], ["Array_maxsize", "Arraymax"]),
];

fn limits(property: &Declared<'_>, findings: &mut Findings) {
    for (low, high) in LIMITS {
        for names in [low, high] {
            let Some(statement) = property.attribute(&names) else { continue };
            if property.number(&names).is_none() {
                let text = shown(&property.value(&names).unwrap_or_default());
                let what = format!("{} = {text} is not a whole number", names[0].to_uppercase());
                findings.push(Finding::new(&rules::LIMITS, statement.span, what));
            }
        }
        if let (Some(least), Some(most)) = (property.number(&low), property.number(&high))
            && least > most
            && let Some(statement) = property.attribute(&high)
        {
            let what = format!(
                "{} = {least} is above {} = {most}",
                low[0].to_uppercase(),
                high[0].to_uppercase()
            );
            findings.push(Finding::new(&rules::LIMITS, statement.span, what));
        }
    }
}

fn default(property: &Declared<'_>, findings: &mut Findings) {
    let Some(statement) = property.attribute(&["Default"]) else { return };
    let value = property.value(&["Default"]).unwrap_or_default();
    let kind = property.kind().map(|(kind, _)| kind);

    let empty = value.is_empty() || value.eq_ignore_ascii_case("NULL");
    // `DEFAULT;` of a boolean means TRUE, as of every boolean.
    let flag = kind == Some("Boolean") && !statement.assigned;
    if empty && !flag && matches!(kind, Some("Boolean" | "Enum" | "Int")) {
        let what = format!("the default of a property of type {} is empty", kind.unwrap_or(""));
        findings.push(Finding::new(&rules::DEFAULT_EMPTY, statement.span, what));
        return;
    }
    if empty {
        return;
    }
    if let Some(why) = unfit(property, kind, &value) {
        let what = format!("the default {} {why}", shown(&value));
        findings.push(Finding::new(&rules::DEFAULT_VALUE, statement.span, what));
    }
    separators(property, kind, statement, findings);
}

/// Why a default does not fit.
fn unfit(property: &Declared<'_>, kind: Option<&str>, value: &str) -> Option<String> {
    let within = |number: i64, low: &[&str], high: &[&str]| -> Option<String> {
        let least = property.number(low).filter(|least| number < *least);
        let most = property.number(high).filter(|most| number > *most);
        least.map(|l| format!("is below {l}")).or(most.map(|m| format!("is above {m}")))
    };

    match kind {
        Some("Boolean") => {
            let known = ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(value));
            (!known).then(|| "is neither TRUE nor FALSE".into())
        }
        Some("Enum") => {
            let literals = property.literals();
            let known = literals.iter().any(|literal| literal.eq_ignore_ascii_case(value));
            (!known && !literals.is_empty())
                .then(|| format!("is none of {}", beginning(&literals.join(", "), 200)))
        }
        Some("String") => {
            let length = i64::try_from(value.chars().count()).unwrap_or(i64::MAX);
            within(length, &["Minlength"], &["Maxlength"])
                .map(|why| format!("has a length that {why}"))
        }
        Some("Stringarray") => None,
        // The types of the system's own properties are not written in the file; those with limits
        // are numbers.
        Some(_) | None => {
            let limited = property.attribute(&["Min"]).or(property.attribute(&["Max"])).is_some();
            match value.parse::<i64>() {
                Ok(number) => within(number, &["Min"], &["Max"]),
                Err(_) => (kind == Some("Int") || limited).then(|| "is not a whole number".into()),
            }
        }
    }
}

fn separators(
    property: &Declared<'_>,
    kind: Option<&str>,
    statement: &Statement,
    findings: &mut Findings,
) {
    let quoted = property.file.values(statement).iter().filter(|value| value.quotes.is_some());
    let odd = quoted.map(|value| property.file.text(value.text)).find(|text| {
        text.contains(';') || (text.contains(',') && kind.is_some_and(|k| k != "Stringarray"))
    });
    if let Some(text) = odd {
        let what = format!("the default {} has a comma or a semicolon", shown(&text));
        findings.push(Finding::new(&rules::VALUE_SEPARATOR, statement.span, what));
    }
}

fn failover_mode(property: &Declared<'_>, findings: &mut Findings) {
    let Some(statement) = property.attribute(&["Default"]) else { return };
    let value = property.value(&["Default"]).unwrap_or_default();
    if ["RESTART_ONLY", "LOG_ONLY"].iter().any(|word| word.eq_ignore_ascii_case(&value)) {
        let what = format!("Failover_mode {value} exists from 3.1 9/04 on");
        findings.push(Finding::new(&rules::FAILOVER_MODE, statement.span, what));
    }
}
