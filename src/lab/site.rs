//! What the simulated vendor programs must know that real ones carry on their medium or ask for.
//! `layout` fills it from the settings; nothing changes it while the lab lives, except a test
//! that stages something.

use serde::{Deserialize, Serialize};

/// What NIS or LDAP knows of accounts, as getent(1M) prints it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NameService {
    pub passwd: Vec<String>,
    pub group: Vec<String>,
}

/// Names of the profile, whether the cluster has them yet or not. There are none in a lab that an
/// earlier calha made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Foreseen {
    pub groups: Vec<String>,
    pub resources: Vec<String>,
    /// Of logical hosts: names and addresses.
    pub addresses: Vec<String>,
}

/// What the settings say of the site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Base directories that the Communications Suite installer fills, one per instance: pairs of
    /// install root and `cal-svr-base`.
    pub products: Vec<(String, String)>,
    pub directory_host: String,
    pub directory_port: u16,
    /// The option letter with which this release of comm_dssetup.pl reads the password from a file.
    pub password_file_option: String,
    /// Runtime user and group of the product, for checks where ics.conf cannot be read.
    pub account: Option<(String, String)>,
    pub state_option: String,
    pub record_option: String,
    /// `en` or `ko`: the language in which the configurator speaks, whatever LC_ALL says.
    pub language: String,
    /// Lines of passwd and group that only the name service has.
    #[serde(default)]
    pub name_service: NameService,
    /// What the profile will make.
    #[serde(default)]
    pub foreseen: Foreseen,
    /// Device nodes of all hosts: path and letter.
    pub devices: Vec<(String, char)>,
}
