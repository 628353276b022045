//! From a key to its entry. A name in the place of `<instance>` or `<node>` is handed back with it
//! and not judged: `named` does that.

use super::{Setting, is_placeholder, registry};

/// A setting and the name that stands in the place of its placeholder.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub setting: &'static Setting,
    /// The node or the instance; `None` for a setting that exists once.
    pub part: Option<&'a str>,
}

/// The setting of a key such as `instance.cal.port`; the pattern itself
/// (`instance.<instance>.port`) is found too.
pub fn lookup(key: &str) -> Option<Found<'_>> {
    let segments: Vec<&str> = key.split('.').collect();
    matching(&segments)
}

/// The setting of a key given in segments, none of which is taken apart.
pub fn matching<'a>(segments: &[&'a str]) -> Option<Found<'a>> {
    registry().find_map(|setting| {
        let mut part = None;
        let mut given = segments.iter();
        for expected in setting.segments() {
            let segment = *given.next()?;
            if is_placeholder(expected) && !segment.is_empty() {
                part = Some(segment);
            } else if segment != expected {
                return None;
            }
        }
        given.next().is_none().then_some(Found { setting, part })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_the_placeholder() {
        let found = lookup("instance.cal.port").unwrap();
        assert_eq!((found.setting.key, found.part), ("instance.<instance>.port", Some("cal")));
        assert_eq!(lookup("cluster.name").unwrap().part, None);
        for unknown in ["", "cluster", "cluster.name.x", "instance..port", "instance.cal", "port"] {
            assert!(lookup(unknown).is_none(), "{unknown:?} was found");
        }
    }

    #[test]
    fn a_quoted_key_is_one_segment() {
        assert!(matching(&["cluster.name"]).is_none());
    }
}
