//! Names of types, within expressions.

use super::ExpressionError;
use super::lexer::TokenKind;
use super::parser::Parser;

impl Parser<'_> {
    /// A type with its modifiers, as it is written: `character varying(20)`, `timestamp(3) with time zone`, `public.mood[]`.
    pub(super) fn type_name(&mut self) -> Result<String, ExpressionError> {
        let start = self.token().start;
        let bare = match self.kind() {
            TokenKind::Word(word) => word.clone(),
            _ => String::new(),
        };
        self.written_name()?;
        match bare.as_str() {
            "double" => {
                self.eat_word("precision");
            }
            "character" | "char" | "bit" | "national" => {
                while self.eat_word("character") || self.eat_word("char") || self.eat_word("varying") {}
            }
            "interval" => self.interval_fields()?,
            _ => {}
        }
        self.modifiers()?;
        if matches!(bare.as_str(), "time" | "timestamp") && (self.is_word("with") || self.is_word("without"))
        {
            self.advance();
            self.expect_word("time", "`TIME ZONE`")?;
            self.expect_word("zone", "`ZONE`")?;
        }
        while *self.kind() == TokenKind::Mark('[')
            && (*self.kind_after(1) == TokenKind::Mark(']')
                || (*self.kind_after(1) == TokenKind::Number && *self.kind_after(2) == TokenKind::Mark(']')))
        {
            self.advance();
            if *self.kind() == TokenKind::Number {
                self.advance();
            }
            self.advance();
        }
        Ok(self
            .text
            .get(start..self.end_of_last())
            .unwrap_or_default()
            .to_owned())
    }

    /// `day to second`, behind `interval`.
    fn interval_fields(&mut self) -> Result<(), ExpressionError> {
        const FIELDS: &[&str] = &["year", "month", "day", "hour", "minute", "second"];
        if FIELDS.iter().any(|field| self.eat_word(field)) && self.eat_word("to") {
            self.name("a field of intervals")?;
        }
        Ok(())
    }

    /// `(10,2)`, where there are any.
    fn modifiers(&mut self) -> Result<(), ExpressionError> {
        if !self.eat_mark('(') {
            return Ok(());
        }
        while !self.eat_mark(')') {
            if *self.kind() == TokenKind::End {
                return Err(self.unexpected("`)`"));
            }
            self.advance();
        }
        Ok(())
    }
}
