//! The cluster as a drawing, for worksheet and report. One SVG element without script or outside
//! reference, so that it may stand in any page. Colours, fonts and everything else that is style is
//! in the template; here is only where things stand.

use serde::Serialize;
use tera::{Context, Tera};

use crate::node::NodeName;
use crate::problem::{Problem, codes};
use crate::setting::{FileSystem, FileSystemKind, Instance, Settings};

const TEMPLATE: &str = include_str!("../../templates/picture.svg.tera");

/// Units of the drawing: width of a node, distance between two, height of a group in it.
const WIDTH: usize = 210;
const GAP: usize = 34;
const ROW: usize = 66;
const HEAD: usize = 40;
/// Distance from a node to the disks below it, and their size.
const FALL: usize = 74;
const DISK: usize = 84;
const LINE: usize = 16;
const MARGIN: usize = 18;

#[derive(Serialize)]
struct Node {
    x: usize,
    height: usize,
    name: String,
    rows: Vec<Row>,
}

/// A group on a node: at home there, or on standby.
#[derive(Serialize)]
struct Row {
    y: usize,
    active: bool,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Disk {
    x: usize,
    y: usize,
    lines: Vec<Label>,
    /// To the node that is active for it, and to the one on standby.
    home: [usize; 4],
    standby: [usize; 4],
}

#[derive(Serialize)]
struct Label {
    y: usize,
    text: String,
}

/// The cluster as a drawing: nodes, groups with their addresses, shared disks, and who is on
/// standby for whom. SVG, one element, no script, no outside reference; light and dark.
///
/// # Errors
/// A template that does not fit: a mistake of calha, reported instead of a panic.
pub fn picture(settings: &Settings) -> Result<String, Problem> {
    let nodes = &settings.cluster.nodes;
    let rows_of = |node| settings.instances.iter().filter(|i| i.nodes.contains(node)).count();
    let most = nodes.iter().map(rows_of).max().unwrap_or(1);
    let top = MARGIN + height_of(most) + FALL;

    let drawn: Vec<Node> =
        nodes.iter().enumerate().map(|(at, node)| of_node(at, node, settings)).collect();
    let disks: Vec<Disk> = settings
        .instances
        .iter()
        .enumerate()
        .map(|(number, instance)| of_disk(number, instance, settings, &drawn, top))
        .collect();
    let labels = disks.iter().flat_map(|disk| &disk.lines).map(|label| label.y);
    let lowest = labels.max().unwrap_or(0).max(top + DISK);

    let mut context = Context::new();
    context.insert("width", &(x_of(nodes.len()) - GAP + MARGIN));
    context.insert("height", &(lowest + MARGIN));
    context
        .insert("title", &format!("{}: {}", settings.cluster.name, settings.cluster.model.name()));
    context.insert("nodes", &drawn);
    context.insert("disks", &disks);
    context.insert("node_width", &WIDTH);
    context.insert("row_width", &(WIDTH - 20));
    context.insert("row_height", &(ROW - 8));
    context.insert("margin", &MARGIN);
    Tera::one_off(TEMPLATE, &context, true).map_err(|error| {
        Problem::new(codes::WORKSHEET_TEMPLATE, format!("the picture cannot be drawn: {error}"))
    })
}

/// Left edge of a node, by its place in the order of preference.
fn x_of(at: usize) -> usize {
    MARGIN + at * (WIDTH + GAP)
}

/// Height of a node with so many groups; one without any is as high as one with one.
fn height_of(rows: usize) -> usize {
    HEAD + rows.max(1) * ROW + 8
}

fn of_node(at: usize, node: &NodeName, settings: &Settings) -> Node {
    // What it is active for stands first.
    let mut own: Vec<_> = settings.instances.iter().filter(|i| i.nodes.contains(node)).collect();
    own.sort_by_key(|i| i.nodes.first() != Some(node));

    let mut rows = Vec::new();
    for instance in own {
        let active = instance.nodes.first() == Some(node);
        let mut lines = vec![short(&instance.resource_group, 24)];
        if active {
            lines.push(short(&instance.logical_host.name, 30));
            lines.push(format!("{} port {}", instance.logical_host.address, instance.port));
        } else {
            lines.push("on standby".to_owned());
        }
        rows.push(Row { y: MARGIN + HEAD + rows.len() * ROW, active, lines });
    }
    let height = height_of(rows.len());
    Node { x: x_of(at), height, name: short(node.as_str(), 22), rows }
}

/// The disks of an instance below its active node, with lines to that node and to the standby.
fn of_disk(
    number: usize,
    instance: &Instance,
    settings: &Settings,
    drawn: &[Node],
    top: usize,
) -> Disk {
    let nodes = &settings.cluster.nodes;
    let column = |node| nodes.iter().position(|n| Some(n) == node).unwrap_or(0);
    let (home, standby) = (column(instance.nodes.first()), column(instance.nodes.get(1)));

    let systems = instance.file_systems();
    let mut texts: Vec<String> =
        systems.iter().map(|fs| format!("{} {}", fs.mount_point, volume(fs))).collect();
    texts.push(kind(instance.file_system.kind).to_owned());
    let lines: Vec<Label> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| Label { y: top + DISK + 14 + at * LINE, text: short(text, 41) })
        .collect();

    let x = x_of(home) + WIDTH / 2;
    let bottom = |at: usize| MARGIN + drawn.get(at).map_or(top - FALL - MARGIN, |node| node.height);
    // Lines to one standby node end beside each other.
    let end = x_of(standby) + WIDTH / 2 + (number % 9) * 12;
    Disk {
        x,
        y: top,
        lines,
        home: [x, bottom(home), x, top],
        standby: [end, bottom(standby), x + 30, top + 6],
    }
}

/// The end of a text that would not fit; the rest is in the tables.
fn short(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let end: String = text.chars().skip(count + 1 - most).collect();
    format!("…{end}")
}

/// The volume in a few characters: its disk set and name.
fn volume(fs: &FileSystem) -> String {
    let parts: Vec<&str> = fs
        .block_device
        .as_str()
        .split('/')
        .filter(|p| !matches!(*p, "" | "dev" | "md" | "dsk"))
        .collect();
    format!("({})", parts.join(" "))
}

fn kind(kind: FileSystemKind) -> &'static str {
    match kind {
        FileSystemKind::Failover => "failover: mounted on one node",
        FileSystemKind::Cluster => "cluster: mounted on all nodes",
    }
}
