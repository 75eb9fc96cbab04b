//! Expressions, as PostgreSQL prints them.
//!
//! What PostgreSQL keeps of a CHECK, a default or a predicate is a tree, and `pg_get_expr` prints it in one way only:
//! parentheses around everything, a cast behind each constant that is not a plain number, `BETWEEN` as two comparisons, `IN`
//! as `= ANY`. [`parse_expression`] reads that back, and what is written in the same forms with fewer parentheses.
//!
//! ```
//! use cogway_catalog::sql::{Expression, parse_expression};
//!
//! let check = parse_expression("((price > (0)::numeric) AND (price IS NOT NULL))")?;
//! let Expression::And(parts) = &check else { unreachable!() };
//! assert_eq!(parts.len(), 2);
//! assert_eq!(check.columns(), ["price"]);
//! # Ok::<(), cogway_catalog::sql::ExpressionError>(())
//! ```

mod lexer;
mod parser;
mod partition;
mod print;
mod type_name;

use super::token::Quoted;

pub use partition::{PartitionBound, PartitionEnd, PartitionKey, PartitionMethod};

/// An expression over the columns of a table, or over the value of a domain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expression {
    /// `NULL`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number without a sign, as it is written.
    Number(String),
    /// A string constant: what stands between the quotes, with everything that was escaped put back.
    String(String),
    /// `B'0101'`, and `X'…'` written out in bits.
    Bits(String),
    /// A column, by its name alone. Table names before it are left out.
    Column(String),
    /// The value that a domain's check is about: `VALUE`.
    Value,
    /// `DEFAULT`-like words that stand for a value and take no parentheses, in lower case: `current_date`,
    /// `current_user`, `localtimestamp`, …
    Keyword(String),
    /// `x::type`, with the type as it is written, modifiers and all.
    Cast(Box<Expression>, String),
    /// `x COLLATE "C"`, with the collation as it is written.
    Collate(Box<Expression>, String),
    /// An operator before its operand.
    Prefix(String, Box<Expression>),
    /// An operator between two operands. The schema of `OPERATOR(schema.=)` is left out.
    Binary(String, Box<Expression>, Box<Expression>),
    /// All of these; never fewer than two.
    And(Vec<Expression>),
    /// Any of these; never fewer than two.
    Or(Vec<Expression>),
    /// `NOT x`
    Not(Box<Expression>),
    /// `x IS NULL`, `x IS TRUE`, …; negated it is `x IS NOT NULL`, ….
    Is {
        /// What is tested.
        of: Box<Expression>,
        /// For what.
        test: IsTest,
        /// `IS NOT`?
        negated: bool,
    },
    /// `x IS DISTINCT FROM y`; negated it is `x IS NOT DISTINCT FROM y`.
    Distinct {
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
        /// `IS NOT DISTINCT FROM`?
        negated: bool,
    },
    /// `x = ANY (array)` or `x <> ALL (array)`.
    Quantified {
        /// What is compared.
        left: Box<Expression>,
        /// With which operator.
        operator: String,
        /// With how many of the elements.
        quantifier: Quantifier,
        /// The array.
        array: Box<Expression>,
    },
    /// `CASE operand WHEN … THEN … ELSE … END`
    Case {
        /// What the branches are compared with, where there is something.
        operand: Option<Box<Expression>>,
        /// Conditions and results.
        branches: Vec<(Expression, Expression)>,
        /// The result of `ELSE`.
        otherwise: Option<Box<Expression>>,
    },
    /// A call of a function, and everything that is written like one: `COALESCE`, `GREATEST`, `EXTRACT`.
    Call(Call),
    /// `ARRAY[…]`
    Array(Vec<Expression>),
    /// `ROW(…)` or `(a, b)`
    Row(Vec<Expression>),
    /// `x[index]`
    Subscript(Box<Expression>, Box<Expression>),
    /// `x[low:high]`
    Slice(Box<Expression>, Option<Box<Expression>>, Option<Box<Expression>>),
    /// `(x).name`
    Field(Box<Expression>, String),
}

/// A call of a function.
///
/// Forms with a syntax of their own are calls of the function behind them, with arguments in its order: `x AT TIME ZONE z` is
/// `timezone(z, x)`, `EXTRACT(year FROM x)` is `extract('year', x)`, `TRIM(LEADING y FROM x)` is `ltrim(x, y)`,
/// `POSITION(x IN y)` is `position(y, x)`, `SUBSTRING(x FROM y FOR z)` is `substring(x, y, z)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// The schema, where it is written.
    pub schema: Option<String>,
    /// The function's name.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<Argument>,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Argument {
    /// The parameter it is for, where it is named: `days => 10`.
    pub name: Option<String>,
    /// Is it an array that stands for all further arguments?
    pub variadic: bool,
    /// What is handed over.
    pub value: Expression,
}

/// What `IS` asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the variants are SQL's own words")]
pub enum IsTest {
    Null,
    True,
    False,
    Unknown,
    Document,
}

/// With how many elements of an array something is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// With one of them at least: `ANY` or `SOME`.
    Any,
    /// With each: `ALL`.
    All,
}

/// Why a text is not an expression that is understood here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// Something is opened and never closed.
    #[error("at byte {at}: this {what} is never closed")]
    Unclosed {
        /// Where, in bytes from 0.
        at: usize,
        /// What.
        what: Quoted,
    },
    /// Something else was to come there.
    #[error("at byte {at}: expected {expected}, found {found}")]
    Unexpected {
        /// Where, in bytes from 0.
        at: usize,
        /// What was to come.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// It is nested more deeply than anybody writes.
    #[error("at byte {at}: nested more than {limit} deep", limit = parser::DEPTH_LIMIT)]
    TooDeep {
        /// Where, in bytes from 0.
        at: usize,
    },
}

/// Reads an expression as PostgreSQL prints it.
///
/// Precedence is that of <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE>. Names without quotes
/// are folded to lower case.
///
/// # Errors
///
/// When the text is no expression, or has something in it that is not read here (a query, a window).
pub fn parse_expression(text: &str) -> Result<Expression, ExpressionError> {
    let mut parser = parser::Parser::new(text)?;
    let expression = parser.expression()?;
    parser.end()?;
    Ok(expression)
}

/// Reads a key of an index, such as `lower(email) COLLATE "C" text_pattern_ops DESC NULLS LAST`: what is indexed, with its
/// collation. Operator class and direction are left out.
///
/// # Errors
///
/// When what comes first is no expression.
pub fn parse_index_key(text: &str) -> Result<Expression, ExpressionError> {
    parser::Parser::new(text)?.expression()
}

impl Expression {
    /// A call of a function of PostgreSQL's own, with arguments in order.
    pub fn call(name: &str, arguments: impl IntoIterator<Item = Expression>) -> Expression {
        Expression::Call(Call {
            schema: None,
            name: name.to_owned(),
            arguments: arguments.into_iter().map(Argument::plain).collect(),
        })
    }

    /// Two operands with an operator between them.
    pub fn binary(operator: &str, left: Expression, right: Expression) -> Expression {
        Expression::Binary(operator.to_owned(), Box::new(left), Box::new(right))
    }

    /// The names of all columns in it, each once, in the order in which they come.
    pub fn columns(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.visit(&mut |part| {
            if let Expression::Column(name) = part
                && !names.contains(&name.as_str())
            {
                names.push(name.as_str());
            }
        });
        names
    }

    /// The parts that it is made of directly, in the order of its text.
    pub fn parts(&self) -> Vec<&Expression> {
        match self {
            Expression::Null
            | Expression::Bool(_)
            | Expression::Number(_)
            | Expression::String(_)
            | Expression::Bits(_)
            | Expression::Column(_)
            | Expression::Value
            | Expression::Keyword(_) => Vec::new(),
            Expression::Cast(of, _)
            | Expression::Collate(of, _)
            | Expression::Prefix(_, of)
            | Expression::Not(of)
            | Expression::Is { of, .. }
            | Expression::Field(of, _) => vec![of],
            Expression::Binary(_, left, right)
            | Expression::Distinct { left, right, .. }
            | Expression::Quantified {
                left, array: right, ..
            }
            | Expression::Subscript(left, right) => vec![left, right],
            Expression::And(parts)
            | Expression::Or(parts)
            | Expression::Array(parts)
            | Expression::Row(parts) => parts.iter().collect(),
            Expression::Case {
                operand,
                branches,
                otherwise,
            } => operand
                .as_deref()
                .into_iter()
                .chain(branches.iter().flat_map(|(when, then)| [when, then]))
                .chain(otherwise.as_deref())
                .collect(),
            Expression::Call(call) => call.arguments.iter().map(|argument| &argument.value).collect(),
            Expression::Slice(of, low, high) => std::iter::once(of.as_ref())
                .chain(low.as_deref())
                .chain(high.as_deref())
                .collect(),
        }
    }

    /// The expression with parts replaced: those for which there is a replacement, the outermost first.
    #[must_use]
    pub fn replaced(&self, by: &mut impl FnMut(&Expression) -> Option<Expression>) -> Expression {
        if let Some(replacement) = by(self) {
            return replacement;
        }
        let mut copy = self.clone();
        for part in copy.parts_mut() {
            *part = part.replaced(by);
        }
        copy
    }

    fn parts_mut(&mut self) -> Vec<&mut Expression> {
        match self {
            Expression::Null
            | Expression::Bool(_)
            | Expression::Number(_)
            | Expression::String(_)
            | Expression::Bits(_)
            | Expression::Column(_)
            | Expression::Value
            | Expression::Keyword(_) => Vec::new(),
            Expression::Cast(of, _)
            | Expression::Collate(of, _)
            | Expression::Prefix(_, of)
            | Expression::Not(of)
            | Expression::Is { of, .. }
            | Expression::Field(of, _) => vec![of],
            Expression::Binary(_, left, right)
            | Expression::Distinct { left, right, .. }
            | Expression::Quantified {
                left, array: right, ..
            }
            | Expression::Subscript(left, right) => vec![left, right],
            Expression::And(parts)
            | Expression::Or(parts)
            | Expression::Array(parts)
            | Expression::Row(parts) => parts.iter_mut().collect(),
            Expression::Case {
                operand,
                branches,
                otherwise,
            } => operand
                .as_deref_mut()
                .into_iter()
                .chain(branches.iter_mut().flat_map(|(when, then)| [when, then]))
                .chain(otherwise.as_deref_mut())
                .collect(),
            Expression::Call(call) => call
                .arguments
                .iter_mut()
                .map(|argument| &mut argument.value)
                .collect(),
            Expression::Slice(of, low, high) => std::iter::once(of.as_mut())
                .chain(low.as_deref_mut())
                .chain(high.as_deref_mut())
                .collect(),
        }
    }

    /// Goes through the expression and everything in it, outer parts first.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Expression)) {
        see(self);
        for part in self.parts() {
            part.visit(see);
        }
    }
}

impl Argument {
    /// One that is neither named nor variadic.
    pub fn plain(value: Expression) -> Argument {
        Argument {
            name: None,
            variadic: false,
            value,
        }
    }
}

#[cfg(test)]
mod tests;
