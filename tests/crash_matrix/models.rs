//! The models with several instances: everything that holds for one instance holds for them.

use calha::guide::Guide;
use calha::setting::Resolved;

use super::bench::{Start, of_model, rollback};
use super::matrix::{Matrix, check, next};
use super::points::{Point, points};
use super::thorough::thorough;
use super::whole::once_and_back;

/// Both models with both kinds of file system.
fn all() -> Vec<Resolved> {
    let mut all = Vec::new();
    for (model, count) in [("symmetric", 2), ("n-plus-one", 3)] {
        for kind in ["failover", "cluster"] {
            let set: Vec<String> = (1..=count).map(|n| format!("instance.cs{n}.file-system={kind}")).collect();
            let set: Vec<&str> = set.iter().map(String::as_str).collect();
            all.push(of_model(model, &set));
        }
    }
    all
}

#[test]
fn each_model_is_installed_once_and_taken_back() {
    all().iter().for_each(once_and_back);
}

/// Every point of one model, or some of them.
fn killed_at_every_point(at: usize) {
    let resolved = &all()[at];
    let mut matrix = Matrix::of(Guide::of(resolved, "cal").unwrap(), Start::fresh(resolved));
    let (all, stride) = (matrix.points.len(), if thorough() { 1 } else { 97 });
    matrix.points = matrix.points.into_iter().step_by(stride).collect();
    println!("{} of {all} points", matrix.points.len());
    check(&matrix.failures(), matrix.points.len() * 2);
}

#[test]
fn symmetric_with_failover_file_systems_killed_at_every_point() {
    killed_at_every_point(0);
}

#[test]
fn symmetric_with_cluster_file_systems_killed_at_every_point() {
    killed_at_every_point(1);
}

#[test]
fn n_plus_one_with_failover_file_systems_killed_at_every_point() {
    killed_at_every_point(2);
}

#[test]
fn n_plus_one_with_cluster_file_systems_killed_at_every_point() {
    killed_at_every_point(3);
}

#[test]
fn a_rollback_of_each_model_killed_at_random_pairs_of_points_rolls_back() {
    let mut seed = std::env::var("CALHA_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(6_560_681);
    println!("seed {seed}; another one with CALHA_SEED");
    for resolved in all() {
        let matrix = Matrix::of(Guide::of(&resolved, "cal").unwrap(), Start::fresh(&resolved));
        let (mut failures, mut pairs) = (Vec::new(), 0);
        for _ in 0..if thorough() { 4 } else { 1 } {
            let point = &matrix.points[next(&mut seed) % matrix.points.len()];
            let (again, result, _) = points(&matrix.guide, &point.start, &rollback);
            result.unwrap_or_else(|stop| panic!("{}: {stop:?}", point.label));
            for _ in 0..5 {
                let second = &again[next(&mut seed) % again.len()];
                let label = format!("{} / {}", point.label, second.label);
                let both = Point { label, start: second.start.clone() };
                let left = Matrix::leftovers(&point.start.journal);
                failures.extend(matrix.rolled_back_leaving(&both, &left, &rollback));
                pairs += 1;
            }
        }
        check(&failures, pairs);
    }
}
