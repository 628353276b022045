//! What two registration files cannot say: whether code changed, and whether the new fits the old.

use std::path::Path;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::file::given;
use crate::resource_type::declaration::Declarations;
use crate::resource_type::method::Method;
use crate::resource_type::reader::RegistrationFile;

/// Bytes that a method may have.
const MOST: u64 = 64 << 20;

/// Answers to the guide's packaging questions. Absent: nobody has said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answers {
    /// Has the code of the monitor changed?
    pub monitor_code: Option<bool>,
    /// Has the code of other methods changed?
    pub method_code: Option<bool>,
    /// Can the new Update, Stop, Monitor_check and Postnet_stop work on what the old Start and
    /// Prenet_start have started?
    pub stop_fits_old_start: Option<bool>,
    /// Can the new Fini work on what the old Init has prepared?
    pub fini_fits_old_init: Option<bool>,
    /// Do the new methods need the new properties?
    pub methods_need_new_properties: Option<bool>,
    /// Does Stop or Postnet_stop fail where a new default is applied?
    pub stop_fails_with_new_defaults: Option<bool>,
    /// Does Fini fail where a new default is applied?
    pub fini_fails_with_new_defaults: Option<bool>,
}

/// The questions, by the name that the file of answers gives them.
pub const QUESTIONS: [(&str, &str); 7] = [
    ("monitor-code", "Has the code of the fault monitor changed?"),
    ("method-code", "Has the code of other methods changed?"),
    (
        "stop-fits-old-start",
        "Can the new Update, Stop, Monitor_check and Postnet_stop work on what the old Start and \
         Prenet_start have started?",
    ),
    ("fini-fits-old-init", "Can the new Fini work on what the old Init has prepared?"),
    ("methods-need-new-properties", "Do the new methods need the new properties?"),
    (
        "stop-fails-with-new-defaults",
        "Does Stop or Postnet_stop fail where a new default is applied?",
    ),
    ("fini-fails-with-new-defaults", "Does Fini fail where a new default is applied?"),
];

impl Answers {
    /// Reads a file of answers.
    ///
    /// # Errors
    /// What is wrong with the TOML, with its line.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// The answer of a question by its name.
    pub fn get(&mut self, name: &str) -> Option<&mut Option<bool>> {
        Some(match name {
            "monitor-code" => &mut self.monitor_code,
            "method-code" => &mut self.method_code,
            "stop-fits-old-start" => &mut self.stop_fits_old_start,
            "fini-fits-old-init" => &mut self.fini_fits_old_init,
            "methods-need-new-properties" => &mut self.methods_need_new_properties,
            "stop-fails-with-new-defaults" => &mut self.stop_fails_with_new_defaults,
            "fini-fails-with-new-defaults" => &mut self.fini_fails_with_new_defaults,
            _ => return None,
        })
    }

    /// These, and what the other says where these say nothing.
    pub fn or(self, other: &Self) -> Self {
        Self {
            monitor_code: self.monitor_code.or(other.monitor_code),
            method_code: self.method_code.or(other.method_code),
            stop_fits_old_start: self.stop_fits_old_start.or(other.stop_fits_old_start),
            fini_fits_old_init: self.fini_fits_old_init.or(other.fini_fits_old_init),
            methods_need_new_properties: self
                .methods_need_new_properties
                .or(other.methods_need_new_properties),
            stop_fails_with_new_defaults: self
                .stop_fails_with_new_defaults
                .or(other.stop_fails_with_new_defaults),
            fini_fails_with_new_defaults: self
                .fini_fails_with_new_defaults
                .or(other.fini_fails_with_new_defaults),
        }
    }
}

/// Whether code changed, from the files of the methods in two directories. Compatibility it does
/// not say.
///
/// # Errors
/// A declared method that is in neither directory, or cannot be read.
pub fn compared(
    old: (&RegistrationFile, &Path),
    new: (&RegistrationFile, &Path),
) -> Result<Answers, String> {
    let mut monitor = false;
    let mut method = false;
    for one in Method::ALL {
        let (was, is) = (digest(old.0, one, old.1)?, digest(new.0, one, new.1)?);
        if was == is {
            continue;
        }
        if matches!(one, Method::MonitorStart | Method::MonitorStop | Method::MonitorCheck) {
            monitor = true;
        } else {
            method = true;
        }
    }
    Ok(Answers { monitor_code: Some(monitor), method_code: Some(method), ..Answers::default() })
}

/// The digest of a method's file; absent where the method is not declared.
fn digest(
    file: &RegistrationFile,
    method: Method,
    directory: &Path,
) -> Result<Option<Vec<u8>>, String> {
    let declared = Declarations::of(file);
    let Some((_, path, _)) = declared.methods().into_iter().find(|(own, ..)| *own == method) else {
        return Ok(None);
    };
    let relative = path.trim_start_matches('/');
    let last = relative.rsplit('/').next().unwrap_or(relative);
    let place = [relative, last].into_iter().map(|name| directory.join(name)).find(|p| p.is_file());
    let place = place
        .ok_or_else(|| format!("{} {path} is not in {}", method.name(), directory.display()))?;
    let bytes = given(&place, MOST).map_err(|e| format!("{}: {e}", place.display()))?;
    Ok(Some(Sha256::digest(&bytes).to_vec()))
}
