//! The moves of one resource: one for each version that it is given.

use super::values::{Values, told};
use super::{Back, Found, FoundResource, Move, Request, Version, Versions};
use crate::cluster::Property;
use crate::problem::{Problem, codes};
use crate::resource_type::Tunability;

/// What becomes of a resource.
#[derive(Default)]
pub(super) struct Staged {
    pub moves: Vec<Move>,
    pub problems: Vec<Problem>,
    pub notes: Vec<String>,
}

/// A version that a resource leaves.
struct Left<'v> {
    full: String,
    version: String,
    /// Where its file is known.
    file: Option<&'v Version>,
}

/// The moves of a resource to the version that is asked for. The versions on the way are known.
pub(super) fn staged(
    request: &Request,
    found: &Found,
    versions: &Versions,
    resource: &FoundResource,
) -> Staged {
    let version = found.registered.iter().find(|r| r.full == resource.kind);
    let version = version.map(|r| r.version.clone()).unwrap_or_default();
    let mut left = Left { full: resource.kind.clone(), file: versions.get(&version), version };
    let mut values = Values::of(request, resource);
    let mut staged = Staged::default();

    let via = request.via.as_ref().filter(|via| **via != left.version);
    for goal in via.into_iter().chain([&request.to]) {
        let Some(new) = versions.get(goal) else { continue };
        let Some(one) = stage(request, found, resource, &left, new, &mut values, &mut staged)
        else {
            break;
        };
        staged.moves.push(one);
        left = Left { full: new.full(), version: new.version.clone(), file: Some(new) };
    }
    staged.problems.extend(values.unused());
    staged
}

/// One change of version; nothing where it cannot be.
fn stage(
    request: &Request,
    found: &Found,
    resource: &FoundResource,
    left: &Left<'_>,
    new: &Version,
    values: &mut Values,
    staged: &mut Staged,
) -> Option<Move> {
    let when = new.tunability(&left.version).unwrap_or(Tunability::AtCreation);
    let again = when == Tunability::AtCreation;
    if again {
        staged.problems.extend(forbidden(request, found, resource, left, new, values));
    }
    staged.notes.extend(notes(resource, left, new));

    let before = values.clone();
    let set = match values.given(new, left.file, again) {
        Ok(set) => set,
        Err(problems) => {
            staged.problems.extend(problems);
            return None;
        }
    };
    let back = if again {
        Back::Again { set: before.whole(left.file) }
    } else {
        back(left, new, before.lost(left.file, new, &set))
    };
    if let Back::Never { because } = &back {
        staged
            .notes
            .push(format!("{} cannot be given {} again: {because}", resource.name, left.full));
    }
    Some(Move {
        resource: resource.name.clone(),
        group: resource.group.clone(),
        from: left.full.clone(),
        to: new.full(),
        version: new.version.clone(),
        when,
        again,
        set,
        back,
    })
}

/// Why a resource that would have to be made again is not.
fn forbidden(
    request: &Request,
    found: &Found,
    resource: &FoundResource,
    left: &Left<'_>,
    new: &Version,
    values: &Values,
) -> Option<Problem> {
    let name = &resource.name;
    if new.version != request.to {
        let what = format!("{name} cannot move from {} to {}", left.full, new.full());
        return Some(Problem::new(codes::UPGRADE_VIA, what).hint("leave --via out"));
    }

    let users: Vec<&str> = found
        .resources
        .iter()
        .filter(|r| r.needs.contains(name))
        .map(|r| r.name.as_str())
        .collect();
    if !users.is_empty() {
        let what = format!(
            "{name} cannot move to {} and would have to be deleted, but {} depends on it",
            new.full(),
            users.join(", ")
        );
        let hint = "remove the dependency first, and put it back afterwards";
        return Some(Problem::new(codes::UPGRADE_RECREATE, what).hint(hint));
    }

    let why = if new.upgrade.aware {
        format!("{} takes it only at creation", new.full())
    } else {
        format!("version {} has no #$upgrade", new.version)
    };
    let what = format!("{name} has to be deleted and created again: {why}");

    let kept = told(&values.whole(Some(new)));

    (!request.recreate).then(|| {
        Problem::new(codes::UPGRADE_RECREATE, what)
            .hint(format!("--recreate does it, and keeps these properties: {kept}"))
    })
}

/// How the old version comes back by a change of Type_version: what holds for it says the old
/// version's own file, which never lists a newer one unless its author foresaw it.
fn back(left: &Left<'_>, new: &Version, set: Vec<Property>) -> Back {
    let named = left.full.contains(':');
    let never = |because: &str| Back::Never { because: because.to_owned() };
    match left.file {
        Some(old) => match old.tunability(&new.version) {
            Some(Tunability::AtCreation) => never("its file allows that only at creation"),
            Some(when) => Back::Version { version: left.version.clone(), when, set },
            None => never("that version has no #$upgrade, so no resource can move to it"),
        },
        None if named => {
            Back::Version { version: left.version.clone(), when: Tunability::WhenUnmanaged, set }
        }
        None => never("that version was registered without #$upgrade, or under Sun Cluster 3.0"),
    }
}

/// What is not plain about this stage.
fn notes(resource: &FoundResource, left: &Left<'_>, new: &Version) -> Vec<String> {
    let mut notes = Vec::new();

    if new.upgrade.aware && !new.lists(&left.version) {
        notes.push(format!(
            "{} does not list version '{}': resources of it move while their group is unmanaged. \
             An early manual says that such an upgrade fails; the later ones hold.",
            new.full(),
            left.version
        ));
        if new.lists("") && !left.version.is_empty() {
            notes.push(format!(
                "{} has a line for the version \"\". Some manuals let it stand for all versions \
                 that are not listed, others for a type without one: the stricter reading holds.",
                new.full()
            ));
        }
    }

    if left.file.is_some_and(|old| old.lists(&new.version)) {
        notes.push(format!("{} goes back to an earlier version", resource.name));
    }

    if left.file.is_none() && !left.full.contains(':') {
        notes.push(format!(
            "{} is registered without a version, and its file was not found. If {} was made on \
             Sun Cluster 3.0 it keeps old defaults: give those that have changed with --property.",
            left.full, resource.name
        ));
    }
    notes
}
