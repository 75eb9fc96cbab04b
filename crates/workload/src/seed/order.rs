//! In which order tables are filled: parents first, and those that refer to each other in a circle together.

/// The tables in stages, each a list of tables that refer to each other in a circle, or a single one. Whatever a table
/// refers to is in its own stage or an earlier one. `parents[t]` are the tables that `t` refers to.
///
/// Strongly connected components after Tarjan: Depth-first search and linear graph algorithms, 1972.
pub(crate) fn stages(parents: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        parents,
        numbers: vec![None; parents.len()],
        lowest: vec![0; parents.len()],
        stack: Vec::new(),
        is_on_stack: vec![false; parents.len()],
        next: 0,
        found: Vec::new(),
    };
    for table in 0..parents.len() {
        if search.numbers[table].is_none() {
            search.visit(table);
        }
    }
    search.found
}

struct Search<'a> {
    parents: &'a [Vec<usize>],
    numbers: Vec<Option<usize>>,
    lowest: Vec<usize>,
    stack: Vec<usize>,
    is_on_stack: Vec<bool>,
    next: usize,
    found: Vec<Vec<usize>>,
}

impl Search<'_> {
    /// Visits a table and all that it leads to. Without recursion: schemas may be deep.
    fn visit(&mut self, first: usize) {
        let mut way: Vec<(usize, usize)> = Vec::new();
        self.enter(first);
        way.push((first, 0));
        while let Some((table, edge)) = way.last_mut() {
            let table = *table;
            if let Some(&parent) = self.parents[table].get(*edge) {
                *edge += 1;
                if self.numbers[parent].is_none() {
                    self.enter(parent);
                    way.push((parent, 0));
                } else if self.is_on_stack[parent] {
                    self.lowest[table] = self.lowest[table].min(self.numbers[parent].unwrap_or(0));
                }
                continue;
            }
            way.pop();
            if let Some((before, _)) = way.last() {
                self.lowest[*before] = self.lowest[*before].min(self.lowest[table]);
            }
            if Some(self.lowest[table]) == self.numbers[table] {
                let mut stage = Vec::new();
                while let Some(member) = self.stack.pop() {
                    self.is_on_stack[member] = false;
                    stage.push(member);
                    if member == table {
                        break;
                    }
                }
                stage.sort_unstable();
                self.found.push(stage);
            }
        }
    }

    fn enter(&mut self, table: usize) {
        self.numbers[table] = Some(self.next);
        self.lowest[table] = self.next;
        self.next += 1;
        self.stack.push(table);
        self.is_on_stack[table] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_first_and_circles_together() {
        let check = |parents: &[&[usize]], expect: &[&[usize]]| {
            let parents: Vec<Vec<usize>> = parents.iter().map(|list| list.to_vec()).collect();
            assert_eq!(stages(&parents), expect.to_vec());
        };
        check(&[], &[]);
        check(&[&[1], &[]], &[&[1], &[0]]);
        check(&[&[0]], &[&[0]]);
        check(&[&[1], &[2], &[0, 3], &[]], &[&[3], &[0, 1, 2]]);
        check(&[&[1, 2], &[], &[1]], &[&[1], &[2], &[0]]);
    }
}
