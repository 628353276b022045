//! Commands that a message names: whole, with the profile and its settings, quoted for the shell,
//! so that they work as they are printed. Which of them goes on is not known here: that depends on
//! what was typed (`ui::Way`).

use crate::op::quote;

/// What a profile is called on a command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commands {
    /// The profile's path, as it was typed.
    pub profile: String,
    /// What `--set` gave beside it.
    pub set: Vec<String>,
}

impl Commands {
    /// The command with this name and these options, for this profile.
    pub fn of(&self, name: &str) -> String {
        format!("calha {name} {}", self.arguments())
    }

    /// What follows the command's name: the profile, and what was set beside it.
    pub fn arguments(&self) -> String {
        let mut words = vec![self.profile()];
        words.extend(self.set.iter().map(|one| format!("--set {}", quote(one))));
        words.join(" ")
    }

    /// The profile's path as a word of the shell; a path that begins like an option is no option.
    pub fn profile(&self) -> String {
        let dash = if self.profile.starts_with('-') { "./" } else { "" };
        quote(&format!("{dash}{}", self.profile))
    }
}

#[cfg(test)]
mod tests {
    use super::Commands;

    #[test]
    fn names_the_profile_as_a_shell_reads_it() {
        let set = vec!["account.uid=5001".to_owned(), "backup.directory=/a b".to_owned()];
        let commands = Commands { profile: "my site's.toml".into(), set };
        assert_eq!(
            commands.of("resume"),
            r"calha resume 'my site'\''s.toml' --set account.uid=5001 --set 'backup.directory=/a b'"
        );
        let dash = Commands { profile: "-a.toml".into(), set: Vec::new() };
        assert_eq!(dash.of("status"), "calha status ./-a.toml");
    }
}
