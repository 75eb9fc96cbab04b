//! Expressions as text again: with parentheses around everything, so that no reader has to know precedence.

use std::fmt::{self, Display, Formatter};

use super::{Argument, Call, Expression, IsTest, Quantifier};
use crate::sql::{quote_ident, quote_literal};

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Null => f.write_str("NULL"),
            Expression::Bool(value) => write!(f, "{value}"),
            Expression::Number(digits) => f.write_str(digits),
            Expression::String(text) => f.write_str(&quote_literal(text)),
            Expression::Bits(bits) => write!(f, "B'{bits}'"),
            Expression::Column(name) => f.write_str(&quote_ident(name)),
            Expression::Value => f.write_str("VALUE"),
            Expression::Keyword(word) => f.write_str(&word.to_uppercase()),
            Expression::Cast(of, name) => write!(f, "({of})::{name}"),
            Expression::Collate(of, name) => write!(f, "({of} COLLATE {name})"),
            Expression::Prefix(name, of) => write!(f, "({name} {of})"),
            Expression::Binary(name, left, right) => write!(f, "({left} {name} {right})"),
            Expression::And(parts) => joined(f, "(", parts, " AND ", ")"),
            Expression::Or(parts) => joined(f, "(", parts, " OR ", ")"),
            Expression::Not(of) => write!(f, "(NOT {of})"),
            Expression::Is { of, test, negated } => {
                let test = match test {
                    IsTest::Null => "NULL",
                    IsTest::True => "TRUE",
                    IsTest::False => "FALSE",
                    IsTest::Unknown => "UNKNOWN",
                    IsTest::Document => "DOCUMENT",
                };
                write!(f, "({of} IS {}{test})", if *negated { "NOT " } else { "" })
            }
            Expression::Distinct { left, right, negated } => {
                let not = if *negated { "NOT " } else { "" };
                write!(f, "({left} IS {not}DISTINCT FROM {right})")
            }
            Expression::Quantified {
                left,
                operator,
                quantifier,
                array,
            } => {
                let quantifier = match quantifier {
                    Quantifier::Any => "ANY",
                    Quantifier::All => "ALL",
                };
                write!(f, "({left} {operator} {quantifier} ({array}))")
            }
            Expression::Case {
                operand,
                branches,
                otherwise,
            } => {
                f.write_str("CASE")?;
                if let Some(operand) = operand {
                    write!(f, " {operand}")?;
                }
                for (when, then) in branches {
                    write!(f, " WHEN {when} THEN {then}")?;
                }
                if let Some(otherwise) = otherwise {
                    write!(f, " ELSE {otherwise}")?;
                }
                f.write_str(" END")
            }
            Expression::Call(call) => call.fmt(f),
            Expression::Array(parts) => joined(f, "ARRAY[", parts, ", ", "]"),
            Expression::Row(parts) => joined(f, "ROW(", parts, ", ", ")"),
            Expression::Subscript(of, index) => write!(f, "({of})[{index}]"),
            Expression::Slice(of, low, high) => {
                write!(f, "({of})[")?;
                if let Some(low) = low {
                    low.fmt(f)?;
                }
                f.write_str(":")?;
                if let Some(high) = high {
                    high.fmt(f)?;
                }
                f.write_str("]")
            }
            Expression::Field(of, name) => write!(f, "({of}).{}", quote_ident(name)),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{}.", quote_ident(schema))?;
        }
        if self.schema.is_none() && self.name == "extract" {
            // It is a word of the grammar, and takes no list.
            if let [field, of] = self.arguments.as_slice() {
                return write!(f, "EXTRACT({field} FROM {of})");
            }
        }
        let quoted = quote_ident(&self.name);
        let name = match self.name.as_str() {
            // These are words of the grammar, and a function in quotes would be another.
            "coalesce" | "nullif" | "greatest" | "least" => self.name.as_str(),
            // As PostgreSQL does: without quotes, their arguments are not in a list.
            "position" | "substring" | "overlay" | "trim" => &format!("\"{}\"", self.name),
            _ => &quoted,
        };
        joined(f, &format!("{name}("), &self.arguments, ", ", ")")
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.variadic {
            f.write_str("VARIADIC ")?;
        }
        if let Some(name) = &self.name {
            write!(f, "{} => ", quote_ident(name))?;
        }
        self.value.fmt(f)
    }
}

fn joined<T: Display>(
    f: &mut Formatter<'_>,
    open: &str,
    parts: &[T],
    between: &str,
    close: &str,
) -> fmt::Result {
    f.write_str(open)?;
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        part.fmt(f)?;
    }
    f.write_str(close)
}
