//! A Calendar Server of somebody else, in each place where it may stand, against an installation:
//! it is untouched, and where it can be seen before the first change nothing is changed at all.

use super::foreign_places::{PLACES, Place};
use super::site::Site;
use super::thorough::thorough;

#[test]
fn no_installation_begins_where_a_calendar_server_of_somebody_else_is_seen() {
    PLACES.iter().filter(|place| place.early).for_each(is_left_alone);
}

#[test]
fn no_installation_touches_a_calendar_server_of_somebody_else() {
    // What is seen late takes most steps.
    let late = PLACES.iter().filter(|place| !place.early);
    late.take(if thorough() { PLACES.len() } else { 2 }).for_each(is_left_alone);
}

fn is_left_alone(place: &Place) {
    let site = Site::new();
    place.stage(&site.lab);
    let fresh = site.lab.digest_all(&["/var/opt/calha"]).unwrap();

    let set: Vec<&str> = place.set.iter().flat_map(|set| ["--set", set]).collect();
    let said = site.run("install", &[&["--yes"][..], &set].concat());
    let all = format!("{}{}", said.out, said.err);
    let refused = matches!(said.status, 1 | 3) && all.contains(place.code);
    assert!(refused, "{}: {} {all}", place.name, said.status);

    place.is_untouched(&site.lab);
    if place.early {
        let now = site.lab.digest_all(&["/var/opt/calha"]).unwrap();
        let changed = now.differences(&fresh);
        assert!(changed.is_empty(), "{}: {changed:?}", place.name);
    }
}
