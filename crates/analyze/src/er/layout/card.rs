//! The boxes: what stands in them, and how large that is.

use super::Detail;
use crate::er::width::cells;
use crate::er::{Attribute, Diagram, Entity, EntityForm};

/// The height of a row, in pixels.
pub const ROW: i32 = 18;
/// The height of the part with the table's name.
pub const HEADER: i32 = 26;
/// The width of the mark of a key, with the space behind it.
pub const TAG: i32 = 20;
/// Between the box's edge and its text.
const PADDING: i32 = 8;
/// At least so much is between a name and a type.
const GAP: i32 = 12;
/// A cell of the font of names, of 12 pixels, in hundredths of a pixel: monospaced fonts have 0.55 to 0.602.
const NAME_CELL: u32 = 725;
/// A cell of the font of types, of 11 pixels.
const TYPE_CELL: u32 = 665;

/// The box of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
    /// What stands in it.
    pub rows: Vec<Row>,
    /// What stands behind the table's name: `12 partitions`.
    pub note: Option<String>,
    /// Where names begin, from the left edge.
    pub name_x: i32,
}

/// A row of a box: a column of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place among the attributes.
    pub attribute: usize,
}

impl Card {
    /// The middle of a column's row, from the upper edge; that of the name where the column is not shown.
    pub fn row_middle(&self, attribute: usize) -> i32 {
        match self.rows.iter().position(|row| row.attribute == attribute) {
            Some(place) => HEADER + ROW * i32::try_from(place).unwrap_or_default() + ROW / 2,
            None => HEADER / 2,
        }
    }
}

/// The boxes of all tables, still without a place.
pub(super) fn cards(diagram: &Diagram, detail: Detail) -> Vec<Card> {
    let entities = diagram.entities.iter().zip(shown(diagram, detail)).enumerate();
    entities
        .map(|(place, (entity, shown))| {
            let rows = shown.into_iter().map(|attribute| Row { attribute }).collect();
            card(entity, &diagram.label(place), rows, note(diagram, place, entity))
        })
        .collect()
}

/// Which columns of each table are shown: their places among its attributes.
pub(in crate::er) fn shown(diagram: &Diagram, detail: Detail) -> Vec<Vec<usize>> {
    let mut referenced: Vec<Vec<usize>> = vec![Vec::new(); diagram.entities.len()];
    for relation in &diagram.relations {
        if let Some(list) = referenced.get_mut(relation.parent) {
            list.extend(&relation.referenced);
        }
    }
    let entities = diagram.entities.iter().zip(&referenced).enumerate();
    entities
        .map(|(place, (entity, referenced))| {
            let is_shown = |at: usize, attribute: &Attribute| match detail {
                Detail::Full => true,
                Detail::Around(centre) if centre == place => true,
                Detail::Keys | Detail::Around(_) => attribute.keys.any() || referenced.contains(&at),
                Detail::Names => false,
            };
            let attributes = entity.attributes.iter().enumerate();
            attributes
                .filter(|(at, attribute)| is_shown(*at, attribute))
                .map(|(at, _)| at)
                .collect()
        })
        .collect()
}

fn note(diagram: &Diagram, place: usize, entity: &Entity) -> Option<String> {
    match &entity.form {
        EntityForm::Partitioned { partitions, .. } => Some(match partitions.len() {
            1 => "1 partition".to_owned(),
            number => format!("{number} partitions"),
        }),
        EntityForm::Foreign { .. } => Some("foreign".to_owned()),
        EntityForm::Ordinary => diagram.join_table(place).map(|_| "join table".to_owned()),
    }
}

fn card(entity: &Entity, label: &str, rows: Vec<Row>, note: Option<String>) -> Card {
    let shown = || rows.iter().filter_map(|row| entity.attributes.get(row.attribute));
    let tags = shown()
        .map(|attribute| {
            let keys = attribute.keys;
            i32::from(keys.primary) + i32::from(keys.foreign) + i32::from(keys.unique)
        })
        .max()
        .unwrap_or(0);
    let name_x = PADDING + tags * TAG;
    let names = shown()
        .map(|attribute| pixels(cells(attribute.name.as_str()), NAME_CELL))
        .max();
    let types = shown()
        .map(|attribute| {
            pixels(
                cells(&attribute.data_type) + u32::from(attribute.nullable),
                TYPE_CELL,
            )
        })
        .max();
    let body = match (names, types) {
        (Some(names), Some(types)) => name_x + names + GAP + types + PADDING,
        _ => 0,
    };
    let note_width = note
        .as_deref()
        .map_or(0, |note| GAP + pixels(cells(note), TYPE_CELL));
    let head = PADDING + pixels(cells(label), NAME_CELL) + note_width + PADDING;
    let height = HEADER + ROW * i32::try_from(rows.len()).unwrap_or(i32::MAX / ROW / 2);
    Card {
        x: 0,
        y: 0,
        width: body.max(head).max(80),
        height: if rows.is_empty() { height } else { height + 4 },
        rows,
        note,
        name_x,
    }
}

fn pixels(cells: u32, hundredths: u32) -> i32 {
    i32::try_from((cells.saturating_mul(hundredths)).div_ceil(100)).unwrap_or(i32::MAX / 4)
}
