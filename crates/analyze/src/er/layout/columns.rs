//! Which box is in which column.

use super::graph::{Columns, Graph};

/// Between two boxes of a column.
const BETWEEN: i32 = 22;
/// What a box above the height of a column costs, where a line to the neighbouring column costs nothing.
const TOO_HIGH: f64 = 6.0;
/// Boxes are also exchanged in pairs, up to so many.
const PAIRS: usize = 90;

/// Puts the boxes into at most so many columns.
///
/// It begins with layers, each child right of its parents (a line that would close a ring is left out), and goes on with
/// moving single boxes and exchanging two, as long as that makes lines shorter or columns more even. `uneven` is what the
/// square of each excess of height costs, in boxes.
pub(super) fn assign(graph: &Graph, columns: usize, uneven: f64) -> Columns {
    let columns = columns.clamp(1, graph.nodes.len().max(1));
    let layers = layers(graph);
    let deepest = layers.iter().copied().max().unwrap_or(0) + 1;
    let mut state = State::new(graph, columns, uneven, |node| {
        if deepest <= columns {
            // In the middle, with room on both sides.
            layers[node] + (columns - deepest) / 2
        } else {
            layers[node] * columns / deepest
        }
    });
    for _ in 0..60 {
        let mut changed = state.move_boxes();
        if graph.nodes.len() <= PAIRS {
            changed |= state.exchange_boxes();
        }
        if !changed {
            break;
        }
    }
    without_empty(state.column)
}

/// How far from the leftmost each box is, at least.
fn layers(graph: &Graph) -> Vec<usize> {
    let count = graph.nodes.len();
    let mut children = vec![Vec::new(); count];
    let mut has_parent = vec![false; count];
    for edge in &graph.edges {
        if edge.parent.node != edge.child.node {
            children[edge.parent.node].push(edge.child.node);
            has_parent[edge.child.node] = true;
        }
    }
    // In depth first, without recursion; the order in which boxes are left is a topological one, but for rings.
    let mut order = Vec::with_capacity(count);
    let mut place = vec![None; count];
    let mut seen = vec![false; count];
    let roots = (0..count).filter(|node| !has_parent[*node]).chain(0..count);
    for root in roots {
        let mut stack = vec![(root, 0)];
        if std::mem::replace(&mut seen[root], true) {
            continue;
        }
        while let Some((node, next)) = stack.pop() {
            match children[node].get(next) {
                Some(&child) => {
                    stack.push((node, next + 1));
                    if !std::mem::replace(&mut seen[child], true) {
                        stack.push((child, 0));
                    }
                }
                None => {
                    place[node] = Some(order.len());
                    order.push(node);
                }
            }
        }
    }
    let mut layer = vec![0usize; count];
    for &node in order.iter().rev() {
        for &child in &children[node] {
            // Only lines that lead on in that order; one that leads back would close a ring.
            if place[child] < place[node] {
                layer[child] = layer[child].max(layer[node] + 1);
            }
        }
    }
    // A box without parents goes as near to its children as it can.
    for node in 0..count {
        if !has_parent[node]
            && let Some(nearest) = children[node].iter().map(|child: &usize| layer[*child]).min()
        {
            layer[node] = nearest.saturating_sub(1);
        }
    }
    layer
}

struct State<'a> {
    graph: &'a Graph,
    /// The lines of each box: the other box, and whether that is the child.
    lines: Vec<Vec<(usize, bool)>>,
    column: Columns,
    height: Vec<i32>,
    even: f64,
    usual: f64,
    uneven: f64,
}

impl<'a> State<'a> {
    fn new(graph: &'a Graph, columns: usize, uneven: f64, first: impl Fn(usize) -> usize) -> State<'a> {
        let mut lines = vec![Vec::new(); graph.nodes.len()];
        for edge in &graph.edges {
            let (parent, child) = (edge.parent.node, edge.child.node);
            if parent != child {
                lines[parent].push((child, true));
                lines[child].push((parent, false));
            }
        }
        let column: Columns = (0..graph.nodes.len()).map(first).collect();
        let mut height = vec![0; columns];
        for (node, column) in graph.nodes.iter().zip(&column) {
            height[*column] += node.height + BETWEEN;
        }
        let all = f64::from(height.iter().sum::<i32>());
        State {
            graph,
            lines,
            column,
            height,
            even: 1.04 * all / columns as f64,
            usual: all / graph.nodes.len().max(1) as f64,
            uneven,
        }
    }

    fn size(&self, node: usize) -> i32 {
        self.graph.nodes[node].height + BETWEEN
    }

    fn excess(&self, height: i32) -> f64 {
        let boxes = (f64::from(height) - self.even).max(0.0) / self.usual;
        boxes * (TOO_HIGH + self.uneven * boxes)
    }

    /// What the lines of a box cost where it is in a column, but those to one other box.
    fn cost_of_lines(&self, node: usize, column: usize, but: Option<usize>) -> f64 {
        let others = self.lines[node].iter().filter(|(other, _)| Some(*other) != but);
        others
            .map(|&(other, is_child)| {
                let there = self.column[other];
                if is_child {
                    span(column, there)
                } else {
                    span(there, column)
                }
            })
            .sum()
    }

    fn move_boxes(&mut self) -> bool {
        let mut changed = false;
        for node in 0..self.graph.nodes.len() {
            let (from, size) = (self.column[node], self.size(node));
            let now = self.cost_of_lines(node, from, None);
            let relief = self.excess(self.height[from]) - self.excess(self.height[from] - size);
            let mut best = (0.01, from);
            for to in (0..self.height.len()).filter(|to| *to != from) {
                let burden = self.excess(self.height[to] + size) - self.excess(self.height[to]);
                let gain = now + relief - self.cost_of_lines(node, to, None) - burden;
                if gain > best.0 {
                    best = (gain, to);
                }
            }
            if best.1 != from {
                self.height[from] -= size;
                self.height[best.1] += size;
                self.column[node] = best.1;
                changed = true;
            }
        }
        changed
    }

    fn exchange_boxes(&mut self) -> bool {
        let mut changed = false;
        for a in 0..self.graph.nodes.len() {
            for b in a + 1..self.graph.nodes.len() {
                let (there, here) = (self.column[a], self.column[b]);
                if there == here {
                    continue;
                }
                let more = self.size(b) - self.size(a);
                let heights = self.excess(self.height[there] + more) - self.excess(self.height[there])
                    + self.excess(self.height[here] - more)
                    - self.excess(self.height[here]);
                let before = self.cost_of_lines(a, there, Some(b))
                    + self.cost_of_lines(b, here, Some(a))
                    + self.between(a, b);
                self.column.swap(a, b);
                let after = self.cost_of_lines(a, here, Some(b))
                    + self.cost_of_lines(b, there, Some(a))
                    + self.between(a, b);
                if after + heights < before - 0.01 {
                    self.height[there] += more;
                    self.height[here] -= more;
                    changed = true;
                } else {
                    self.column.swap(a, b);
                }
            }
        }
        changed
    }

    fn between(&self, a: usize, b: usize) -> f64 {
        let lines = self.lines[a].iter().filter(|(other, _)| *other == b);
        lines
            .map(|&(_, is_child)| {
                let (a, b) = (self.column[a], self.column[b]);
                if is_child { span(a, b) } else { span(b, a) }
            })
            .sum()
    }
}

/// What a line costs: nothing to the next column on the right; a line within a column makes a bow, a longer one needs room
/// in the columns between.
fn span(parent: usize, child: usize) -> f64 {
    let distance = parent.abs_diff(child) as f64;
    match (parent == child, parent < child) {
        (true, _) => 2.2,
        (_, true) => 3.0 * (distance - 1.0),
        (_, false) => 1.0 + 3.0 * (distance - 1.0),
    }
}

fn without_empty(mut column: Columns) -> Columns {
    let mut used = column.clone();
    used.sort_unstable();
    used.dedup();
    for it in &mut column {
        *it = used.binary_search(it).unwrap_or_default();
    }
    column
}
