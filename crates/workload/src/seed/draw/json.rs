//! JSON of the kind that is asked for.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::seed::allowed::{Allowed, Nullness, Part, Span, Which};
use crate::seed::chance::Chance;
use crate::seed::data_type::{DataType, IntWidth, TextForm};
use crate::seed::meaning::{Meaning, Subject};
use crate::seed::value::Value;

use super::part::Parts;
use super::scatter::{mixed, small_below};

/// Makes JSON for one column.
#[derive(Clone, Debug)]
pub(super) struct Jsons {
    meaning: Arc<Meaning>,
    kind: Kind,
    /// How many elements an array has.
    length: Span,
    /// Members of which it is said what kind of JSON they are.
    of_kind: Vec<String>,
    /// Members of objects of which something is known.
    members: Parts,
    /// Those of which it is only known that they must be there.
    open: Vec<String>,
}

/// What `jsonb_typeof` says of it.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

impl Jsons {
    /// For what is allowed, objects where no kind is named; none for what is no kind of JSON.
    pub(super) fn new(allowed: &Allowed, meaning: Arc<Meaning>) -> Option<Jsons> {
        let has_members = allowed
            .parts
            .iter()
            .any(|part| part.allowed.null != Nullness::Always);
        let kind = match allowed.json_kind.as_deref() {
            None if has_members => Kind::Object,
            None if meaning.json_kind() == "array" => Kind::Array,
            None | Some("object") => Kind::Object,
            Some("array") => Kind::Array,
            Some("string") => Kind::String,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some("null") => Kind::Null,
            Some(_) => return None,
        };
        let language = meaning.language();
        let parts: Vec<Part> = allowed
            .parts
            .iter()
            .map(|part| simple(part, &allowed.parts))
            .collect();
        let members = Parts::new(&parts, |part| {
            let Which::Member(name) = &part.which else {
                return Arc::clone(&meaning);
            };
            Arc::new(Meaning::of(&Subject {
                schema: "",
                table: "",
                table_comment: None,
                column: name,
                comment: None,
                default: None,
                data_type: &part.data_type,
                language,
            }))
        });
        Some(Jsons {
            open: allowed
                .parts
                .iter()
                .filter_map(|part| match &part.which {
                    Which::Member(name) if is_open(name, &allowed.parts) => Some(name.clone()),
                    _ => None,
                })
                .collect(),
            members,
            meaning,
            kind,
            length: allowed.length,
            of_kind: allowed
                .parts
                .iter()
                .filter_map(|part| match &part.which {
                    Which::Member(name) if is_of_kind(part) => Some(name.clone()),
                    _ => None,
                })
                .collect(),
        })
    }

    /// A value.
    pub(super) fn draw(&self, row: Chance, mut chance: Chance) -> Option<String> {
        let mut out = String::new();
        match self.kind {
            Kind::Object => self.object(row, chance, &mut out)?,
            Kind::Array if self.meaning.json_kind() == "array" && self.length == Span::default() => {
                self.meaning.json(row, &mut chance, &mut out)
            }
            Kind::Array => {
                out.push('[');
                let least = u64::from(self.length.least.unwrap_or(0));
                let most = self.length.most.map_or(least + 3, u64::from).min(least + 3);
                let count = least + chance.below(most.checked_sub(least)? + 1);
                for index in 0..count {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    self.meaning.json(row, &mut chance.at(index), &mut out);
                }
                out.push(']');
            }
            Kind::String => {
                let mut text = String::new();
                self.meaning.text(row, &mut chance, &mut text);
                push_string(&text, &mut out);
            }
            Kind::Number => push_number(small_below(&mut chance, 1000), &mut out),
            Kind::Boolean => out.push_str(if chance.happens(0.5) { "true" } else { "false" }),
            Kind::Null => out.push_str("null"),
        }
        Some(out)
    }

    fn object(&self, row: Chance, mut chance: Chance, out: &mut String) -> Option<()> {
        if self.members.len() > 0 {
            let mut usual = String::new();
            self.usual(row, &mut chance, &mut usual);
            return self.with_members(&usual, row, chance, out);
        }
        self.usual(row, &mut chance, out);
        Some(())
    }

    /// An object with the members of which something is known, and those of the usual one behind them.
    fn with_members(&self, usual: &str, row: Chance, chance: Chance, out: &mut String) -> Option<()> {
        let values = self.members.draw(row, chance.at(1 << 40))?;
        let others = match serde_json::from_str(usual) {
            Ok(serde_json::Value::Object(others)) => others,
            _ => serde_json::Map::new(),
        };
        let mut known: Vec<&str> = Vec::with_capacity(values.len());
        let mut token = String::new();
        out.push('{');
        for place in 0..values.len() {
            let (Which::Member(name), _) = self.members.which(place) else {
                continue;
            };
            let is_usual = others.contains_key(name) && self.open.contains(name);
            if is_usual || known.contains(&name.as_str()) {
                continue;
            }
            known.push(name);
            token.clear();
            if self.member(name, &values, &mut token) {
                if !out.ends_with('{') {
                    out.push_str(", ");
                }
                push_string(name, out);
                out.push_str(": ");
                out.push_str(&token);
            }
        }
        for (name, value) in others.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            if !out.ends_with('{') {
                out.push_str(", ");
            }
            push_string(name, out);
            // Writing into a string cannot fail.
            let _ = write!(out, ": {value}");
        }
        out.push('}');
        Some(())
    }

    /// Writes a member of which these are the values that it is seen as. False where it is not there.
    fn member(&self, name: &str, values: &[Value], out: &mut String) -> bool {
        let mut as_json: Option<&Value> = None;
        let mut as_text: Option<(&Value, &DataType)> = None;
        let mut is_null = false;
        for (place, value) in values.iter().enumerate() {
            let (which, of) = self.members.which(place);
            if *which != Which::Member(name.to_owned()) {
                continue;
            }
            let is_typed = as_text.is_some_and(|(_, of)| !matches!(of.base(), DataType::Text(_)));
            match of.base() {
                DataType::Json(_) if *value == Value::Null => return false,
                DataType::Json(_) => as_json = Some(value),
                _ if *value == Value::Null => is_null = true,
                _ if !is_typed => as_text = Some((value, of)),
                _ => {}
            }
        }
        let kind = match as_json {
            Some(Value::Text(json)) => json.bytes().next(),
            _ => None,
        };
        match (as_json, as_text) {
            (Some(_), _) if is_null => out.push_str("null"),
            (_, None) if as_json.is_none() => return false,
            // What it is seen as by its type goes before what it is by its kind, where both can be.
            (Some(Value::Text(json)), Some((_, of)))
                if matches!(of.base(), DataType::Text(_)) && kind != Some(b'"') && self.has_kind(name) =>
            {
                out.push_str(json);
            }
            (Some(Value::Text(json)), None) => out.push_str(json),
            (_, Some((value, of))) => push_value(value, of, kind == Some(b'"') && self.has_kind(name), out),
            _ => return false,
        }
        true
    }

    /// Is it said what kind of JSON a member is?
    fn has_kind(&self, name: &str) -> bool {
        self.of_kind.iter().any(|other| other == name)
    }

    fn usual(&self, row: Chance, chance: &mut Chance, out: &mut String) {
        if self.meaning.json_kind() == "object" {
            self.meaning.json(row, chance, out);
        } else {
            out.push_str("{\"items\": ");
            self.meaning.json(row, chance, out);
            out.push('}');
        }
    }

    /// The `ordinal`-th.
    pub(super) fn distinct(&self, chance: Chance, ordinal: u64) -> Option<String> {
        let own = chance.at(ordinal);
        let mut out = String::new();
        match self.kind {
            Kind::Object => {
                self.object(own, own.at(0), &mut out)?;
                // Of two members of one name the later one counts, so this one tells it from all others.
                let end = out.trim_end().strip_suffix('}')?.trim_end().len();
                out.truncate(end);
                out.push_str(if out.ends_with('{') {
                    "\"serial\": "
                } else {
                    ", \"serial\": "
                });
                push_number(ordinal.into(), &mut out);
                out.push('}');
            }
            Kind::Array => {
                out.push('[');
                push_number(ordinal.into(), &mut out);
                out.push_str(", ");
                self.meaning.json(own, &mut own.at(0), &mut out);
                out.push(']');
            }
            Kind::String => {
                let mut text = String::new();
                if !self.meaning.distinct_text(ordinal, chance, None, &mut text) {
                    return None;
                }
                push_string(&text, &mut out);
            }
            Kind::Number => push_number(ordinal.into(), &mut out),
            Kind::Boolean => out.push_str(match (ordinal, mixed(chance.at(0).bits(), 0) & 1) {
                (0, 0) | (1, 1) => "true",
                (0, _) | (1, _) => "false",
                _ => return None,
            }),
            Kind::Null => out.push_str((ordinal == 0).then_some("null")?),
        }
        Some(out)
    }

    /// How many distinct ones there are; none where there is no end to them.
    pub(super) fn capacity(&self) -> Option<u64> {
        match self.kind {
            Kind::Object | Kind::Array | Kind::String | Kind::Number => None,
            Kind::Boolean => Some(2),
            Kind::Null => Some(1),
        }
    }
}

/// Is it said of a part what kind of JSON it is?
fn is_of_kind(part: &Part) -> bool {
    let allowed = &part.allowed;
    matches!(part.data_type.base(), DataType::Json(_))
        && (allowed.json_kind.is_some() || allowed.one_of.is_some() || !allowed.parts.is_empty())
}

/// Is it only known of a member that it must be there?
fn is_open(name: &str, parts: &[Part]) -> bool {
    let mut same = parts
        .iter()
        .filter(|part| matches!(&part.which, Which::Member(other) if other == name));
    same.all(|part| {
        let nothing = Allowed {
            null: Nullness::Never,
            ..Allowed::default()
        };
        matches!(part.data_type.base(), DataType::Json(_)) && part.allowed == nothing
    })
}

/// A member of which nothing is known but that it is there is a number or a text, rather than an object. Texts and numbers
/// of which nothing else is known are made as values of such types, by what their names mean.
fn simple(part: &Part, all: &[Part]) -> Part {
    let mut part = part.clone();
    let is_alone = all.iter().filter(|other| other.which == part.which).count() == 1;
    let Which::Member(name) = &part.which else {
        return part;
    };
    let allowed = &mut part.allowed;
    if !matches!(part.data_type.base(), DataType::Json(_))
        || allowed.one_of.is_some()
        || !allowed.none_of.is_empty()
        || !allowed.parts.is_empty()
    {
        return part;
    }
    let counts = name.ends_with("id") || name.ends_with("count") || name.starts_with("num");
    let kind = match allowed.json_kind.as_deref() {
        None if counts => "number",
        None => "string",
        Some(kind) => kind,
    };
    let scalar = match kind {
        "string" => Some(DataType::Text(TextForm::Text)),
        "number" if counts => Some(DataType::Int(IntWidth::Big)),
        "number" => Some(DataType::Numeric(None)),
        _ => None,
    };
    match scalar {
        Some(scalar) if is_alone => {
            allowed.json_kind = None;
            part.data_type = scalar;
        }
        _ => allowed.json_kind = Some(kind.to_owned()),
    }
    part
}

/// Writes a value as JSON: numbers and truths as such, unless they are to be strings.
fn push_value(value: &Value, of: &DataType, as_string: bool, out: &mut String) {
    match value {
        Value::Bool(truth) if !as_string => out.push_str(if *truth { "true" } else { "false" }),
        Value::Int(_) | Value::Decimal(_) | Value::Float(_) if !as_string => {
            value.write_text(of, out);
        }
        value => {
            let mut text = String::new();
            value.write_text(of, &mut text);
            push_string(&text, out);
        }
    }
}

fn push_number(number: i128, out: &mut String) {
    // Writing into a string cannot fail.
    let _ = write!(out, "{number}");
}

/// Writes a text as a JSON string.
fn push_string(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            char if char.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out.push('"');
}
