//! The free room between the boxes and lines of a component.

use std::ops::Range;

use crate::er::layout::Point;
use crate::er::layout::component::Piece;

/// Room is given away in squares of so many pixels.
const SQUARE: i32 = 12;
/// At least so much is between what is put here and what is here already.
const APART: i32 = 24;

/// What of a rectangle is free.
pub(super) struct Room {
    width: i32,
    height: i32,
    /// How many squares are side by side.
    across: usize,
    /// Whether each square is taken, row by row.
    taken: Vec<bool>,
    /// How many squares are taken left of and above each corner of a square, row by row; so the number in any rectangle is
    /// known from four of these.
    sums: Vec<u32>,
    /// Widths and heights for which there was too little; there never is more later.
    too_large: Vec<(i32, i32)>,
}

impl Room {
    /// That between the boxes and lines of a component.
    pub(super) fn of(piece: &Piece) -> Room {
        let across = squares(0, piece.width, usize::MAX).len();
        let down = squares(0, piece.height, usize::MAX).len();
        let mut room = Room {
            width: piece.width,
            height: piece.height,
            across,
            taken: vec![false; across * down],
            sums: vec![0; (across + 1) * (down + 1)],
            too_large: Vec::new(),
        };
        for placed in &piece.boxes {
            room.mark(
                placed.x..placed.x + placed.width,
                placed.y..placed.y + placed.height,
            );
        }
        for pair in piece.lines.iter().flat_map(|line| line.points.windows(2)) {
            let (from, to) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            room.mark(from.x..to.x, from.y..to.y);
        }
        room.sum();
        room
    }

    /// Gives room to something: as far up as there is some, then as far left. None where there is too little.
    pub(super) fn take(&mut self, width: i32, height: i32) -> Option<Point> {
        let (rows, columns) = ((self.height - height) / SQUARE, (self.width - width) / SQUARE);
        let is_too_large = self
            .too_large
            .iter()
            .any(|size| size.0 <= width && size.1 <= height);
        if height > self.height || width > self.width || is_too_large {
            return None;
        }
        let mut corners = (0..=rows).flat_map(|row| {
            (0..=columns).map(move |column| Point {
                x: column * SQUARE,
                y: row * SQUARE,
            })
        });
        let Some(corner) = corners.find(|corner| self.is_free(*corner, width, height)) else {
            self.too_large.push((width, height));
            return None;
        };
        self.mark(corner.x..corner.x + width, corner.y..corner.y + height);
        self.sum();
        Some(corner)
    }

    fn down(&self) -> usize {
        self.taken.len() / self.across.max(1)
    }

    fn is_free(&self, Point { x, y }: Point, width: i32, height: i32) -> bool {
        let columns = squares(x - APART, x + width + APART, self.across);
        let rows = squares(y - APART, y + height + APART, self.down());
        let sum = |column: usize, row: usize| self.sums[row * (self.across + 1) + column];
        sum(columns.end, rows.end) + sum(columns.start, rows.start)
            == sum(columns.start, rows.end) + sum(columns.end, rows.start)
    }

    fn mark(&mut self, x: Range<i32>, y: Range<i32>) {
        let columns = squares(x.start, x.end, self.across);
        for row in squares(y.start, y.end, self.down()) {
            let first = row * self.across;
            self.taken[first + columns.start..first + columns.end].fill(true);
        }
    }

    fn sum(&mut self) {
        let wide = self.across + 1;
        for row in 0..self.down() {
            let mut in_row = 0;
            for column in 0..self.across {
                in_row += u32::from(self.taken[row * self.across + column]);
                self.sums[(row + 1) * wide + column + 1] = self.sums[row * wide + column + 1] + in_row;
            }
        }
    }
}

/// The squares that have a part between two pixels, of so many.
fn squares(from: i32, to: i32, of: usize) -> Range<usize> {
    let square = |pixel: i32| usize::try_from(pixel / SQUARE).unwrap_or(0);
    let end = square(to).saturating_add(1).min(of);
    square(from).min(end)..end
}
