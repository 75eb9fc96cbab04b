//! Layouts of random schemas: no line across a box, none on another, each end at the row of its key.

use cogway_analyze::er::layout::{Card, Detail, Layout, Line, Point, Side, layout};
use cogway_analyze::er::{Attribute, Cardinality, Checked, Diagram, Entity, EntityForm, Keys, Relation};
use cogway_catalog::QualifiedName;
use proptest::prelude::*;

fn entity(number: usize, columns: usize, long: bool) -> Entity {
    let attribute = |column: usize| Attribute {
        name: if long {
            format!("a_rather_long_name_of_column_{column}")
        } else {
            format!("c{column}")
        }
        .as_str()
        .into(),
        data_type: "integer".to_owned(),
        comment: None,
        nullable: column % 3 == 2,
        keys: Keys {
            primary: column == 0,
            ..Keys::default()
        },
    };
    Entity {
        name: QualifiedName::new("public", format!("t{number}")),
        comment: None,
        form: EntityForm::Ordinary,
        attributes: (0..columns).map(attribute).collect(),
    }
}

fn diagram(sizes: &[(usize, bool)], edges: &[(usize, usize, usize, usize, u8)]) -> Diagram {
    let mut diagram = Diagram {
        entities: sizes
            .iter()
            .enumerate()
            .map(|(at, (columns, long))| entity(at, *columns, *long))
            .collect(),
        ..Diagram::default()
    };
    for (number, (child, parent, column, referenced, ends)) in edges.iter().enumerate() {
        let (child, parent) = (child % sizes.len(), parent % sizes.len());
        let (column, referenced) = (column % sizes[child].0, referenced % sizes[parent].0);
        diagram.entities[child].attributes[column].keys.foreign = true;
        diagram.relations.push(Relation {
            name: format!("r{number}").as_str().into(),
            child,
            columns: vec![column],
            parent,
            referenced: vec![if ends & 4 == 0 { 0 } else { referenced }],
            // A column that is unique is so for each of its keys.
            child_end: if column % 2 == 0 {
                Cardinality::ZeroOrMany
            } else {
                Cardinality::ZeroOrOne
            },
            parent_end: if ends & 2 == 0 {
                Cardinality::ExactlyOne
            } else {
                Cardinality::ZeroOrOne
            },
            checked: Checked::Always,
            only_in: None,
        });
    }
    diagram
}

fn schemas() -> impl Strategy<Value = Diagram> {
    let sizes = proptest::collection::vec((1usize..9, any::<bool>()), 1..40);
    let edges = proptest::collection::vec((0usize..40, 0usize..40, 0usize..9, 0usize..9, 0u8..8), 0..70);
    // Hubs too, as real schemas have them.
    (sizes, edges, any::<bool>()).prop_map(|(sizes, mut edges, hubs)| {
        if hubs {
            edges.iter_mut().for_each(|edge| edge.1 %= 3);
        }
        diagram(&sizes, &edges)
    })
}

fn pieces(line: &Line) -> impl Iterator<Item = (Point, Point)> {
    line.points
        .windows(2)
        .map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1])))
}

fn is_inside(card: &Card, (from, to): (Point, Point)) -> bool {
    from.x < card.x + card.width && to.x > card.x && from.y < card.y + card.height && to.y > card.y
}

fn check(diagram: &Diagram, layout: &Layout) -> Result<(), TestCaseError> {
    prop_assert_eq!(layout.cards.len(), diagram.entities.len());
    prop_assert_eq!(layout.lines.len(), diagram.relations.len());
    for (at, a) in layout.cards.iter().enumerate() {
        prop_assert!(
            a.x >= 0 && a.y >= 0 && a.x + a.width <= layout.width && a.y + a.height <= layout.height
        );
        for b in &layout.cards[at + 1..] {
            let apart = a.x + a.width + 10 <= b.x
                || b.x + b.width + 10 <= a.x
                || a.y + a.height + 10 <= b.y
                || b.y + b.height + 10 <= a.y;
            prop_assert!(apart, "{:?} and {:?}", a, b);
        }
    }
    for (line, relation) in layout.lines.iter().zip(&diagram.relations) {
        prop_assert!(line.points.len() >= 2);
        for (from, to) in pieces(line) {
            prop_assert!(from != to && (from.x == to.x || from.y == to.y), "{:?}", line);
            prop_assert!(from.x >= 0 && from.y >= 0 && to.x <= layout.width && to.y <= layout.height);
            for card in &layout.cards {
                prop_assert!(!is_inside(card, (from, to)), "{:?} across {:?}", line, card);
            }
        }
        let (child, parent) = diagram.ends(relation);
        let ends = [
            (line.points[0], line.parent_side, relation.parent, parent),
            (
                line.points[line.points.len() - 1],
                line.child_side,
                relation.child,
                child,
            ),
        ];
        for (point, side, entity, column) in ends {
            let Some(column) = column else {
                return Err(TestCaseError::fail("a key without columns"));
            };
            let card = &layout.cards[entity];
            let x = if side == Side::Left {
                card.x
            } else {
                card.x + card.width
            };
            let middle = card.y + card.row_middle(column);
            prop_assert_eq!(point.x, x);
            prop_assert!(
                point.y.abs_diff(middle) < 9,
                "{} is not in the row at {}",
                point.y,
                middle
            );
        }
    }
    Ok(())
}

/// How far pieces of different lines lie on each other, or so near that they look like one. At an end that they share they
/// may have a piece in common: up to the first corner of one of them.
fn longest_overlap(layout: &Layout) -> (i32, String) {
    let mut longest = (0, String::new());
    for (at, a) in layout.lines.iter().enumerate() {
        for b in &layout.lines[at + 1..] {
            for one in pieces(a) {
                for other in pieces(b) {
                    let shares_end = touches_end(a, one) && touches_end(b, other) && {
                        let ends = |line: &Line| [line.points[0], line.points[line.points.len() - 1]];
                        ends(a).iter().any(|end| ends(b).contains(end))
                    };
                    let horizontal = |piece: (Point, Point)| piece.0.y == piece.1.y;
                    let length = match (horizontal(one), horizontal(other)) {
                        (true, true) if one.0.y.abs_diff(other.0.y) < 2 && !shares_end => {
                            one.1.x.min(other.1.x) - one.0.x.max(other.0.x)
                        }
                        (false, false) if one.0.x.abs_diff(other.0.x) < 3 => {
                            one.1.y.min(other.1.y) - one.0.y.max(other.0.y)
                        }
                        _ => 0,
                    };
                    if length > longest.0 {
                        longest = (length, format!("{a:?}\n{b:?}"));
                    }
                }
            }
        }
    }
    longest
}

fn touches_end(line: &Line, piece: (Point, Point)) -> bool {
    let ends = [line.points[0], line.points[line.points.len() - 1]];
    ends.contains(&piece.0) || ends.contains(&piece.1)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn lines_keep_clear_of_boxes_and_of_each_other(diagram in schemas()) {
        for detail in [Detail::Full, Detail::Keys, Detail::Around(0)] {
            let layout = layout(&diagram, detail);
            check(&diagram, &layout)?;
            let (length, lines) = longest_overlap(&layout);
            prop_assert!(length <= 12, "{length} pixels of two lines lie on each other:\n{lines}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn the_same_diagram_has_the_same_layout(diagram in schemas()) {
        prop_assert_eq!(layout(&diagram, Detail::Full), layout(&diagram, Detail::Full));
    }
}

#[test]
fn nothing_has_a_layout_too() {
    assert!(layout(&Diagram::default(), Detail::Full).cards.is_empty());
}

/// A high box beside a low one leaves room for what is related to neither.
#[test]
fn tables_without_relations_go_where_there_is_room() {
    let related = diagram(&[(30, false), (2, false)], &[(1, 0, 1, 0, 0)]);
    let all = diagram(
        &[(30, false), (2, false), (1, false), (2, false)],
        &[(1, 0, 1, 0, 0)],
    );
    let (related, all) = (layout(&related, Detail::Full), layout(&all, Detail::Full));
    assert_eq!((all.width, all.height), (related.width, related.height));
}
