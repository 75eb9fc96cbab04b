//! Partition keys and bounds, as PostgreSQL prints them.

use super::lexer::TokenKind;
use super::parser::Parser;
use super::{Expression, ExpressionError, IsTest, Quantifier};

/// By what a table's rows are told apart into partitions: `RANGE (sold_at)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionKey {
    /// In which way.
    pub method: PartitionMethod,
    /// By what, in order. Collations are kept, operator classes are not.
    pub expressions: Vec<Expression>,
}

/// In which way rows are told apart into partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are PostgreSQL's own words")]
pub enum PartitionMethod {
    Range,
    List,
    Hash,
}

/// Which rows a partition takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartitionBound {
    /// `FOR VALUES IN ('a', 'b', NULL)`: constants without casts.
    List(Vec<Expression>),
    /// `FOR VALUES FROM (1, MINVALUE) TO (10, MAXVALUE)`: the first is in it, the second is not.
    Range(Vec<PartitionEnd>, Vec<PartitionEnd>),
    /// `FOR VALUES WITH (modulus 4, remainder 0)`
    Hash {
        /// By what hashes are divided.
        modulus: u64,
        /// What is left then.
        remainder: u64,
    },
    /// `DEFAULT`: all rows that no other partition takes.
    Default,
}

/// One value of an end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartitionEnd {
    /// `MINVALUE`: before everything.
    Lowest,
    /// A constant, without a cast.
    Value(Expression),
    /// `MAXVALUE`: behind everything.
    Highest,
}

impl PartitionKey {
    /// Reads a key, as `pg_get_partkeydef` prints it.
    ///
    /// # Errors
    ///
    /// When the text is no partition key.
    pub fn parse(text: &str) -> Result<PartitionKey, ExpressionError> {
        let mut parser = Parser::new(text)?;
        let method = match parser.kind() {
            TokenKind::Word(word) if word == "range" => PartitionMethod::Range,
            TokenKind::Word(word) if word == "list" => PartitionMethod::List,
            TokenKind::Word(word) if word == "hash" => PartitionMethod::Hash,
            _ => return Err(parser.unexpected("`RANGE`, `LIST` or `HASH`")),
        };
        parser.advance();
        parser.expect_mark('(', "`(`")?;
        let mut expressions = Vec::new();
        loop {
            expressions.push(parser.expression()?);
            if matches!(parser.kind(), TokenKind::Word(_) | TokenKind::Quoted(_)) {
                // The operator class.
                parser.written_name()?;
            }
            if parser.eat_mark(')') {
                break;
            }
            parser.expect_mark(',', "`,` or `)`")?;
        }
        parser.end()?;
        Ok(PartitionKey { method, expressions })
    }
}

impl PartitionBound {
    /// Reads a bound, as `pg_get_expr` prints `relpartbound`.
    ///
    /// # Errors
    ///
    /// When the text is no bound.
    pub fn parse(text: &str) -> Result<PartitionBound, ExpressionError> {
        let mut parser = Parser::new(text)?;
        let bound = if parser.eat_word("default") {
            PartitionBound::Default
        } else {
            parser.expect_word("for", "`FOR VALUES` or `DEFAULT`")?;
            parser.expect_word("values", "`VALUES`")?;
            if parser.eat_word("in") {
                parser.expect_mark('(', "`(`")?;
                let mut list = vec![parser.expression()?];
                while parser.eat_mark(',') {
                    list.push(parser.expression()?);
                }
                parser.expect_mark(')', "`,` or `)`")?;
                PartitionBound::List(list)
            } else if parser.eat_word("from") {
                let from = ends(&mut parser)?;
                parser.expect_word("to", "`TO`")?;
                PartitionBound::Range(from, ends(&mut parser)?)
            } else {
                parser.expect_word("with", "`IN`, `FROM` or `WITH`")?;
                parser.expect_mark('(', "`(`")?;
                parser.expect_word("modulus", "`modulus`")?;
                let modulus = number(&mut parser)?;
                parser.expect_mark(',', "`,`")?;
                parser.expect_word("remainder", "`remainder`")?;
                let remainder = number(&mut parser)?;
                parser.expect_mark(')', "`)`")?;
                PartitionBound::Hash { modulus, remainder }
            }
        };
        parser.end()?;
        Ok(bound)
    }

    /// What must be true of a row so that the partition takes it, where that can be said without the other partitions and
    /// without PostgreSQL's hashes: not for `DEFAULT`, and not for those by hash.
    pub fn condition(&self, key: &PartitionKey) -> Option<Expression> {
        match self {
            PartitionBound::List(values) => {
                let of = key.expressions.first()?;
                let (nulls, values): (Vec<_>, Vec<_>) = values
                    .iter()
                    .cloned()
                    .partition(|value| *value == Expression::Null);
                let listed = Expression::Quantified {
                    left: Box::new(of.clone()),
                    operator: "=".to_owned(),
                    quantifier: Quantifier::Any,
                    array: Box::new(Expression::Array(values.clone())),
                };
                Some(match (values.is_empty(), nulls.is_empty()) {
                    (true, _) => null(of, false),
                    (false, true) => Expression::And(vec![null(of, true), listed]),
                    (false, false) => Expression::Or(vec![null(of, false), listed]),
                })
            }
            PartitionBound::Range(from, to) => {
                let mut parts: Vec<Expression> = key.expressions.iter().map(|of| null(of, true)).collect();
                parts.extend(beyond(&key.expressions, from, [">", ">="]));
                parts.extend(beyond(&key.expressions, to, ["<", "<"]));
                let single = parts.len() == 1;
                if single {
                    parts.pop()
                } else {
                    Some(Expression::And(parts))
                }
            }
            PartitionBound::Hash { .. } | PartitionBound::Default => None,
        }
    }
}

fn null(of: &Expression, negated: bool) -> Expression {
    Expression::Is {
        of: Box::new(of.clone()),
        test: IsTest::Null,
        negated,
    }
}

/// Rows are beyond an end when the first of their values that is not the end's own is. `operators` say what beyond is, for all
/// values but the last, and for the last. None: all rows are.
fn beyond(keys: &[Expression], ends: &[PartitionEnd], [strict, last]: [&str; 2]) -> Option<Expression> {
    let (key, keys) = keys.split_first()?;
    let (end, ends) = ends.split_first()?;
    let low = strict == ">";
    let value = match end {
        PartitionEnd::Value(value) => value,
        // As a lower end it takes all rows, as an upper one none.
        PartitionEnd::Lowest => return (!low).then_some(Expression::Bool(false)),
        PartitionEnd::Highest => return low.then_some(Expression::Bool(false)),
    };
    let compare = |operator: &str| Expression::binary(operator, key.clone(), value.clone());
    if keys.is_empty() {
        return Some(compare(last));
    }
    // Where all that follows is within, equality is.
    let rest = match beyond(keys, ends, [strict, last]) {
        None => return Some(compare(if low { ">=" } else { "<=" })),
        Some(Expression::Bool(false)) => return Some(compare(strict)),
        Some(rest) => rest,
    };
    Some(Expression::Or(vec![
        compare(strict),
        Expression::And(vec![compare("="), rest]),
    ]))
}

fn ends(parser: &mut Parser<'_>) -> Result<Vec<PartitionEnd>, ExpressionError> {
    parser.expect_mark('(', "`(`")?;
    let mut ends = Vec::new();
    loop {
        ends.push(if parser.eat_word("minvalue") {
            PartitionEnd::Lowest
        } else if parser.eat_word("maxvalue") {
            PartitionEnd::Highest
        } else {
            PartitionEnd::Value(parser.expression()?)
        });
        if parser.eat_mark(')') {
            return Ok(ends);
        }
        parser.expect_mark(',', "`,` or `)`")?;
    }
}

fn number(parser: &mut Parser<'_>) -> Result<u64, ExpressionError> {
    match parser.expression()? {
        Expression::Number(digits) => digits.parse().map_err(|_| parser.unexpected("a smaller number")),
        _ => Err(parser.unexpected("a number")),
    }
}
