//! The catalogue of what is wrong in the guides, one file for each part of them.

mod asymmetric;
mod configurator;
mod debugging;
mod overview;
mod removal;
mod symmetric;
mod tables;
mod types;

use super::Erratum;

/// Every erratum that is known here, by number.
pub fn errata() -> Vec<&'static Erratum> {
    let parts = [
        overview::ALL,
        tables::ALL,
        asymmetric::ALL,
        symmetric::ALL,
        removal::ALL,
        debugging::ALL,
        configurator::ALL,
        types::ALL,
    ];
    let mut all: Vec<&Erratum> = parts.into_iter().flatten().collect();
    all.sort_by_key(|e| number(e.id));
    all
}

/// An erratum by its id; case and leading zeros do not matter.
pub fn erratum(id: &str) -> Option<&'static Erratum> {
    let wanted = number(id)?;
    errata().into_iter().find(|e| number(e.id) == Some(wanted))
}

fn number(id: &str) -> Option<u32> {
    id.strip_prefix(['E', 'e'])?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found_however_they_are_written() {
        let all = errata();
        assert!(all.windows(2).all(|w| number(w[0].id) < number(w[1].id)), "sorted, no id twice");
        assert_eq!(erratum("e8").map(|e| e.id), Some("E08"));
        assert!(erratum("E999").is_none() && erratum("34").is_none());
    }
}
