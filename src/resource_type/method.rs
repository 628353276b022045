//! The callback methods that a type may declare, rt_callbacks(1HA).

/// A callback method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    Start,
    Stop,
    PrenetStart,
    PostnetStop,
    Init,
    Fini,
    Boot,
    Validate,
    Update,
    MonitorStart,
    MonitorStop,
    MonitorCheck,
}

impl Method {
    pub const ALL: [Self; 12] = [
        Self::Start,
        Self::Stop,
        Self::PrenetStart,
        Self::PostnetStop,
        Self::Init,
        Self::Fini,
        Self::Boot,
        Self::Validate,
        Self::Update,
        Self::MonitorStart,
        Self::MonitorStop,
        Self::MonitorCheck,
    ];

    /// Its name as a type property.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::Stop => "Stop",
            Self::PrenetStart => "Prenet_start",
            Self::PostnetStop => "Postnet_stop",
            Self::Init => "Init",
            Self::Fini => "Fini",
            Self::Boot => "Boot",
            Self::Validate => "Validate",
            Self::Update => "Update",
            Self::MonitorStart => "Monitor_start",
            Self::MonitorStop => "Monitor_stop",
            Self::MonitorCheck => "Monitor_check",
        }
    }

    /// Its place among all of them.
    pub fn number(self) -> usize {
        self as usize
    }

    /// The method of a type property, whatever its capitals.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name().eq_ignore_ascii_case(name))
    }

    /// The method whose timeout a resource property is. `Probe_timeout` is none.
    pub fn of_timeout(property: &str) -> Option<Self> {
        let ending = property.len().checked_sub("_timeout".len())?;
        let (name, rest) = property.split_at_checked(ending)?;
        rest.eq_ignore_ascii_case("_timeout").then(|| Self::parse(name))?
    }
}
