//! What of a component matters to its layout: how large boxes are, and at which heights lines end at them.

/// A box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) width: i32,
    pub(super) height: i32,
}

/// Which symbol is at an end of a line. Lines share an end only where they have the same.
pub(super) type Symbol = u8;

/// An end of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) node: usize,
    /// The middle of the row, from the upper edge of the box.
    pub(super) row: i32,
    pub(super) symbol: Symbol,
}

/// A line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) parent: End,
    pub(super) child: End,
}

/// A component.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// The column of each box. There is no empty column.
pub(super) type Columns = Vec<usize>;

impl Graph {
    /// The boxes at the other ends of the lines of each box, itself left out.
    pub(super) fn neighbours(&self) -> Vec<Vec<usize>> {
        let mut neighbours = vec![Vec::new(); self.nodes.len()];
        for edge in &self.edges {
            let (a, b) = (edge.parent.node, edge.child.node);
            if a != b {
                neighbours[a].push(b);
                neighbours[b].push(a);
            }
        }
        neighbours
    }
}
