//! The screen of a terminal as a picture.

use std::fmt::Write as _;

const LINE: usize = 18;
const CHARACTER: f32 = 7.85;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Colours of the picture for those of the terminal.
fn colour(of: vt100::Color) -> &'static str {
    match of {
        vt100::Color::Idx(1) => "#ff8a80",
        vt100::Color::Idx(2) => "#7ee787",
        vt100::Color::Idx(6) => "#79c0ff",
        _ => "#e6edf3",
    }
}

/// These rows of a screen, in their colours: SVG, one element, nothing outside of it.
pub fn svg(screen: &vt100::Screen, rows: std::ops::Range<u16>, title: &str) -> String {
    let columns = screen.size().1.get();
    let (width, height) = ((f32::from(columns) * CHARACTER) as usize + 32, rows.len() * LINE + 32);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#14181d\"/>\n\
         <g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,monospace\" font-size=\"13\" xml:space=\"preserve\">\n"
    );
    for (at, row) in rows.enumerate() {
        let y = 28 + at * LINE;
        // Runs of cells that have one colour.
        let mut runs: Vec<(u16, &str, String)> = Vec::new();
        for column in 0..columns {
            let Some(cell) = screen.cell(row, column) else { continue };
            let text = if cell.has_contents() { cell.contents() } else { " " };
            let shown = colour(cell.fgcolor());
            match runs.last_mut() {
                Some((_, known, run)) if *known == shown => run.push_str(text),
                _ => runs.push((column, shown, text.to_owned())),
            }
        }
        for (column, shown, run) in runs.iter().filter(|(.., run)| !run.trim().is_empty()) {
            let x = 16.0 + f32::from(*column) * CHARACTER;
            // Writing into a String cannot fail.
            let _ = writeln!(
                out,
                "<text x=\"{x:.1}\" y=\"{y}\" fill=\"{shown}\">{}</text>",
                escaped(run.trim_end())
            );
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}
