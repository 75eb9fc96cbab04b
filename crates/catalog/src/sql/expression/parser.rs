//! The parser of expressions: precedence climbing over tokens.

use super::lexer::{self, Token, TokenKind};
use super::{Argument, Call, Expression, ExpressionError, IsTest, Quantifier};

/// How deeply an expression may be nested. Whoever goes through one by recursion can rely on it.
pub(super) const DEPTH_LIMIT: usize = 80;

/// How tightly operators bind, from the loosest.
mod power {
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    pub(super) const NOT: u8 = 3;
    pub(super) const IS: u8 = 4;
    pub(super) const COMPARISON: u8 = 5;
    pub(super) const OTHER: u8 = 6;
    pub(super) const SUM: u8 = 7;
    pub(super) const PRODUCT: u8 = 8;
    pub(super) const POWER: u8 = 9;
    pub(super) const AT: u8 = 10;
    pub(super) const COLLATE: u8 = 11;
    pub(super) const SIGN: u8 = 12;
}

/// An expression, and how deeply it is nested.
type Parsed = Result<(Expression, usize), ExpressionError>;

/// Reads tokens from the first to the last.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, ExpressionError> {
        Ok(Parser {
            text,
            tokens: lexer::tokens(text)?,
            at: 0,
            depth: 0,
        })
    }

    /// The expression that comes next.
    pub(super) fn expression(&mut self) -> Result<Expression, ExpressionError> {
        Ok(self.operation(0)?.0)
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), ExpressionError> {
        match self.kind() {
            TokenKind::End => Ok(()),
            _ => Err(self.unexpected("the end of the expression")),
        }
    }

    pub(super) fn token(&self) -> &Token {
        // The last token is the end, which nothing goes past.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    pub(super) fn kind(&self) -> &TokenKind {
        &self.token().kind
    }

    pub(super) fn kind_after(&self, steps: usize) -> &TokenKind {
        &self.tokens[(self.at + steps).min(self.tokens.len() - 1)].kind
    }

    pub(super) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    /// Where the token before this one ends.
    pub(super) fn end_of_last(&self) -> usize {
        self.tokens[self.at.saturating_sub(1)].end
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.kind(), TokenKind::Word(is) if is == word)
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        if there {
            self.advance();
        }
        there
    }

    pub(super) fn eat(&mut self, kind: &TokenKind) -> bool {
        let there = self.kind() == kind;
        if there {
            self.advance();
        }
        there
    }

    pub(super) fn eat_mark(&mut self, mark: char) -> bool {
        self.eat(&TokenKind::Mark(mark))
    }

    pub(super) fn expect_mark(&mut self, mark: char, expected: &'static str) -> Result<(), ExpressionError> {
        if self.eat_mark(mark) {
            Ok(())
        } else {
            Err(self.unexpected(expected))
        }
    }

    pub(super) fn expect_word(&mut self, word: &str, expected: &'static str) -> Result<(), ExpressionError> {
        if self.eat_word(word) {
            Ok(())
        } else {
            Err(self.unexpected(expected))
        }
    }

    pub(super) fn unexpected(&self, expected: &'static str) -> ExpressionError {
        let token = self.token();
        ExpressionError::Unexpected {
            at: token.start,
            expected,
            found: match token.kind {
                TokenKind::End => "the end".to_owned(),
                _ => format!("`{}`", self.text.get(token.start..token.end).unwrap_or_default()),
            },
        }
    }

    fn too_deep(&self) -> ExpressionError {
        ExpressionError::TooDeep {
            at: self.token().start,
        }
    }

    /// An expression around others, which are nested so deeply.
    fn around(&self, expression: Expression, inner: usize) -> Parsed {
        if inner >= DEPTH_LIMIT {
            return Err(self.too_deep());
        }
        Ok((expression, inner + 1))
    }

    /// Operands and the operators between them that bind as tightly as `least`, or tighter.
    fn operation(&mut self, least: u8) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(self.too_deep());
        }
        let mut left = self.operand()?;
        while let Some(infix) = self.infix(least) {
            left = self.behind(left, infix)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// What comes next between or behind operands, if it binds as tightly as `least`, or tighter.
    fn infix(&self, least: u8) -> Option<Infix> {
        let (infix, binds) = match self.kind() {
            TokenKind::Cast => return Some(Infix::Cast),
            TokenKind::Mark('[') => return Some(Infix::Subscript),
            TokenKind::Mark('.') => return Some(Infix::Field),
            TokenKind::Operator(name) => (Infix::Operator(name.clone()), operator_power(name)),
            TokenKind::Word(word) => match word.as_str() {
                "or" => (Infix::Or, power::OR),
                "and" => (Infix::And, power::AND),
                "is" => (Infix::Is, power::IS),
                "collate" => (Infix::Collate, power::COLLATE),
                "at" => (Infix::At, power::AT),
                "overlaps" => (Infix::Overlaps, power::COMPARISON),
                "operator" if *self.kind_after(1) == TokenKind::Mark('(') => (Infix::Qualified, power::OTHER),
                _ => return None,
            },
            _ => return None,
        };
        (binds >= least).then_some(infix)
    }

    /// An operand with what comes between it and the next, or behind it.
    fn behind(&mut self, (left, height): (Expression, usize), infix: Infix) -> Parsed {
        self.advance();
        let boxed = Box::new;
        match infix {
            Infix::Or => {
                let (right, other) = self.operation(power::OR + 1)?;
                let (mut parts, base) = match left {
                    Expression::Or(parts) => (parts, height - 1),
                    single => (vec![single], height),
                };
                parts.push(right);
                self.around(Expression::Or(parts), base.max(other))
            }
            Infix::And => {
                let (right, other) = self.operation(power::AND + 1)?;
                let (mut parts, base) = match left {
                    Expression::And(parts) => (parts, height - 1),
                    single => (vec![single], height),
                };
                parts.push(right);
                self.around(Expression::And(parts), base.max(other))
            }
            Infix::Is => self.is_test(left, height),
            Infix::Operator(name) => self.operator(left, height, name),
            Infix::Qualified => {
                let name = self.qualified_operator()?;
                self.operator(left, height, name)
            }
            Infix::Collate => {
                let collation = self.written_name()?;
                self.around(Expression::Collate(boxed(left), collation), height)
            }
            Infix::At => {
                if self.eat_word("local") {
                    return self.around(Expression::call("timezone", [left]), height);
                }
                self.expect_word("time", "`TIME ZONE`")?;
                self.expect_word("zone", "`ZONE`")?;
                let (zone, other) = self.operation(power::AT + 1)?;
                self.around(Expression::call("timezone", [zone, left]), height.max(other))
            }
            Infix::Overlaps => {
                let (right, other) = self.operation(power::COMPARISON + 1)?;
                let (Expression::Row(mut times), Expression::Row(others)) = (left, right) else {
                    return Err(self.unexpected("two pairs around `OVERLAPS`"));
                };
                times.extend(others);
                self.around(Expression::call("overlaps", times), height.max(other))
            }
            Infix::Cast => {
                let name = self.type_name()?;
                self.around(Expression::Cast(boxed(left), name), height)
            }
            Infix::Field => {
                let name = self.name("the name of a field")?;
                self.around(Expression::Field(boxed(left), name), height)
            }
            Infix::Subscript => self.subscript(left, height),
        }
    }

    /// Behind an operator.
    fn operator(&mut self, left: Expression, height: usize, name: String) -> Parsed {
        let quantifier = match self.kind() {
            TokenKind::Word(word) if *self.kind_after(1) == TokenKind::Mark('(') => match word.as_str() {
                "any" | "some" => Some(Quantifier::Any),
                "all" => Some(Quantifier::All),
                _ => None,
            },
            _ => None,
        };
        if let Some(quantifier) = quantifier {
            self.advance();
            self.advance();
            let (array, other) = self.operation(0)?;
            self.expect_mark(')', "`)`")?;
            let expression = Expression::Quantified {
                left: Box::new(left),
                operator: name,
                quantifier,
                array: Box::new(array),
            };
            return self.around(expression, height.max(other));
        }
        let (right, other) = self.operation(operator_power(&name) + 1)?;
        self.around(Expression::binary(&name, left, right), height.max(other))
    }

    /// Behind `IS`.
    fn is_test(&mut self, left: Expression, height: usize) -> Parsed {
        let negated = self.eat_word("not");
        let mut arguments = vec![left];
        if let TokenKind::Word(form) = self.kind().clone()
            && matches!(form.as_str(), "nfc" | "nfd" | "nfkc" | "nfkd")
        {
            self.advance();
            arguments.push(Expression::String(form));
        }
        if self.eat_word("normalized") {
            let call = Expression::call("is_normalized", arguments);
            return match negated {
                true => self.around(Expression::Not(Box::new(call)), height + 1),
                false => self.around(call, height),
            };
        }
        let left = Box::new(arguments.swap_remove(0));
        if self.eat_word("distinct") {
            self.expect_word("from", "`FROM`")?;
            let (right, other) = self.operation(power::IS + 1)?;
            let expression = Expression::Distinct {
                left,
                right: Box::new(right),
                negated,
            };
            return self.around(expression, height.max(other));
        }
        let test = match self.kind() {
            TokenKind::Word(word) => match word.as_str() {
                "null" => IsTest::Null,
                "true" => IsTest::True,
                "false" => IsTest::False,
                "unknown" => IsTest::Unknown,
                "document" => IsTest::Document,
                _ => return Err(self.unexpected("`NULL`, `TRUE`, `FALSE`, `UNKNOWN` or `DISTINCT FROM`")),
            },
            _ => return Err(self.unexpected("`NULL`, `TRUE`, `FALSE`, `UNKNOWN` or `DISTINCT FROM`")),
        };
        self.advance();
        self.around(
            Expression::Is {
                of: left,
                test,
                negated,
            },
            height,
        )
    }

    /// Behind `[`.
    fn subscript(&mut self, of: Expression, height: usize) -> Parsed {
        let mut inner = height;
        let mut bound = |parser: &mut Self| -> Result<Option<Box<Expression>>, ExpressionError> {
            if matches!(parser.kind(), TokenKind::Mark(':' | ']')) {
                return Ok(None);
            }
            let (bound, other) = parser.operation(0)?;
            inner = inner.max(other);
            Ok(Some(Box::new(bound)))
        };
        let low = bound(self)?;
        let expression = if self.eat_mark(':') {
            let high = bound(self)?;
            Expression::Slice(Box::new(of), low, high)
        } else {
            match low {
                Some(index) => Expression::Subscript(Box::new(of), index),
                None => return Err(self.unexpected("a subscript")),
            }
        };
        self.expect_mark(']', "`]`")?;
        self.around(expression, inner)
    }

    /// An operand, with operators before it.
    fn operand(&mut self) -> Parsed {
        match self.kind().clone() {
            TokenKind::Number => {
                let token = self.token();
                let number = self.text.get(token.start..token.end).unwrap_or_default();
                let number = number.replace('_', "");
                self.advance();
                Ok((Expression::Number(number), 0))
            }
            TokenKind::String(text) => {
                self.advance();
                let mut text = text;
                // Constants with white space between them are one.
                while let TokenKind::String(more) = self.kind() {
                    text.push_str(more);
                    self.advance();
                }
                Ok((Expression::String(text), 0))
            }
            TokenKind::Bits(bits) => {
                self.advance();
                Ok((Expression::Bits(bits), 0))
            }
            TokenKind::Operator(name) => {
                self.advance();
                let least = match name.as_str() {
                    "-" | "+" => power::SIGN,
                    _ => power::OTHER,
                };
                let (of, height) = self.operation(least)?;
                self.around(Expression::Prefix(name, Box::new(of)), height)
            }
            TokenKind::Mark('(') => {
                self.advance();
                let (mut parts, height) = self.list(')')?;
                match (parts.pop(), parts.is_empty()) {
                    (Some(single), true) => Ok((single, height)),
                    (Some(last), false) => {
                        parts.push(last);
                        self.around(Expression::Row(parts), height)
                    }
                    (None, _) => Err(self.unexpected("an expression")),
                }
            }
            TokenKind::Word(word) => self.word(&word),
            TokenKind::Quoted(_) => self.named(),
            _ => Err(self.unexpected("an expression")),
        }
    }

    /// Expressions with commas between them, up to a closing mark.
    fn list(&mut self, close: char) -> Result<(Vec<Expression>, usize), ExpressionError> {
        let mut parts = Vec::new();
        let mut height = 0;
        if self.eat_mark(close) {
            return Ok((parts, height));
        }
        loop {
            let (part, inner) = if close == ']' && self.eat_mark('[') {
                // An array within an array needs no word before it.
                let (parts, inner) = self.nested_list()?;
                self.around(Expression::Array(parts), inner)?
            } else {
                self.operation(0)?
            };
            parts.push(part);
            height = height.max(inner);
            if self.eat_mark(close) {
                return Ok((parts, height));
            }
            self.expect_mark(',', "`,` or the end of the list")?;
        }
    }

    fn nested_list(&mut self) -> Result<(Vec<Expression>, usize), ExpressionError> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(self.too_deep());
        }
        let list = self.list(']')?;
        self.depth -= 1;
        Ok(list)
    }

    /// An operand that begins with a bare word.
    fn word(&mut self, word: &str) -> Parsed {
        let opens = *self.kind_after(1) == TokenKind::Mark('(');
        match word {
            "null" => self.constant(Expression::Null),
            "true" => self.constant(Expression::Bool(true)),
            "false" => self.constant(Expression::Bool(false)),
            "not" => {
                self.advance();
                let (of, height) = self.operation(power::NOT)?;
                self.around(Expression::Not(Box::new(of)), height)
            }
            "case" => {
                self.advance();
                self.case()
            }
            "array" if *self.kind_after(1) == TokenKind::Mark('[') => {
                self.advance();
                self.advance();
                let (parts, height) = self.list(']')?;
                self.around(Expression::Array(parts), height)
            }
            "row" if opens => {
                self.advance();
                self.advance();
                let (parts, height) = self.list(')')?;
                self.around(Expression::Row(parts), height)
            }
            "cast" if opens => {
                self.advance();
                self.advance();
                let (of, height) = self.operation(0)?;
                self.expect_word("as", "`AS`")?;
                let name = self.type_name()?;
                self.expect_mark(')', "`)`")?;
                self.around(Expression::Cast(Box::new(of), name), height)
            }
            "operator" if opens => {
                self.advance();
                let name = self.qualified_operator()?;
                let (of, height) = self.operation(power::OTHER)?;
                self.around(Expression::Prefix(name, Box::new(of)), height)
            }
            "extract" | "trim" | "position" | "substring" | "overlay" if opens => {
                let name = word.to_owned();
                self.advance();
                self.advance();
                self.spoken_call(&name)
            }
            "current_date" | "current_time" | "current_timestamp" | "localtime" | "localtimestamp"
            | "current_role" | "current_user" | "current_catalog" | "current_schema" | "session_user"
            | "system_user" | "user" => {
                let keyword = Expression::Keyword(word.to_owned());
                self.advance();
                if self.eat_mark('(') {
                    // How many digits of seconds it has changes nothing that is asked here.
                    self.list(')')?;
                }
                Ok((keyword, 0))
            }
            "select" | "exists" | "with" | "values" => Err(self.unexpected("an expression without queries")),
            _ => {
                let token = self.token();
                if self.text.get(token.start..token.end) == Some("VALUE") && !opens {
                    // A column of that name is printed in lower case, or in quotes.
                    return self.constant(Expression::Value);
                }
                if let TokenKind::String(text) = self.kind_after(1) {
                    let constant = Expression::String(text.clone());
                    let name = word.to_owned();
                    self.advance();
                    self.advance();
                    return Ok((Expression::Cast(Box::new(constant), name), 1));
                }
                self.named()
            }
        }
    }

    fn constant(&mut self, expression: Expression) -> Parsed {
        self.advance();
        Ok((expression, 0))
    }

    /// Behind `CASE`.
    fn case(&mut self) -> Parsed {
        let mut height = 0;
        let mut part = |parser: &mut Self| -> Result<Expression, ExpressionError> {
            let (part, inner) = parser.operation(0)?;
            height = height.max(inner);
            Ok(part)
        };
        let operand = match self.is_word("when") {
            true => None,
            false => Some(Box::new(part(self)?)),
        };
        let mut branches = Vec::new();
        while self.eat_word("when") {
            let when = part(self)?;
            self.expect_word("then", "`THEN`")?;
            branches.push((when, part(self)?));
        }
        let otherwise = match self.eat_word("else") {
            true => Some(Box::new(part(self)?)),
            false => None,
        };
        self.expect_word("end", "`WHEN`, `ELSE` or `END`")?;
        let expression = Expression::Case {
            operand,
            branches,
            otherwise,
        };
        self.around(expression, height)
    }

    /// A column or a call.
    fn named(&mut self) -> Parsed {
        let mut name = self.name("a name")?;
        let mut schema = None;
        while *self.kind() == TokenKind::Mark('.')
            && matches!(self.kind_after(1), TokenKind::Word(_) | TokenKind::Quoted(_))
        {
            self.advance();
            schema = Some(std::mem::replace(&mut name, self.name("a name")?));
        }
        if !self.eat_mark('(') {
            return Ok((Expression::Column(name), 0));
        }
        let mut arguments = Vec::new();
        let mut height = 0;
        if !self.eat_mark(')') {
            loop {
                let variadic = self.eat_word("variadic");
                let name = match self.kind_after(1) {
                    TokenKind::Arrow => {
                        let name = self.name("a parameter's name")?;
                        self.advance();
                        Some(name)
                    }
                    _ => None,
                };
                let (value, inner) = self.operation(0)?;
                height = height.max(inner);
                arguments.push(Argument {
                    name,
                    variadic,
                    value,
                });
                if self.eat_mark(')') {
                    break;
                }
                self.expect_mark(',', "`,` or `)`")?;
            }
        }
        self.around(
            Expression::Call(Call {
                schema,
                name,
                arguments,
            }),
            height,
        )
    }

    /// A call that is written in words, behind its `(`.
    fn spoken_call(&mut self, name: &str) -> Parsed {
        let mut height = 0;
        let mut part = |parser: &mut Self| -> Result<Expression, ExpressionError> {
            let (part, inner) = parser.operation(0)?;
            height = height.max(inner);
            Ok(part)
        };
        let (function, arguments) = match name {
            "extract" => {
                let field = match self.kind().clone() {
                    TokenKind::Word(field) | TokenKind::Quoted(field) | TokenKind::String(field) => field,
                    _ => return Err(self.unexpected("a field to extract")),
                };
                self.advance();
                self.expect_word("from", "`FROM`")?;
                ("extract", vec![Expression::String(field), part(self)?])
            }
            "trim" => {
                let function = match self.kind() {
                    TokenKind::Word(side) if side == "leading" => "ltrim",
                    TokenKind::Word(side) if side == "trailing" => "rtrim",
                    _ => "btrim",
                };
                if function != "btrim" || self.is_word("both") {
                    self.advance();
                }
                let mut arguments = Vec::new();
                if !self.is_word("from") {
                    arguments.push(part(self)?);
                }
                if self.eat_word("from") {
                    arguments.insert(0, part(self)?);
                }
                while self.eat_mark(',') {
                    arguments.push(part(self)?);
                }
                (function, arguments)
            }
            "position" => {
                let sought = part(self)?;
                self.expect_word("in", "`IN`")?;
                ("position", vec![part(self)?, sought])
            }
            function => {
                let function = if function == "overlay" {
                    "overlay"
                } else {
                    "substring"
                };
                let mut arguments = vec![part(self)?];
                while ["placing", "from", "for"].iter().any(|word| self.eat_word(word)) || self.eat_mark(',')
                {
                    arguments.push(part(self)?);
                }
                (function, arguments)
            }
        };
        self.expect_mark(')', "`)`")?;
        self.around(Expression::call(function, arguments), height)
    }

    /// A name, as it is meant.
    pub(super) fn name(&mut self, expected: &'static str) -> Result<String, ExpressionError> {
        match self.kind().clone() {
            TokenKind::Word(name) | TokenKind::Quoted(name) => {
                self.advance();
                Ok(name)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// A name that may have a schema before it, as it is written.
    pub(super) fn written_name(&mut self) -> Result<String, ExpressionError> {
        let start = self.token().start;
        self.name("a name")?;
        while *self.kind() == TokenKind::Mark('.') {
            self.advance();
            self.name("a name")?;
        }
        Ok(self
            .text
            .get(start..self.end_of_last())
            .unwrap_or_default()
            .to_owned())
    }

    /// Behind `OPERATOR`: `(schema.+)`.
    fn qualified_operator(&mut self) -> Result<String, ExpressionError> {
        self.expect_mark('(', "`(`")?;
        while matches!(self.kind(), TokenKind::Word(_) | TokenKind::Quoted(_)) {
            self.advance();
            self.expect_mark('.', "`.`")?;
        }
        let TokenKind::Operator(name) = self.kind().clone() else {
            return Err(self.unexpected("an operator"));
        };
        self.advance();
        self.expect_mark(')', "`)`")?;
        Ok(name)
    }
}

/// What stands between operands, or behind one.
enum Infix {
    Or,
    And,
    Is,
    Operator(String),
    Qualified,
    Collate,
    At,
    Overlaps,
    Cast,
    Field,
    Subscript,
}

fn operator_power(name: &str) -> u8 {
    match name {
        "<" | ">" | "=" | "<=" | ">=" | "<>" => power::COMPARISON,
        "+" | "-" => power::SUM,
        "*" | "/" | "%" => power::PRODUCT,
        "^" => power::POWER,
        _ => power::OTHER,
    }
}
