//! Tables that are related, however far: laid out together, apart from all others.

use std::collections::BTreeMap;

use super::card::Card;
use super::graph::{Edge, End, Graph, Node};
use super::order::order;
use super::place::place;
use super::route::{Routed, route};
use super::{ASPECT, Line, columns};
use crate::er::Diagram;

/// From more boxes on fewer layouts are tried, since each takes long.
const MANY: usize = 120;

/// Some tables, and the relations among them.
#[derive(Debug)]
pub(super) struct Component {
    entities: Vec<usize>,
    relations: Vec<usize>,
    graph: Graph,
}

/// A component with everything in its place, from its own left upper corner.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) boxes: Vec<PlacedBox>,
    pub(super) lines: Vec<Line>,
    crossings: usize,
}

/// Where a box is.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedBox {
    pub(super) entity: usize,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// The components of a diagram, by their first table.
pub(super) fn components(diagram: &Diagram, cards: &[Card]) -> Vec<Component> {
    let mut leader: Vec<usize> = (0..cards.len()).collect();
    fn find(leader: &mut [usize], mut it: usize) -> usize {
        while leader[it] != it {
            leader[it] = leader[leader[it]];
            it = leader[it];
        }
        it
    }
    for relation in &diagram.relations {
        let (a, b) = (
            find(&mut leader, relation.child),
            find(&mut leader, relation.parent),
        );
        leader[a.max(b)] = a.min(b);
    }
    let mut by_leader: BTreeMap<usize, Component> = BTreeMap::new();
    let mut node_of = vec![0; cards.len()];
    for (entity, card) in cards.iter().enumerate() {
        let component = by_leader
            .entry(find(&mut leader, entity))
            .or_insert_with(|| Component {
                entities: Vec::new(),
                relations: Vec::new(),
                graph: Graph::default(),
            });
        node_of[entity] = component.entities.len();
        component.entities.push(entity);
        component.graph.nodes.push(Node {
            width: card.width,
            height: card.height,
        });
    }
    for (place, relation) in diagram.relations.iter().enumerate() {
        let (child, parent) = diagram.ends(relation);
        let end = |entity: usize, column: Option<usize>, symbol: u8| End {
            node: node_of[entity],
            row: column.map_or(0, |column| cards[entity].row_middle(column)),
            symbol,
        };
        if let Some(component) = by_leader.get_mut(&find(&mut leader, relation.child)) {
            component.relations.push(place);
            component.graph.edges.push(Edge {
                parent: end(relation.parent, parent, relation.parent_end as u8),
                // Apart from the ends of those that refer to the same column.
                child: end(relation.child, child, 8 + relation.child_end as u8),
            });
        }
    }
    by_leader.into_values().collect()
}

impl Component {
    /// How many tables it has.
    pub(super) fn number_of_tables(&self) -> usize {
        self.entities.len()
    }

    /// Tries several numbers of columns and ways to fill them, and takes the best picture.
    pub(super) fn lay_out(&self) -> Piece {
        let mut best: Option<(f64, Piece)> = None;
        for piece in self.pictures() {
            let cost = piece.cost((piece.width, piece.height));
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, piece));
            }
        }
        best.map_or_else(Piece::default, |(_, piece)| piece)
    }

    /// A picture for each number of columns with which it could have the shape of a screen, and for each price of high
    /// columns: what makes lines short in one schema makes the picture high in another.
    pub(super) fn pictures(&self) -> impl Iterator<Item = Piece> {
        let prices = if self.graph.nodes.len() > MANY {
            &[1.0][..]
        } else {
            &[0.0, 1.0, 4.0]
        };
        let ways = self
            .numbers_of_columns()
            .flat_map(move |count| prices.iter().map(move |price| (count, *price)));
        ways.map(|(count, price)| {
            let columns = columns::assign(&self.graph, count, price);
            let mut grid = order(&self.graph, &columns);
            place(&mut grid);
            self.piece(&route(&self.graph, &mut grid))
        })
    }

    /// With the tables and relations of the diagram instead of the places in the graph.
    fn piece(&self, routed: &Routed) -> Piece {
        let boxes = self.entities.iter().zip(&routed.boxes);
        let lines = self.relations.iter().zip(&routed.lines);
        Piece {
            width: routed.width,
            height: routed.height,
            boxes: boxes
                .map(|(entity, placed)| PlacedBox {
                    entity: *entity,
                    ..*placed
                })
                .collect(),
            lines: lines
                .map(|(relation, line)| Line {
                    relation: *relation,
                    ..line.clone()
                })
                .collect(),
            crossings: routed.crossings,
        }
    }

    /// Those with which the picture could have the shape of a screen.
    fn numbers_of_columns(&self) -> std::ops::RangeInclusive<usize> {
        let boxes = self.graph.nodes.len();
        if boxes < 3 {
            return boxes..=boxes;
        }
        let mean = |what: fn(&Node) -> i32| {
            let sum: i64 = self.graph.nodes.iter().map(|node| i64::from(what(node))).sum();
            sum as f64 / boxes as f64
        };
        let lines_of_box = self.graph.edges.len() as f64 / boxes as f64;
        let (width, height) = (
            mean(|node| node.width) + 70.0 + 20.0 * lines_of_box,
            mean(|node| node.height) + 30.0,
        );
        let ideal = (ASPECT * boxes as f64 * height / width).sqrt();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number"
        )]
        let ideal = ideal.round().max(1.0) as usize;
        let (least, most) = if boxes > MANY {
            (ideal, ideal + 1)
        } else {
            (ideal.saturating_sub(2), ideal + 2)
        };
        least.clamp(2, boxes)..=most.clamp(2, boxes)
    }
}

impl Piece {
    /// How bad the picture is when it is shown in a picture of some width and height: how small it must be shown, how long the
    /// lines are, and how often they cross.
    pub(super) fn cost(&self, (width, height): (i32, i32)) -> f64 {
        let size = (f64::from(width) / ASPECT).max(f64::from(height));
        let lines = self.lines.len().max(1) as f64;
        let length: i64 = self
            .lines
            .iter()
            .flat_map(|line| line.points.windows(2))
            .map(|pair| i64::from(pair[0].x.abs_diff(pair[1].x) + pair[0].y.abs_diff(pair[1].y)))
            .sum();
        size * (1.0 + 0.08 * self.crossings as f64 / lines) + 0.25 * length as f64 / lines
    }
}
