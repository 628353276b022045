//! Names for what nodes do otherwise than one would expect; the table of facts says what each is.

/// What a program of the lab asks its personality about, one for each line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    CksumTabs,
    RootGroupOther,
    FgrepDropsLastLine,
    SedDropsLastLine,
    MkdirKeepsSetgid,
    ListingMarksMode,
    BootTimeUnknown,
    NameServiceAccounts,
    HostsAnswerIpv6First,
    SocketsListenOnAll,
    FstypCannotSay,
    StoragePlusSix,
    ServiceTypeVersioned,
    AddressTypeAmbiguous,
    PropertyValuesChecked,
    ManageBringsOnline,
    SystemTypeInUse,
    WaitingSaysMore,
    SwitchBeforeStop,
    OneRootPerHost,
}

impl Oddity {
    /// Whether every node does it, those without oddities too: plans rest on it.
    pub fn is_everywhere(self) -> bool {
        self == Self::OneRootPerHost
    }
}
