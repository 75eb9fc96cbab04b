//! The graph of a history as text, as `git log --graph` draws it.
//!
//! Newest first; every revision that is still waited for has a lane, and the lanes stand next to each other without gaps:
//!
//! ```text
//! * 4 merge
//! |\
//! | * 3 right
//! * | 2 left
//! |/
//! * 1
//! ```
//!
//! `|` and `*` stand in even columns, in their lanes. What leads from lane to lane stands between: `\` from the lane on its
//! left to the one on its right, `/` the other way, and a line of `_` takes it further, underneath the lanes that it passes:
//! `|_|/` leads from the third lane to the first. So a line can always be followed without a guess.

use std::collections::BTreeSet;

/// A revision to be drawn.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    /// Its id, which no other node has.
    pub(crate) id: &'a str,
    /// The ids of the nodes it builds on. Where one is not drawn, its lane runs on to the end.
    pub(crate) parents: Vec<&'a str>,
    /// What stands behind the lanes, in one line.
    pub(crate) label: String,
}

/// The graph, last node first: one line for each node, and lines between where branches part and join. No line ends in
/// blanks; an empty one divides graphs that have nothing to do with each other.
///
/// Parents must stand before their children.
pub(crate) fn draw(nodes: &[Node<'_>]) -> Vec<String> {
    let mut drawing = Drawing::default();
    for node in nodes.iter().rev() {
        drawing.node(node);
    }
    drawing.lines
}

/// A graph, drawn so far.
#[derive(Default)]
struct Drawing<'a> {
    /// The id that each lane leads to, all different.
    lanes: Vec<&'a str>,
    /// Whether the last line ends a lane on the right, in whose place nothing may begin.
    just_ended: bool,
    lines: Vec<String>,
}

impl<'a> Drawing<'a> {
    fn node(&mut self, node: &Node<'a>) {
        let lane = self.lane_to(node.id).unwrap_or_else(|| {
            if self.just_ended {
                self.push(lanes(self.lanes.len()));
            }
            self.lanes.push(node.id);
            self.lanes.len() - 1
        });
        let mut line = lanes(self.lanes.len());
        put(&mut line, 2 * lane, b'*');
        self.push(line);
        if let Some(line) = self.lines.last_mut() {
            line.push(' ');
            line.push_str(&node.label);
            line.truncate(line.trim_end().len());
        }
        self.just_ended = false;

        let mut seen = BTreeSet::from([node.id]);
        let mut parents = node.parents.iter().copied().filter(|parent| seen.insert(parent));
        let Some(first) = parents.next() else {
            return self.end(lane);
        };
        // From the last to the first, so that the new lanes stand in the order of the parents.
        for parent in parents.collect::<Vec<_>>().into_iter().rev() {
            match self.lane_to(parent) {
                Some(target) => self.fork(lane, target),
                None => self.open(lane, parent),
            }
        }
        match self.lane_to(first) {
            Some(target) => self.join(lane.min(target), lane.max(target), first),
            None => self.lead(lane, first),
        }
    }

    fn lane_to(&self, id: &str) -> Option<usize> {
        self.lanes.iter().position(|lane| *lane == id)
    }

    fn lead(&mut self, lane: usize, id: &'a str) {
        if let Some(lane) = self.lanes.get_mut(lane) {
            *lane = id;
        }
    }

    /// Draws a new lane from `lane` to the right of it; the others there make room.
    fn open(&mut self, lane: usize, id: &'a str) {
        let mut line = lanes(lane);
        line.push(b'|');
        for _ in lane..self.lanes.len() {
            line.extend(b"\\ ");
        }
        self.lanes.insert(lane + 1, id);
        self.push(line);
    }

    /// Draws a line from one lane to another. Both go on.
    fn fork(&mut self, from: usize, to: usize) {
        let mut line = lanes(self.lanes.len());
        if from < to {
            cross(&mut line, from + 1..to);
            put(&mut line, 2 * from + 1, b'\\');
        } else {
            cross(&mut line, to..from - 1);
            put(&mut line, 2 * from - 1, b'/');
        }
        self.push(line);
    }

    /// Draws the lane on the `right` into the one on the `left`, which leads to `id`; those behind it close up.
    fn join(&mut self, left: usize, right: usize, id: &'a str) {
        self.lead(left, id);
        let mut line = lanes(right);
        cross(&mut line, left..right - 1);
        put(&mut line, 2 * right - 1, b'/');
        self.close_up(line, right);
    }

    /// Ends a lane; those behind it close up.
    fn end(&mut self, lane: usize) {
        if lane + 1 == self.lanes.len() {
            self.lanes.pop();
            self.just_ended = true;
        } else {
            self.close_up(lanes(lane), lane);
        }
    }

    /// Takes out a lane that ends in this line, and draws those behind it one place to the left.
    fn close_up(&mut self, mut line: Vec<u8>, lane: usize) {
        self.lanes.remove(lane);
        for _ in lane..self.lanes.len() {
            line.extend(b" /");
        }
        self.push(line);
    }

    fn push(&mut self, line: Vec<u8>) {
        self.lines
            .push(String::from_utf8_lossy(line.trim_ascii_end()).into_owned());
    }
}

/// So many lanes that go straight on, with the blanks behind each.
fn lanes(number: usize) -> Vec<u8> {
    b"| ".repeat(number)
}

/// Leads a line underneath these lanes' right sides.
fn cross(line: &mut [u8], lanes: std::ops::Range<usize>) {
    for lane in lanes {
        put(line, 2 * lane + 1, b'_');
    }
}

fn put(line: &mut [u8], column: usize, character: u8) {
    if let Some(place) = line.get_mut(column) {
        *place = character;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Nodes of lines such as `3 <- 1 2`.
    fn nodes(lines: &[&'static str]) -> Vec<Node<'static>> {
        lines
            .iter()
            .map(|line| {
                let (id, parents) = line.split_once(" <-").unwrap_or((line, ""));
                Node {
                    id,
                    parents: parents.split_whitespace().collect(),
                    label: id.to_owned(),
                }
            })
            .collect()
    }

    fn check(nodes_in_order: &[&'static str], expected: &[&str]) {
        assert_eq!(draw(&nodes(nodes_in_order)), expected);
    }

    #[test]
    fn graphs_look_like_gits() {
        check(&[], &[]);
        check(&["1", "2 <- 1", "3 <- 2"], &["* 3", "* 2", "* 1"]);
        check(
            &["1", "2 <- 1", "3 <- 1", "4 <- 2 3", "5 <- 4"],
            &["* 5", "* 4", r"|\", "| * 3", "* | 2", "|/", "* 1"],
        );
        // Two heads, one of them older.
        check(
            &["1", "2 <- 1", "3 <- 2", "4 <- 1", "5 <- 4"],
            &["* 5", "* 4", "| * 3", "| * 2", "|/", "* 1"],
        );
        // Three parents.
        check(
            &["1", "a <- 1", "b <- 1", "c <- 1", "m <- a b c"],
            &[
                "* m", r"|\", r"|\ \", "| | * c", "| * | b", "| |/", "* | a", "|/", "* 1",
            ],
        );
    }

    #[test]
    fn roots_are_told_apart() {
        check(&["1", "2"], &["* 2", "", "* 1"]);
        check(&["1", "2 <- 1", "a", "b <- a"], &["* b", "* a", "", "* 2", "* 1"]);
        // A root between lanes, and one at the right end with another head below it.
        check(
            &["1", "r", "2 <- 1", "3 <- r", "m <- 3 2"],
            &["* m", r"|\", "* | 3", "| * 2", "* | r", " /", "* 1"],
        );
        check(&["1", "2", "3", "4 <- 1"], &["* 4", "| * 3", "|", "| * 2", "* 1"]);
    }

    #[test]
    fn lines_pass_under_lanes() {
        check(
            &["1", "2 <- 1", "3", "4 <- 1", "5 <- 3", "6 <- 2"],
            &["* 6", "| * 5", "| | * 4", "| * | 3", "|  /", "* | 2", "|/", "* 1"],
        );
        check(
            &["1", "2", "3 <- 1", "4 <- 2", "5 <- 1"],
            &["* 5", "| * 4", "| | * 3", "|_|/", "| * 2", "* 1"],
        );
        // Two that each merge both of two lanes.
        check(
            &["1", "2", "3 <- 1 2", "4 <- 2 1", "5 <- 3 4"],
            &[
                "* 5", r"|\", "| * 4", r"| |\", "* | | 3", r"|\| |", "|_|/", "| * 2", "* 1",
            ],
        );
        // Underneath a lane to the right.
        check(
            &["p", "z", "d <- z", "c <- z p", "e <- p", "b <- d", "a <- c"],
            &[
                "* a", "| * b", "| | * e", "* | | c", r"|\|_|", "| * | d", "|/ /", "* | z", " /", "* p",
            ],
        );
    }

    #[test]
    fn a_parent_that_is_not_drawn_leaves_its_lane_open() {
        check(
            &["2 <- 1", "3 <- 1", "4 <- 2 9"],
            &["* 4", r"|\", "| | * 3", "* | | 2", "|_|/"],
        );
    }

    #[test]
    fn labels_leave_no_blanks() {
        let mut nodes = nodes(&["1", "2 <- 1"]);
        nodes[0].label = String::new();
        nodes[1].label = "two  ".to_owned();
        assert_eq!(draw(&nodes), ["* two", "*"]);
    }

    #[test]
    fn parents_named_twice_count_once() {
        check(&["1", "2 <- 1 1 2"], &["* 2", "* 1"]);
    }

    /// Numbers that look random and are the same every time: the constants of Knuth's MMIX.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % limit
        }
    }

    /// A graph of so many nodes, each with up to `most` parents among the `near` before it.
    fn graph(numbers: &mut Numbers, size: usize, most: usize, near: usize) -> Vec<(String, Vec<String>)> {
        (0..size)
            .map(|node| {
                let many = if numbers.below(3) == 0 {
                    numbers.below(most + 1)
                } else {
                    1
                };
                let parents: BTreeSet<_> = (0..if node == 0 { 0 } else { many })
                    .map(|_| node - 1 - numbers.below(near.min(node)))
                    .collect();
                (node.to_string(), parents.iter().map(usize::to_string).collect())
            })
            .collect()
    }

    fn drawn(graph: &[(String, Vec<String>)]) -> Vec<String> {
        let nodes: Vec<_> = graph
            .iter()
            .map(|(id, parents)| Node {
                id,
                parents: parents.iter().map(String::as_str).collect(),
                label: format!("n{id}"),
            })
            .collect();
        draw(&nodes)
    }

    /// The lanes and the label of a line.
    fn parts(line: &str) -> (&[u8], Option<&str>) {
        match line.split_once('n') {
            Some((lanes, label)) => (lanes.as_bytes(), Some(label)),
            None => (line.as_bytes(), None),
        }
    }

    /// The lanes at the bottom of a line to which something leads from this lane at its top. A node ends what leads to it.
    fn below(line: &[u8], lane: usize) -> Vec<usize> {
        let at = |column: usize| line.get(column).copied().unwrap_or(b' ');
        let mut below = Vec::new();
        if at(2 * lane) == b'|' {
            below.push(lane);
        }
        if at(2 * lane + 1) == b'\\' {
            let mut to = lane + 1;
            while at(2 * to + 1) == b'_' {
                to += 1;
            }
            below.push(to);
        }
        if lane > 0 && at(2 * lane - 1) == b'/' {
            let mut to = lane - 1;
            while to > 0 && at(2 * to - 1) == b'_' {
                to -= 1;
            }
            below.push(to);
        }
        below
    }

    /// Follows the lines: each node and its parents, as drawn.
    fn followed(lines: &[String]) -> BTreeMap<String, BTreeSet<String>> {
        let mut followed = BTreeMap::new();
        for (number, line) in lines.iter().enumerate() {
            let (lanes, Some(id)) = parts(line) else { continue };
            let star = lanes.iter().position(|&byte| byte == b'*').unwrap();
            assert_eq!(star % 2, 0, "{line}");
            let mut parents = BTreeSet::new();
            let mut at = BTreeSet::from([star / 2]);
            for line in lines.iter().skip(number + 1) {
                let (lanes, id) = parts(line);
                let (here, on): (Vec<_>, Vec<_>) = at
                    .into_iter()
                    .partition(|lane| lanes.get(2 * lane) == Some(&b'*'));
                if !here.is_empty() {
                    parents.insert(id.unwrap().to_owned());
                }
                at = on.into_iter().flat_map(|lane| below(lanes, lane)).collect();
            }
            // Below a root in the last line is nothing to be followed.
            assert!(
                at.is_empty() || number + 1 == lines.len(),
                "{id} leads out of the drawing"
            );
            followed.insert(id.to_owned(), parents);
        }
        followed
    }

    /// Every stroke leads on from one above: no lane comes from nowhere, and none ends in the open.
    fn check_strokes(lines: &[String], roots: &BTreeSet<&str>) {
        let mut above: BTreeSet<usize> = BTreeSet::new();
        for line in lines {
            assert_eq!(line, line.trim_end());
            let (lanes, id) = parts(line);
            let mut next = BTreeSet::new();
            for &lane in &above {
                let below = below(lanes, lane);
                // A root is the end of its lane, and may be so a line before the others close up.
                assert!(
                    !below.is_empty() || lanes.get(2 * lane) == Some(&b'*'),
                    "{line:?}"
                );
                next.extend(below);
            }
            for (column, stroke) in lanes.iter().enumerate() {
                match stroke {
                    b'|' => assert!(column % 2 == 0 && above.contains(&(column / 2)), "{line:?}"),
                    b'*' => {
                        if !id.is_some_and(|id| roots.contains(id)) {
                            next.insert(column / 2);
                        }
                    }
                    b'\\' => assert!(column % 2 == 1 && above.contains(&(column / 2)), "{line:?}"),
                    b'/' => assert!(column % 2 == 1 && above.contains(&(column / 2 + 1)), "{line:?}"),
                    b'_' => assert!(column % 2 == 1, "{line:?}"),
                    _ => assert_eq!(*stroke, b' ', "{line:?}"),
                }
            }
            above = next;
        }
        assert!(above.is_empty());
    }

    #[test]
    fn lines_lead_from_each_node_to_its_parents() {
        let mut numbers = Numbers(7);
        for round in 0..3000 {
            let size = 1 + numbers.below(40);
            let (most, near) = (1 + numbers.below(5), 1 + numbers.below(12));
            let graph = graph(&mut numbers, size, most, near);
            let lines = drawn(&graph);
            let text = lines.join("\n");
            let expected: BTreeMap<String, BTreeSet<String>> = graph
                .iter()
                .map(|(id, parents)| (id.clone(), parents.iter().cloned().collect()))
                .collect();
            assert_eq!(followed(&lines), expected, "round {round}\n{text}");
            let roots = graph.iter().filter(|(_, parents)| parents.is_empty());
            check_strokes(&lines, &roots.map(|(id, _)| id.as_str()).collect());
            let order: Vec<_> = lines.iter().filter_map(|line| parts(line).1).collect();
            assert!(
                order.into_iter().eq(graph.iter().rev().map(|(id, _)| id)),
                "{text}"
            );
        }
    }

    #[test]
    fn large_graphs_are_drawn_at_once() {
        // 300 nodes that all have many parents far away: hundreds of lanes.
        let graph = graph(&mut Numbers(1), 300, 8, 300);
        let start = std::time::Instant::now();
        assert!(drawn(&graph).len() > 600);
        assert!(start.elapsed().as_secs() < 1);
    }
}
