//! What new values are like: shapes of JSON, and texts that there are already.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::text::draw_amount;
use super::{Amounts, Meaning, Skew, Sort, Subject, digits};
use crate::seed::chance::Chance;
use crate::seed::data_type::{DataType, TextForm};
use crate::seed::language::Language;

/// What new values are like.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Model {
    /// JSON of this shape.
    Json(Shape),
    /// One of these texts, as often as they were found.
    OneOf(Vec<String>),
}

/// The shape of a JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Object(Vec<Member>),
    /// Elements, and how many of them at most.
    Array(Box<Shape>, u64),
    Text(Box<Meaning>),
    /// One of these, written as JSON.
    OneOf(Vec<String>),
    Number(Amounts),
    Flag(f64),
    Null,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    /// The key with its quotes and the colon.
    key: String,
    /// In which share of objects it is.
    share: f64,
    shape: Shape,
}

/// What a shape is found for: the names that say what texts mean.
#[derive(Clone, Copy)]
struct Context<'a> {
    table: &'a str,
    key: &'a str,
    language: Language,
}

/// The greatest depth that is looked into: deeper ones are empty.
const DEPTH: u8 = 8;
/// So many samples and more say that texts are from a small set, when so few are distinct.
const SAMPLES: usize = 30;
const SET: usize = 20;

/// The shape for a column of which there are no values: from an example in its comment or its default, or its name.
pub(super) fn of_column(
    subject: &Subject<'_>,
    words: &[String],
    table: &[String],
    language: Language,
) -> Arc<Model> {
    let context = Context {
        table: subject.table,
        key: subject.column,
        language,
    };
    let example = [subject.comment, subject.default]
        .into_iter()
        .flatten()
        .find_map(example)
        .unwrap_or_else(|| known(subject.default, words, table));
    Arc::new(Model::Json(Shape::of(&[&example], context, DEPTH)))
}

/// What samples say.
pub(super) fn of_samples(meaning: &Meaning, samples: &[String]) -> Option<Arc<Model>> {
    if let Some(Model::Json(_)) = meaning.model.as_deref() {
        let values: Vec<Value> = samples
            .iter()
            .filter_map(|sample| serde_json::from_str(sample).ok())
            .collect();
        // A column holds objects or arrays; the few others among them are of no use as a shape.
        let objects = values.iter().filter(|value| value.is_object()).count();
        let arrays = values.iter().filter(|value| value.is_array()).count();
        let values: Vec<&Value> = values
            .iter()
            .filter(|value| match (objects, arrays) {
                (0, 0) => true,
                _ if objects >= arrays => value.is_object(),
                _ => value.is_array(),
            })
            .collect();
        let context = Context {
            table: "",
            key: "",
            language: meaning.language,
        };
        return (!values.is_empty()).then(|| Arc::new(Model::Json(Shape::of(&values, context, DEPTH))));
    }
    is_small_set(samples).then(|| Arc::new(Model::OneOf(samples.to_vec())))
}

fn is_small_set(samples: &[String]) -> bool {
    let mut distinct: Vec<&String> = samples.iter().collect();
    distinct.sort_unstable();
    distinct.dedup();
    samples.len() >= SAMPLES && distinct.len() <= SET
}

/// The first JSON object or array in a text: `e.g. {"street": "…"}`, `'{"theme": "dark"}'::jsonb`.
fn example(text: &str) -> Option<Value> {
    text.char_indices()
        .filter(|(_, letter)| matches!(letter, '{' | '['))
        .find_map(|(start, _)| {
            let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
            let value = values.next()?.ok()?;
            match &value {
                Value::Object(members) if !members.is_empty() => Some(value),
                Value::Array(elements) if !elements.is_empty() => Some(value),
                _ => None,
            }
        })
}

/// Examples for names that are known.
fn known(default: Option<&str>, words: &[String], table: &[String]) -> Value {
    const EXAMPLES: &[(&[&str], &str)] = &[
        (
            &["address", "addr", "адрес"],
            r#"{"street": "-", "city": "-", "region": "-", "postcode": "-", "country_code": "-"}"#,
        ),
        (
            &[
                "settings",
                "preferences",
                "prefs",
                "options",
                "config",
                "configuration",
                "настройки",
            ],
            r#"{"language": "-", "time_zone": "-", "newsletter": true, "page_size": 20, "theme": "light"}"#,
        ),
        (
            &["event", "payload", "data", "body", "message", "данные"],
            r#"{"type": "-", "created_at": "-", "user_name": "-", "amount": 12.50, "ok": true}"#,
        ),
        (&["tags", "labels", "теги"], r#"{"tags": ["-", "-"]}"#),
        (
            &["attributes", "properties", "specs", "features", "характеристики"],
            r#"{"colour": "-", "material": "-", "weight": 1.5, "size": "-", "in_stock": true}"#,
        ),
        (
            &["dimensions", "size", "размеры"],
            r#"{"length": 1.5, "width": 1.5, "height": 1.5}"#,
        ),
        (
            &["location", "coordinates", "position", "geo"],
            r#"{"latitude": 1.5, "longitude": 1.5, "city": "-"}"#,
        ),
        (
            &["contact", "person", "customer", "profile", "user", "контакты"],
            r#"{"first_name": "-", "last_name": "-", "email": "-", "phone": "-"}"#,
        ),
        (
            &["request", "headers", "log"],
            r#"{"ip": "-", "user_agent": "-", "url": "-", "duration_ms": 12, "status_code": 200}"#,
        ),
    ];
    let said = |known: &[&str], words: &[String]| words.iter().any(|word| known.contains(&word.as_str()));
    let text = match EXAMPLES.iter().find(|(names, _)| said(names, words)) {
        Some((_, text)) => text,
        None if said(&["product", "item", "variant", "товар"], table) => EXAMPLES[4].1,
        None => {
            r#"{"source": "-", "note": "-", "version": "-", "tags": ["-"], "priority": 2, "active": true}"#
        }
    };
    let value = serde_json::from_str(text).unwrap_or(Value::Null);
    // A default of `[]` says that there are arrays.
    match default.map(|text| text.trim_start_matches('\'')) {
        Some(text) if text.starts_with('[') => match value {
            Value::Object(members) if members.len() == 1 => {
                members.into_iter().next().map_or(Value::Null, |(_, tags)| tags)
            }
            other => Value::Array(vec![other]),
        },
        _ => value,
    }
}

impl Shape {
    fn of(values: &[&Value], context: Context<'_>, depth: u8) -> Shape {
        let Some(depth) = depth.checked_sub(1) else {
            return Shape::Null;
        };
        let objects: Vec<&Map<String, Value>> = values.iter().filter_map(|value| value.as_object()).collect();
        if !objects.is_empty() {
            return Shape::of_objects(&objects, context, depth);
        }
        let arrays: Vec<&Vec<Value>> = values.iter().filter_map(|value| value.as_array()).collect();
        if !arrays.is_empty() {
            let elements: Vec<&Value> = arrays.iter().flat_map(|array| array.iter()).collect();
            let most = arrays.iter().map(|array| array.len() as u64).max().unwrap_or(0);
            return Shape::Array(Box::new(Shape::of(&elements, context, depth)), most.max(3));
        }
        let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        if !texts.is_empty() {
            return Shape::of_texts(&texts, context);
        }
        let flags: Vec<bool> = values.iter().filter_map(|value| value.as_bool()).collect();
        if !flags.is_empty() {
            let yes = flags.iter().filter(|flag| **flag).count();
            return Shape::Flag(match flags.len() {
                // A single example says nothing of shares.
                1 => 0.5,
                all => yes as f64 / all as f64,
            });
        }
        let numbers: Vec<&serde_json::Number> = values.iter().filter_map(|value| value.as_number()).collect();
        if !numbers.is_empty() {
            return Shape::Number(of_numbers(&numbers, context));
        }
        Shape::Null
    }

    fn of_objects(objects: &[&Map<String, Value>], context: Context<'_>, depth: u8) -> Shape {
        let mut members: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for object in objects {
            for (key, value) in *object {
                members.entry(key).or_default().push(value);
            }
        }
        let members = members.into_iter().map(|(key, values)| Member {
            key: {
                let mut quoted = Value::from(key).to_string();
                quoted.push_str(": ");
                quoted
            },
            share: values.len() as f64 / objects.len() as f64,
            shape: {
                // Within an address, what is a name is an address's.
                let table = if context.key.is_empty() {
                    context.table
                } else {
                    context.key
                };
                let context = Context {
                    table,
                    key,
                    ..context
                };
                Shape::of(&values, context, depth)
            },
        });
        Shape::Object(members.collect())
    }

    fn of_texts(texts: &[&str], context: Context<'_>) -> Shape {
        let owned: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        if is_small_set(&owned) {
            return Shape::OneOf(
                owned
                    .into_iter()
                    .map(|text| Value::from(text).to_string())
                    .collect(),
            );
        }
        let meaning = context.meaning(&DataType::Text(TextForm::Text));
        // What nothing is known of is like what is there, unless that is only a sign in an example.
        let known = !matches!(meaning.sort, Sort::Phrase | Sort::Sentence);
        let said = texts
            .iter()
            .any(|text| text.chars().filter(|letter| letter.is_alphanumeric()).count() > 1);
        if known || !said {
            return Shape::Text(Box::new(meaning));
        }
        Shape::OneOf(
            owned
                .into_iter()
                .map(|text| Value::from(text).to_string())
                .collect(),
        )
    }
}

impl Context<'_> {
    fn meaning(self, data_type: &DataType) -> Meaning {
        Meaning::of(&Subject {
            schema: "",
            table: self.table,
            table_comment: None,
            column: self.key,
            comment: None,
            default: None,
            data_type,
            language: self.language,
        })
    }
}

fn of_numbers(numbers: &[&serde_json::Number], context: Context<'_>) -> Amounts {
    let decimals = numbers
        .iter()
        .map(|number| {
            number
                .to_string()
                .split_once('.')
                .map_or(0, |(_, digits)| digits.len().min(6))
        })
        .max()
        .unwrap_or(0);
    let data_type = match decimals {
        0 => DataType::Int(crate::seed::data_type::IntWidth::Big),
        _ => DataType::Numeric(None),
    };
    let meaning = context.meaning(&data_type);
    // Of a few numbers the name says more than they do.
    if numbers.len() < 3 && meaning.sort != Sort::Number {
        return meaning.amounts;
    }
    let unit = 10_i64.pow(decimals as u32) as f64;
    let values = || numbers.iter().filter_map(|number| number.as_f64());
    // Numbers beyond 64 bits become the greatest that there are.
    let low = (values().fold(f64::INFINITY, f64::min) * unit) as i64;
    let high = (values().fold(f64::NEG_INFINITY, f64::max) * unit) as i64;
    Amounts {
        low,
        // A single number is one of some.
        high: match low < high {
            true => high,
            false => low.saturating_add(low.saturating_abs()).saturating_add(10),
        },
        decimals: decimals as u8,
        skew: Skew::Even,
    }
}

impl Shape {
    /// `object`, `array`, `string`, `number` or `boolean`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Shape::Object(_) => "object",
            Shape::Array(..) => "array",
            Shape::Text(_) | Shape::OneOf(_) => "string",
            Shape::Number(_) => "number",
            Shape::Flag(_) => "boolean",
            Shape::Null => "null",
        }
    }

    pub(super) fn write(&self, row: Chance, chance: &mut Chance, out: &mut String) {
        match self {
            Shape::Object(members) => {
                out.push('{');
                let mut first = true;
                for member in members {
                    if member.share < 1.0 && !chance.happens(member.share) {
                        continue;
                    }
                    if !first {
                        out.push_str(", ");
                    }
                    first = false;
                    out.push_str(&member.key);
                    member.shape.write(row, chance, out);
                }
                out.push('}');
            }
            Shape::Array(element, most) => {
                out.push('[');
                for number in 0..chance.below(most + 1) {
                    if number > 0 {
                        out.push_str(", ");
                    }
                    element.write(row.at(number), chance, out);
                }
                out.push(']');
            }
            Shape::Text(meaning) => {
                out.push('"');
                let start = out.len();
                meaning.text(row, chance, out);
                escape(start, out);
                out.push('"');
            }
            Shape::OneOf(texts) => out.push_str(chance.pick(texts).map_or("null", |text| text)),
            Shape::Number(amounts) => digits::decimal(draw_amount(*amounts, chance), amounts.decimals, out),
            Shape::Flag(share) => out.push_str(if chance.happens(*share) { "true" } else { "false" }),
            Shape::Null => out.push_str("null"),
        }
    }
}

/// Escapes what must be in a string of JSON, in what stands behind `start`. Hardly any text needs it.
pub(super) fn escape(start: usize, out: &mut String) {
    let plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
    if out.as_bytes()[start..].iter().all(plain) {
        return;
    }
    let text = out.split_off(start);
    let quoted = Value::from(text).to_string();
    out.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
}
