/// When a setting must have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// In every installation.
    Always,
    /// Only when the setting `key` has one of these values.
    When { key: &'static str, is: &'static [&'static str] },
    /// Never; absent means that the product or the cluster chooses.
    Optional,
}
