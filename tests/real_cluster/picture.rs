//! A picture of a run: time from left to right, what happened, and for each instance who answered
//! its client. It is drawn from what clients saw, every 100 ms.

use std::fmt::Write as _;
use std::time::Instant;

use crate::round::Round;

const WIDTH: f32 = 900.0;
const LEFT: f32 = 60.0;
const LANE: usize = 34;
const ROW: usize = 16;

/// Colours of the nodes in their order, and of nobody.
const NODES: [&str; 4] = ["#79c0ff", "#e3b341", "#7ee787", "#d2a8ff"];
const NOBODY: &str = "#ff5c57";

struct Axis {
    begun: Instant,
    seconds: f32,
}

impl Axis {
    fn at(&self, moment: Instant) -> f32 {
        let since = moment.saturating_duration_since(self.begun).as_secs_f32();
        LEFT + since / self.seconds * (WIDTH - LEFT - 10.0)
    }
}

fn text(out: &mut String, x: f32, y: usize, said: &str) {
    // Writing into a String cannot fail, here and below.
    let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y}\" fill=\"#e6edf3\">{said}</text>");
}

/// Stretches of time in which the same node answered, or nobody did.
fn stretches(seen: &[(Instant, Option<String>)]) -> Vec<(Instant, Instant, Option<String>)> {
    let mut all: Vec<(Instant, Instant, Option<String>)> = Vec::new();
    for (at, node) in seen.iter().skip_while(|(_, node)| node.is_none()) {
        match all.last_mut() {
            Some((_, until, known)) if known == node => *until = *at,
            Some((_, until, _)) => {
                *until = *at;
                all.push((*at, *at, node.clone()));
            }
            None => all.push((*at, *at, node.clone())),
        }
    }
    all
}

/// The picture as SVG: one element, nothing outside of it.
pub fn svg(round: &Round, title: &str) -> String {
    let marks = round.story();
    let (begun, ended) = (marks[0].0, Instant::now());
    let axis = Axis { begun, seconds: ended.duration_since(begun).as_secs_f32() };
    let top = 20 + marks.len() * ROW;
    let lanes = round.clients.len();
    let height = top + lanes * LANE + 60;

    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"{title}\">\n<rect width=\"{WIDTH}\" height=\"{height}\" rx=\"8\" \
         fill=\"#14181d\"/>\n<g font-family=\"ui-monospace,Menlo,Consolas,monospace\" \
         font-size=\"11\">\n"
    );
    for (row, (at, what)) in marks.iter().enumerate() {
        let (x, y) = (axis.at(*at), 20 + row * ROW);
        let bottom = top + lanes * LANE;
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} {y}V{bottom}\" stroke=\"#484f58\" stroke-dasharray=\"2 3\"/>"
        );
        // What would run out of the picture stands left of its line.
        let wide = 6.8 * what.len() as f32;
        text(&mut out, if x + wide > WIDTH { x - wide - 4.0 } else { x + 4.0 }, y, what);
    }

    for (lane, client) in round.clients.iter().enumerate() {
        let y = top + lane * LANE;
        text(&mut out, 10.0, y + 18, &round.site.settings.instances[lane].name);
        for (from, until, node) in stretches(&client.seen()) {
            let position =
                |node: &String| round.site.rack.nodes.names.iter().position(|n| n == node);
            let colour = node.as_ref().and_then(position).map_or(NOBODY, |at| NODES[at]);
            let (x, wide) = (axis.at(from), axis.at(until) - axis.at(from));
            let _ = writeln!(
                out,
                "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{wide:.1}\" height=\"24\" fill=\"{colour}\"/>"
            );
        }
    }
    legend(&mut out, round, &axis, top + lanes * LANE);
    out + "</g>\n</svg>\n"
}

fn legend(out: &mut String, round: &Round, axis: &Axis, y: usize) {
    let mut seconds = 0.0;
    while seconds < axis.seconds {
        let x = LEFT + seconds / axis.seconds * (WIDTH - LEFT - 10.0);
        text(out, x, y + 16, &format!("{seconds:.0} s"));
        seconds += 20.0;
    }

    let names = round.site.rack.nodes.names.iter().map(|n| format!("{n} answers"));
    let colours = NODES.iter().copied();
    let mut x = LEFT;
    let nobody = ("nobody answers".to_owned(), NOBODY);
    for (name, colour) in names.zip(colours).chain([nobody]) {
        let top = y + 30;
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{top}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>"
        );
        text(out, x + 18.0, y + 40, &name);
        x += 140.0;
    }
}
