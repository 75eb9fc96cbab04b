//! Types of extensions that many schemas use.

use std::fmt::Write as _;

use crate::seed::chance::Chance;

/// A type of an extension.
#[derive(Clone, Debug)]
pub(super) enum Extension {
    Hstore,
    Ltree,
    Cube,
    Seg,
    Semver,
    /// `isbn`, `isbn13`, `ean13`: thirteen digits, the last of which is a check.
    Isbn,
    /// PostGIS: the kind of shape, and the reference system where one is declared.
    Geometry {
        shape: Shape,
        system: Option<u32>,
    },
    /// pgvector: how many numbers.
    Vector {
        dimensions: u32,
        /// So many whole numbers it keeps exactly.
        exact: u64,
    },
}

/// A kind of shape.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
}

/// Where nothing is declared, so many dimensions.
const DIMENSIONS: u32 = 3;

impl Extension {
    /// By the name of the type, and as it is written with its modifier.
    pub(super) fn of(name: &str, written: &str) -> Option<Extension> {
        let modifier = written
            .split_once('(')
            .and_then(|(_, rest)| rest.split_once(')'))
            .map(|(modifier, _)| modifier);
        Some(match name {
            "hstore" => Extension::Hstore,
            "ltree" => Extension::Ltree,
            "cube" => Extension::Cube,
            "seg" => Extension::Seg,
            "semver" => Extension::Semver,
            "isbn" | "isbn13" | "ean13" => Extension::Isbn,
            "vector" | "halfvec" => Extension::Vector {
                dimensions: modifier
                    .and_then(|modifier| modifier.parse().ok())
                    .unwrap_or(DIMENSIONS),
                exact: if name == "vector" { 1 << 24 } else { 1 << 11 },
            },
            "geometry" | "geography" => {
                let mut words = modifier.unwrap_or_default().split(',');
                let shape = match words
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_ascii_lowercase()
                    .as_str()
                {
                    "" | "geometry" | "point" => Shape::Point,
                    "linestring" => Shape::LineString,
                    "polygon" => Shape::Polygon,
                    "multipoint" => Shape::MultiPoint,
                    "multilinestring" => Shape::MultiLineString,
                    "multipolygon" => Shape::MultiPolygon,
                    // With a height, or of a kind that is rare.
                    _ => return None,
                };
                let system = words.next().and_then(|system| system.trim().parse().ok());
                Extension::Geometry { shape, system }
            }
            _ => return None,
        })
    }

    pub(super) fn capacity(&self) -> Option<u64> {
        match self {
            Extension::Hstore | Extension::Ltree | Extension::Cube => None,
            Extension::Seg => Some(1 << 20),
            Extension::Semver => Some(1 << 40),
            Extension::Isbn => Some(1_000_000_000),
            Extension::Geometry { .. } => Some(WIDE * HIGH),
            Extension::Vector { dimensions: 0, .. } => Some(0),
            Extension::Vector { exact, .. } => Some(*exact),
        }
    }

    pub(super) fn write(&self, number: u64, chance: &mut Chance, out: &mut String) {
        let _ = match self {
            Extension::Hstore => {
                let colour = chance.pick(&["red", "green", "blue"]).copied().unwrap_or("red");
                write!(out, "\"colour\"=>\"{colour}\", \"number\"=>\"{number}\"")
            }
            Extension::Ltree => {
                let branch = chance
                    .pick(&["science", "arts", "sports"])
                    .copied()
                    .unwrap_or("arts");
                write!(out, "top.{branch}.b{number}")
            }
            Extension::Cube => {
                let (x, y) = (number % WIDE * 3, number / WIDE * 3);
                write!(out, "({x},{y}),({},{})", x + 2, y + 2)
            }
            Extension::Seg => write!(out, "{} .. {}", number * 3, number * 3 + 2),
            Extension::Semver => write!(out, "{}.{}.{}", number / 1000, number / 20 % 50, number % 20),
            Extension::Isbn => {
                let digits = 978_000_000_000 + number % 1_000_000_000;
                let weighed = (0..12).map(|place| {
                    let digit = digits / 10_u64.pow(place) % 10;
                    if place % 2 == 0 { 3 * digit } else { digit }
                });
                write!(out, "{digits}{}", (10 - weighed.sum::<u64>() % 10) % 10)
            }
            Extension::Geometry { shape, system } => {
                if let Some(system) = system {
                    let _ = write!(out, "SRID={system};");
                }
                shape.write(number, out)
            }
            Extension::Vector { dimensions, .. } => {
                out.push('[');
                for place in 0..*dimensions {
                    let _ = match place {
                        0 => write!(out, "{number}"),
                        _ => write!(out, ",0.{:03}", chance.below(1000)),
                    };
                }
                out.push(']');
                Ok(())
            }
        };
    }
}

/// So many shapes stand beside each other.
const WIDE: u64 = 3000;

/// So many stand above each other: neither poles nor date line are touched.
const HIGH: u64 = 1500;

impl Shape {
    /// Writes the shape of a number: all of them lie in squares that do not touch, of a tenth of a degree.
    fn write(self, number: u64, out: &mut String) -> std::fmt::Result {
        let degrees = |hundredths: i64| {
            let sign = if hundredths < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
        };
        // Spread from the middle of the map.
        let (column, row) = ((number * 1_117) % WIDE, (number / WIDE + number * 617) % HIGH);
        let (x, y) = (column as i64 - 1500, row as i64 - 750);
        let (left, right) = (degrees(x * 10), degrees(x * 10 + 5));
        let (below, above) = (degrees(y * 10), degrees(y * 10 + 5));
        let ring = format!("({left} {below},{right} {below},{right} {above},{left} {above},{left} {below})");
        match self {
            Shape::Point => write!(out, "POINT({left} {below})"),
            Shape::LineString => write!(out, "LINESTRING({left} {below},{right} {above})"),
            Shape::Polygon => write!(out, "POLYGON({ring})"),
            Shape::MultiPoint => write!(out, "MULTIPOINT({left} {below},{right} {above})"),
            Shape::MultiLineString => write!(out, "MULTILINESTRING(({left} {below},{right} {above}))"),
            Shape::MultiPolygon => write!(out, "MULTIPOLYGON(({ring}))"),
        }
    }
}
