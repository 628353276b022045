//! Every rule of `calha rt lint`, in one table. An error is backed by a manual; what is only usual
//! is a warning or a note.

use super::Release;
use super::rule::{Rule, Severity};

const fn rule_of(
    code: &'static str,
    severity: Severity,
    source: &'static str,
    what: &'static str,
    remedy: &'static str,
) -> Rule {
    Rule { code, severity, since: None, until: None, source, what, remedy, fix: None }
}

impl Rule {
    const fn since(mut self, release: Release) -> Self {
        self.since = Some(release);
        self
    }

    const fn until(mut self, release: Release) -> Self {
        self.until = Some(release);
        self
    }

    const fn mended_by(mut self, fix: &'static str) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// Names the rules and lists them.
macro_rules! rules {
    ($($name:ident = $severity:ident($code:literal, $source:literal, $what:literal, $remedy:literal)
        $(.$with:ident($arg:expr))*;)*) => {
        $(pub static $name: Rule =
            rule_of($code, Severity::$severity, $source, $what, $remedy)$(.$with($arg))*;)*
        /// All of them, in the order in which a file is read.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

rules! {
    // Characters.
    TYPOGRAPHIC_QUOTE = Error("rtr.typographic-quote", "rt_reg(4)",
        "A value stands in typographic quotes. The file is ASCII, and only \" quotes.",
        "Write \" on both sides.").mended_by("writes \" on both sides");
    MIXED_QUOTES = Error("rtr.mixed-quotes", "rt_reg(4)",
        "A value begins with one kind of quote and ends with another.",
        "Write \" on both sides.").mended_by("writes \" on both sides");
    OPEN_QUOTE = Error("rtr.open-quote", "rt_reg(4)",
        "A quote is not closed on its line.",
        "Close it before the semicolon.");
    VALUE_LINES = Warning("rtr.value-lines", "817-6555, names and values of the RGM",
        "A value goes over several lines. The manual forbids newlines in values of properties, and \
         no known file has one.",
        "Write the value on one line.");
    NOT_ASCII = Warning("rtr.not-ascii", "rt_reg(4)",
        "Outside comments stands a character that is not ASCII. The manual says that the file is \
         ASCII.",
        "Write it in ASCII.");
    NUL_BYTE = Warning("rtr.nul-byte", "817-6555, names and values of the RGM",
        "The file has a NUL byte. Values must not have one.",
        "Remove it: the file may be damaged, or no text.");
    CARRIAGE_RETURN = Warning("rtr.carriage-return",
        "none: no document says how the cluster takes them",
        "Lines end in CR LF, as on DOS. No known file has that.",
        "Convert the file: dos2unix.");

    // Syntax.
    MISSING_SEMICOLON = Error("rtr.missing-semicolon", "rt_reg(4)",
        "A property or an attribute does not end with a semicolon.",
        "Write ; behind it.");
    MISSING_BRACE = Error("rtr.missing-brace", "rt_reg(4)",
        "A brace is not closed.",
        "Write } where the declaration ends.");
    STRAY_BRACE = Error("rtr.stray-brace", "rt_reg(4)",
        "A brace is closed that none has opened.",
        "Remove it, or look for the { that is missing before it.");
    MISSING_NAME = Error("rtr.missing-name", "rt_reg(4)",
        "A property or an attribute has no name.",
        "Write its name, or remove the line.");
    UNQUOTED_BLANKS = Error("rtr.unquoted-blanks", "rt_reg(4)",
        "A value has blanks and no quotes. Blanks separate words there.",
        "Put the value in quotes.");
    EMPTY_STATEMENT = Note("rtr.empty-statement", "none: no document says how the cluster takes it",
        "A semicolon stands there with nothing before it.",
        "Remove it.");

    // Directives.
    KEYWORD_COMMENT = Error("rtr.keyword-comment", "rt_reg(4)",
        "A keyword of RCS or CVS begins the comment, so that #$ begins a directive, and it is \
         not one.",
        "Write a blank behind the #.").mended_by("writes a blank behind the #");
    UNKNOWN_DIRECTIVE = Error("rtr.unknown-directive", "rt_reg(4)",
        "A line that begins with #$ is neither #$upgrade nor #$upgrade_from.",
        "Correct its word, or write a blank behind the # if it is a comment.");
    DIRECTIVE_PLACE = Error("rtr.directive-place", "rt_reg(4)",
        "A directive does not stand between the type's properties and the first { of the second \
         part.",
        "Move it behind the last property of the type, before the first {.");
    DIRECTIVE_VERSION = Error("rtr.directive-version", "second guide, example 4-1",
        "#$upgrade_from has no version.",
        "Write the earlier version in quotes; \"\" is a type without one.");
    DIRECTIVE_TUNABILITY = Error("rtr.directive-tunability", "second guide, example 4-1",
        "#$upgrade_from does not say when a resource may move, or with a word that is not one of \
         the six.",
        "Write ANYTIME, WHEN_UNMONITORED, WHEN_OFFLINE, WHEN_DISABLED, WHEN_UNMANAGED or \
         AT_CREATION.");
    DIRECTIVE_REST = Warning("rtr.directive-rest", "second guide, example 4-1",
        "Something stands behind a directive.",
        "Remove it, or give it a comment of its own.");
    DIRECTIVE_QUOTES = Warning("rtr.directive-quotes", "second guide, example 4-1",
        "The version of #$upgrade_from is not in plain quotes, as it is in every example.",
        "Put it in \" quotes.").mended_by("writes \" on both sides");
    DIRECTIVE_CAPITALS = Warning("rtr.directive-capitals", "none: all examples have small letters",
        "A directive is written with capitals.",
        "Write #$upgrade and #$upgrade_from in small letters.");
    UPGRADE_MISSING = Warning("rtr.upgrade-missing", "none: no document says what the cluster does",
        "#$upgrade_from stands there and #$upgrade does not, so the type may count as not aware of \
         upgrades.",
        "Write a line #$upgrade before it.");
    UPGRADE_TWICE = Warning("rtr.upgrade-twice", "none: no document says which line counts",
        "A directive is there twice, or two speak of the same version.",
        "Leave one of them.");
    UPGRADE_OWN_VERSION = Warning("rtr.upgrade-own-version",
        "none: no document says what the cluster does",
        "#$upgrade_from names the version that the file itself declares.",
        "Remove the line, or correct one of the two versions.");
    UPGRADE_UNAWARE = Note("rtr.upgrade-unaware", "second guide, names of resource types",
        "The type has a version and no #$upgrade: it is registered without its version, and its \
         resources cannot move to the next one.",
        "Add #$upgrade if that is wanted; the registered name then changes.");

    // The type's own properties.
    NOT_FIRST = Error("rtr.not-first", "rt_reg(4)",
        "Resource_type is not the first property. Registration then fails.",
        "Move it to the top.");
    TYPE_MISSING = Error("rtr.type-missing", "rt_reg(4)",
        "Resource_type is not declared.",
        "Declare it first: Resource_type = \"name\";");
    TYPE_PERIOD = Warning("rtr.type-period", "recalled",
        "The name of the type has a period or a colon, which separate it from vendor and version.",
        "Choose a name of letters, digits, - and _.");
    START_MISSING = Error("rtr.start-missing", "817-4227, resource type properties",
        "The type has neither a Start nor a Prenet_start method.",
        "Declare one of them.");
    STOP_MISSING = Error("rtr.stop-missing", "817-4227, resource type properties",
        "The type has neither a Stop nor a Postnet_stop method.",
        "Declare one of them.");
    VERSION_MISSING = Error("rtr.version-missing", "second guide, RT_version",
        "RT_version is not declared. It is required from 3.1 on.",
        "Declare it: RT_version = \"1.0\";").since(Release::R3_1);
    VERSION_CHARACTERS = Error("rtr.version-characters", "819-0581/rtupgrade-19",
        "RT_version has one of the characters that it must not have: blank, tab, / \\ * ? , ; [ ].",
        "Use letters, digits, dots and minus signs.");
    VERSION_COLON = Warning("rtr.version-colon", "second guide, names of resource types",
        "RT_version has a colon, which separates the version from the name.",
        "Use a dot or a minus sign.");
    INSTALLED_NODES = Error("rtr.installed-nodes", "rt_properties(5)",
        "Installed_nodes stands in the file. Only an administrator may set it.",
        "Remove it.");
    RT_SYSTEM = Error("rtr.rt-system", "817-6564, 819-0182: rt_properties(5) of 3.1",
        "RT_system stands in the file. Up to 3.1 only an administrator may set it.",
        "Remove it, or register the type on 3.2 and later only.").until(Release::R3_1U4);
    API_VERSION = Warning("rtr.api-version", "rt_properties(5)",
        "API_version is not a whole number from 2 on.",
        "Write a number of the table of releases; 2 fits every release.");
    API_TOO_NEW = Error("rtr.api-too-new", "rt_properties(5)",
        "The type declares an API_version that the release does not have yet, so it cannot be \
         registered there.",
        "Declare a lower API_version, or use a later release.");
    RELEASE_NONE = Error("rtr.release-none", "rt_properties(5)",
        "No known release takes this file.",
        "Look at the errors of each release: calha rt lint --release 3.1 FILE.");
    UNKNOWN_PROPERTY = Warning("rtr.unknown-property", "rt_properties(5)",
        "No document names this property of a type.",
        "Correct its name, or remove it.");
    DUPLICATE_PROPERTY = Warning("rtr.duplicate-property",
        "none: no document says which one counts",
        "A property of the type is declared twice.",
        "Leave one of them.");
    BASEDIR_MISSING = Warning("rtr.basedir-missing", "recalled",
        "A method has a relative path, and there is no RT_basedir that it could belong to.",
        "Declare RT_basedir, or write the whole path.");
    PLACEHOLDER = Note("rtr.placeholder", "seen in files",
        "A value is a placeholder, so this is a template that an installation fills in.",
        "Fill it in before the type is registered.");
    MONITOR_STOP_MISSING = Warning("rtr.monitor-stop-missing", "recalled",
        "The type starts a monitor and has no method that stops it.",
        "Declare Monitor_stop.");
    GLOBAL_ZONE = Warning("rtr.global-zone", "819-2972",
        "Global_zone exists from 3.2 on.",
        "Remove it for earlier releases.").until(Release::R3_1U4);
    METHOD_FILE = Warning("rtr.method-file", "rt_reg(4)",
        "A declared method is not in the directory, or cannot be executed.",
        "Put it there; a link that is made at installation may be why it is not.");

    // Declarations of resource properties.
    PROPERTY_FIRST = Error("rtr.property-first", "rt_reg(4)",
        "PROPERTY is not the first attribute of a declaration.",
        "Move it behind the {.");
    EXTENSION_SECOND = Note("rtr.extension-second", "seen in files",
        "EXTENSION is not the second attribute, as it is in all known files.",
        "Move it behind PROPERTY.");
    SYSTEM_TYPE = Error("rtr.system-type", "property_attributes(5)",
        "A property that the system defines has a type. Its type is given.",
        "Remove the type, or write EXTENSION; behind the name.");
    SYSTEM_DESCRIPTION = Error("rtr.system-description", "property_attributes(5)",
        "A property that the system defines has a description.",
        "Remove it, or write it as a comment.");
    EXTENSION_TYPE = Warning("rtr.extension-type", "property_attributes(5)",
        "An extension property has no type.",
        "Write STRING; BOOLEAN; INT; STRINGARRAY; or ENUM { ... };");
    DEFAULT_EMPTY = Error("rtr.default-empty", "property_attributes(5)",
        "A property of type BOOLEAN, ENUM or INT has an empty default.",
        "Give it a value, or remove DEFAULT: a value is then required with the resource.");
    DEFAULT_VALUE = Warning("rtr.default-value", "property_attributes(5)",
        "The default does not fit the type or the limits of the property.",
        "Correct the default or the limits.");
    LIMITS = Warning("rtr.limits", "property_attributes(5)",
        "A limit is not a whole number, or the lower one is above the upper one.",
        "Correct the limits.");
    TIMEOUT_MIN = Error("rtr.timeout-min", "property_attributes(5)",
        "The timeout of a method has MIN = 0.",
        "Use at least 1.");
    TIMEOUT_MAX = Error("rtr.timeout-max", "property_attributes(5)",
        "The timeout of a method has a MAX.",
        "Remove it.");
    TIMEOUT_METHOD = Warning("rtr.timeout-method", "819-2070, resource properties",
        "The timeout of a method is declared, and the method is not.",
        "Declare the method, or remove the timeout.");
    TUNABLE = Warning("rtr.tunable", "property_attributes(5)",
        "TUNABLE has a word that is not one of its own.",
        "Write ANYTIME, WHEN_DISABLED, AT_CREATION or NONE.");
    PER_NODE = Error("rtr.per-node", "property_attributes(5)",
        "A property with PER_NODE has no default, or is a STRINGARRAY.",
        "Give it a default and another type.");
    PER_NODE_PLACE = Warning("rtr.per-node-place", "property_attributes(5)",
        "PER_NODE is for extension properties, from 3.2 on.",
        "Remove it.");
    UNKNOWN_SYSTEM_PROPERTY = Warning("rtr.unknown-system-property", "r_properties(5)",
        "A declaration without EXTENSION has a name that the system does not define.",
        "Correct the name, or write EXTENSION; behind it.");
    UNKNOWN_ATTRIBUTE = Warning("rtr.unknown-attribute", "property_attributes(5)",
        "No document names this attribute.",
        "Correct its name, or remove it.");
    DUPLICATE_ATTRIBUTE = Warning("rtr.duplicate-attribute",
        "none: no document says which one counts",
        "An attribute is there twice.",
        "Leave one of them.");
    DUPLICATE_ENTRY = Warning("rtr.duplicate-entry", "none: no document says which one counts",
        "A resource property is declared twice; capitals do not tell them apart.",
        "Leave one of the declarations.");
    NAME_FORM = Warning("rtr.name-form", "817-6555, names and values of the RGM",
        "A name does not begin with a letter, has other characters than letters, digits, - and _, \
         or is longer than 255.",
        "Choose another name.");
    SCALABLE_FAILOVER = Warning("rtr.scalable-failover", "820-3938/6nfehgbka",
        "Failover and Scalable are both TRUE, which the guide calls illogical.",
        "Set one of them to FALSE.");
    FAILOVER_MODE = Warning("rtr.failover-mode", "819-0197",
        "Failover_mode RESTART_ONLY and LOG_ONLY exist from 3.1 9/04 on.",
        "Use NONE, SOFT or HARD for earlier releases.").until(Release::R3_1U2);
    RETRY_INTERVAL = Note("rtr.retry-interval", "816-3385, sample",
        "Retry_interval is not a multiple of 60; the sample says that it is rounded up to minutes.",
        "Use a multiple of 60 if that matters.");
    VALUE_SEPARATOR = Note("rtr.value-separator", "817-6555, names and values of the RGM",
        "A value has a comma or a semicolon, which the manual forbids in values of properties.",
        "Leave it out where the value is more than a description.");

    // The file as a whole.
    TOO_MANY = Warning("rtr.too-many", "none: nobody reads so many findings",
        "The file has more faults of syntax or more findings than calha lists. Not all of it was \
         judged.",
        "Mend what is listed, then lint it again; or look whether it is a registration file at \
         all.");
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_there_once_and_an_error_has_a_source() {
        let codes: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());

        for rule in RULES.iter().filter(|rule| rule.severity == Severity::Error) {
            let backed = !rule.source.starts_with("none") && rule.source != "recalled";
            assert!(backed, "{}", rule.code);
        }
    }
}
