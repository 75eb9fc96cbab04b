//! A diagram as SVG: a picture that can be enlarged without end, in light and dark.
//!
//! Each line begins at the row of the key that is referred to, and ends at the row of the foreign key. Both ends have the
//! usual crow's feet: a bar for one, a circle for none, a foot for many. Lines to one table have one colour. A dashed line is
//! a foreign key that not all rows obey.

mod style;
mod symbol;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use cogway_catalog::QualifiedName;

use super::layout::{Card, HEADER, Layout, Line, ROW, TAG};
use super::{Attribute, Checked, Diagram, Relation};
use crate::markup::Text;
pub use style::STYLE;
use symbol::Legend;

/// Where the picture is shown.
#[derive(Clone, Copy)]
pub enum Frame<'a> {
    /// In a file of its own: with its colours, a ground and a legend.
    Alone,
    /// In a page that has [`STYLE`].
    Page {
        /// The address of what the page says about a table; the name of the table leads there.
        link: &'a dyn Fn(&QualifiedName) -> String,
        /// The table that it is about: it is set off.
        focus: Option<usize>,
    },
}

/// The colours of lines: one for each table that is referred to, in turn.
const HUES: usize = 10;
/// The height of the legend.
const LEGEND: i32 = 40;

/// Draws a diagram as it was laid out.
pub fn draw(diagram: &Diagram, layout: &Layout, frame: Frame<'_>) -> String {
    let mut svg = String::new();
    let legend = Legend::of(diagram);
    // Writing to memory cannot fail, here and below.
    let _ = match frame {
        Frame::Alone => {
            let (width, height) = (layout.width.max(legend.width()), layout.height + LEGEND);
            writeln!(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"er\" width=\"{width}\" height=\"{height}\" \
                 viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>Entities and relations</title>\n\
                 <style>{STYLE}</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>"
            )
        }
        Frame::Page { .. } => writeln!(
            svg,
            "<svg class=\"er\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" \
             aria-label=\"entities and relations\">",
            layout.width, layout.height
        ),
    };
    lines(&mut svg, diagram, layout);
    for (entity, card) in layout.cards.iter().enumerate() {
        self::card(&mut svg, diagram, entity, card, frame);
    }
    if matches!(frame, Frame::Alone) {
        legend.draw(&mut svg, layout.height);
    }
    svg += "</svg>\n";
    svg
}

/// What the symbols and marks of a diagram mean, as a picture of its own for a page that has [`STYLE`].
pub fn legend(diagram: &Diagram) -> String {
    let legend = Legend::of(diagram);
    let (width, height) = (legend.width(), LEGEND - 12);
    let mut svg = format!(
        "<svg class=\"er\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">"
    );
    legend.draw(&mut svg, 0);
    svg + "</svg>"
}

fn lines(svg: &mut String, diagram: &Diagram, layout: &Layout) {
    let mut number_of_lines: BTreeMap<usize, usize> = BTreeMap::new();
    for relation in &diagram.relations {
        *number_of_lines.entry(relation.parent).or_default() += 1;
    }
    let mut parents: Vec<usize> = number_of_lines.keys().copied().collect();
    // Those with most lines have colours of their own; the others share.
    parents.sort_by_key(|parent| (Reverse(number_of_lines.get(parent).copied()), *parent));
    for (number, parent) in parents.iter().enumerate() {
        let own = || {
            let lines = layout.lines.iter();
            let with_relation = lines.filter_map(|line| Some((line, diagram.relations.get(line.relation)?)));
            with_relation.filter(|(_, relation)| relation.parent == *parent)
        };
        let _ = writeln!(svg, "<g class=\"hue{}\">", number % HUES);
        // A ground of its own under each line makes it seen which one leads on where two cross; under all lines of the table
        // first, since these may have a piece in common.
        for (line, _) in own() {
            let _ = writeln!(svg, "<path class=\"halo\" d=\"{}\"/>", path(line));
        }
        for (line, relation) in own() {
            self::line(svg, diagram, line, relation);
        }
        svg.push_str("</g>\n");
    }
}

fn line(svg: &mut String, diagram: &Diagram, line: &Line, relation: &Relation) {
    let dashed = match relation.checked {
        Checked::Always => "",
        Checked::NewRows | Checked::Never => " dashed",
    };
    let ends = line.points.first().zip(line.points.last());
    let ends = ends.map_or_else(String::new, |(parent, child)| {
        symbol::end(*parent, line.parent_side, relation.parent_end)
            + &symbol::end(*child, line.child_side, relation.child_end)
    });
    let _ = writeln!(
        svg,
        "<g class=\"line{dashed}\" data-ends=\"{} {}\"><title>{}</title><path d=\"{}\"/>{ends}</g>",
        relation.parent,
        relation.child,
        Text(&in_words(diagram, relation)),
        path(line),
    );
}

/// A relation in words: `order.customer_id → customer.id: exactly one customer, zero or many order`.
fn in_words(diagram: &Diagram, relation: &Relation) -> String {
    let columns = |entity: usize, places: &[usize]| {
        let attributes = diagram.entities.get(entity).map_or(&[][..], |it| &it.attributes);
        let names: Vec<&str> = places
            .iter()
            .filter_map(|place| attributes.get(*place).map(|attribute| attribute.name.as_str()))
            .collect();
        let label = diagram.label(entity);
        match names.as_slice() {
            [one] => format!("{label}.{one}"),
            several => format!("{label} ({})", several.join(", ")),
        }
    };
    let checked = match relation.checked {
        Checked::Always => "",
        Checked::NewRows => "; rows of before were never checked",
        Checked::Never => "; not enforced",
    };
    format!(
        "{} → {}\n{} {}, {} {}{checked}\n{}",
        columns(relation.child, &relation.columns),
        columns(relation.parent, &relation.referenced),
        relation.parent_end.words(),
        diagram.label(relation.parent),
        relation.child_end.words(),
        diagram.label(relation.child),
        relation.name.as_str(),
    )
}

/// The line with round corners.
fn path(line: &Line) -> String {
    let mut path = String::new();
    let points = &line.points;
    for (at, point) in points.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| points.get(at));
        match (before, points.get(at + 1)) {
            (None, _) => {
                let _ = write!(path, "M{} {}", point.x, point.y);
            }
            (Some(_), None) => {
                let _ = write!(path, "L{} {}", point.x, point.y);
            }
            (Some(before), Some(after)) => {
                let half = |a: i32, b: i32| a.abs_diff(b).cast_signed() / 2;
                let least = |to: &super::layout::Point| half(point.x, to.x).max(half(point.y, to.y));
                let radius = least(before).min(least(after)).min(5);
                let towards = |to: &super::layout::Point| {
                    let step = |from: i32, to: i32| from + (to - from).signum() * radius;
                    (step(point.x, to.x), step(point.y, to.y))
                };
                let ((ax, ay), (bx, by)) = (towards(before), towards(after));
                let _ = write!(path, "L{ax} {ay}Q{} {} {bx} {by}", point.x, point.y);
            }
        }
    }
    path
}

fn card(svg: &mut String, diagram: &Diagram, place: usize, card: &Card, frame: Frame<'_>) {
    let Some(entity) = diagram.entities.get(place) else {
        return;
    };
    let focus = match frame {
        Frame::Page { focus, .. } if focus == Some(place) => " focus",
        _ => "",
    };
    let join = if diagram.join_table(place).is_some() {
        " join"
    } else {
        ""
    };
    let Card {
        x, y, width, height, ..
    } = *card;
    let _ = write!(
        svg,
        "<g class=\"card{focus}{join}\" data-entity=\"{place}\" transform=\"translate({x} {y})\">\
         <rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"5\"/>\
         <path class=\"head\" d=\"{}\"/>",
        head(width, height)
    );
    if let Some(comment) = &entity.comment {
        let _ = write!(svg, "<title>{}</title>", Text(comment));
    }
    let name = format!(
        "<text class=\"title\" x=\"8\" y=\"17\">{}</text>",
        Text(&diagram.label(place))
    );
    let _ = match frame {
        Frame::Page { link, .. } => write!(svg, "<a href=\"{}\">{name}</a>", Text(&link(&entity.name))),
        Frame::Alone => write!(svg, "{name}"),
    };
    if let Some(note) = &card.note {
        let _ = write!(
            svg,
            "<text class=\"note\" x=\"{}\" y=\"17\">{}</text>",
            width - 8,
            Text(note)
        );
    }
    svg.push('\n');
    for (row, number) in card.rows.iter().zip(0..) {
        if let Some(attribute) = entity.attributes.get(row.attribute) {
            self::row(svg, card, attribute, HEADER + ROW * number);
        }
    }
    svg.push_str("</g>\n");
}

/// The part with the name: round above, and below too where nothing follows.
fn head(width: i32, height: i32) -> String {
    let below = if height > HEADER { 0 } else { 5 };
    format!(
        "M0 {0}V5Q0 0 5 0H{1}Q{width} 0 {width} 5V{0}{2}Z",
        HEADER - below,
        width - 5,
        if below == 0 {
            String::new()
        } else {
            format!(
                "Q{width} {HEADER} {} {HEADER}H5Q0 {HEADER} 0 {}",
                width - 5,
                HEADER - 5
            )
        }
    )
}

fn row(svg: &mut String, card: &Card, attribute: &Attribute, y: i32) {
    let baseline = y + 13;
    svg.push_str("<g class=\"row\">");
    if let Some(comment) = &attribute.comment {
        let _ = write!(svg, "<title>{}</title>", Text(comment));
    }
    let keys = attribute.keys;
    let tags = [(keys.primary, "PK"), (keys.foreign, "FK"), (keys.unique, "U")];
    let mut x = 8;
    for (_, tag) in tags.into_iter().filter(|(is, _)| *is) {
        let _ = write!(
            svg,
            "<rect class=\"tag {tag}\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"12\" rx=\"3\"/>\
             <text class=\"tag {tag}\" x=\"{}\" y=\"{}\">{tag}</text>",
            y + 3,
            TAG - 3,
            x + (TAG - 3) / 2,
            y + 12,
        );
        x += TAG;
    }
    let strong = if keys.primary { " strong" } else { "" };
    let nullable = if attribute.nullable { "?" } else { "" };
    let _ = writeln!(
        svg,
        "<text class=\"name{strong}\" x=\"{}\" y=\"{baseline}\">{}</text>\
         <text class=\"type\" x=\"{}\" y=\"{baseline}\">{}{nullable}</text></g>",
        card.name_x,
        Text(attribute.name.as_str()),
        card.width - 8,
        Text(&attribute.data_type),
    );
}
