//! Commands that a message names: whole, with the profile and its settings, quoted for the shell,
//! so that they work as they are printed. Which of them goes on is not known here: that depends on
//! what was typed (`ui::Way`).

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;

use super::{Undertaking, typed_word};

/// What a profile is called on a command line, and what of it a run is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commands {
    /// The profile's path, as it was typed.
    pub profile: OsString,
    /// What `--set` gave beside it.
    pub set: Vec<String>,
    /// What the commands below are for.
    pub of: Undertaking,
}

impl Commands {
    /// The command with this name and these options, for this profile.
    pub fn of(&self, name: &str) -> String {
        format!("calha {name} {}", self.arguments())
    }

    /// Does what the run is about, from its beginning.
    pub fn forward(&self) -> String {
        let (name, options) = self.of.forward();
        self.of(name) + &options
    }

    /// Goes on with it.
    pub fn resume(&self) -> String {
        match self.of {
            Undertaking::Installation => self.of("resume"),
            _ => self.forward(),
        }
    }

    /// Undoes all of it.
    pub fn undo(&self) -> String {
        let (name, options) = self.of.undo();
        self.of(name) + &options
    }

    /// Undoes this step and what followed it; of other work than an installation, all of it.
    pub fn back_from(&self, step: &str) -> String {
        match self.of {
            Undertaking::Installation => {
                format!("{} --from {}", self.undo(), typed_word(step.as_ref()))
            }
            _ => self.undo(),
        }
    }

    /// Notes what is settled by hand.
    pub fn resolve(&self) -> String {
        self.of("resolve") + &self.of.journal()
    }

    /// Says what its journal knows.
    pub fn status(&self) -> String {
        match self.of {
            Undertaking::Installation => self.of("status"),
            _ => self.of("report") + &self.of.journal(),
        }
    }

    /// What follows the command's name: the profile, and what was set beside it.
    pub fn arguments(&self) -> String {
        let mut words = vec![self.profile()];
        words.extend(self.set.iter().map(|one| format!("--set {}", typed_word(one.as_ref()))));
        words.join(" ")
    }

    /// The profile's path as a word of the shell; a path that begins like an option is no option.
    pub fn profile(&self) -> String {
        let is_like_an_option = self.profile.as_bytes().starts_with(b"-");
        let mut word = OsString::from(if is_like_an_option { "./" } else { "" });
        word.push(&self.profile);
        typed_word(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::{Commands, Undertaking};

    #[test]
    fn names_the_profile_as_a_shell_reads_it() {
        let set = vec!["account.uid=5001".to_owned(), "backup.directory=/a b".to_owned()];
        let commands = Commands { profile: "my site's.toml".into(), set, ..Commands::default() };
        assert_eq!(
            commands.of("resume"),
            r"calha resume 'my site'\''s.toml' --set account.uid=5001 --set 'backup.directory=/a b'"
        );
        let dash = Commands { profile: "-a.toml".into(), ..Commands::default() };
        assert_eq!(dash.of("status"), "calha status ./-a.toml");
    }
    #[test]
    fn names_the_commands_of_what_it_is_about() {
        let of = |of| Commands { profile: "a.toml".into(), set: Vec::new(), of };
        let told = |of| {
            let commands: Commands = of;
            let all = [commands.resume(), commands.undo(), commands.resolve(), commands.status()];
            all.map(|command| command.replace("a.toml", "P").replace("calha ", ""))
        };

        let installation = ["resume P", "rollback P", "resolve P", "status P"];
        assert_eq!(told(of(Undertaking::Installation)), installation);

        let debugging = of(Undertaking::Debugging { level: "3".into() });
        assert_eq!(
            told(debugging),
            ["debug on P --level 3", "debug off P", "resolve P --debug", "report P --debug"]
        );

        let (base, to) = ("SUNW.nfs".to_owned(), "3.2".to_owned());
        let upgrade = Undertaking::Upgrade { base, to, resources: vec!["nfs-rs".into()] };
        assert_eq!(
            told(of(upgrade)),
            [
                "rt upgrade P --type SUNW.nfs --to 3.2 --resource nfs-rs",
                "rt upgrade P --type SUNW.nfs --rollback",
                "resolve P --upgrade SUNW.nfs",
                "report P --upgrade SUNW.nfs",
            ]
        );
    }
}
