//! Pictures are well-formed whatever names are in them, and Mermaid is as it should be.

use cogway_analyze::er::layout::{Detail, layout};
use cogway_analyze::er::svg::{Frame, STYLE, draw, legend};
use cogway_analyze::er::{Cardinality, Checked, er, mermaid};
use cogway_catalog::{Definition, Object, ObjectId};
use proptest::prelude::*;

use crate::schema::catalog;

/// Every kind of relation, and no relation.
pub(crate) const EVERY_KIND: &str = "
    table customer
      comment Who buys
      id bigint pk
      email text unique
      referred_by bigint null -> customer
    table order
      id bigint pk
      customer_id bigint -> customer
      billed_to bigint null -> customer
      total numeric(12,2)
    table invoice
      order_id bigint pk -> order
      paid_at timestamptz null
    table product
      tenant integer pk
      number integer pk
      name text
    table order_line
      order_id bigint pk -> order
      tenant integer pk
      product integer pk
      amount integer
      fk (tenant, product) -> product (tenant, number) cascade
    table sales.reading
      partitioned RANGE (at)
      id bigint pk
      at timestamptz pk
    table sales.reading_2026
      id bigint pk
      at timestamptz pk
      partition of sales.reading
    table to
      one text null
      legacy bigint null
      fk (legacy) -> order (id) not valid
";

#[test]
fn mermaid_of_every_kind() {
    insta::assert_snapshot!(mermaid::write(&er(&catalog(EVERY_KIND)), Detail::Full));
}

#[test]
fn svg_of_every_kind() {
    let diagram = er(&catalog(EVERY_KIND));
    let svg = draw(&diagram, &layout(&diagram, Detail::Full), Frame::Alone);
    assert_eq!(well_formed(&svg), Ok(()));
    insta::assert_snapshot!(svg.replace(STYLE, "…"));
}

/// What goes wrong in a text that should be XML, as far as pictures use it.
pub(crate) fn well_formed(xml: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(c) = xml.chars().find(|c| !allowed(*c)) {
        return Err(format!("the character {c:?}"));
    }
    while let Some(start) = rest.find('<') {
        text(&rest[..start])?;
        let inside = &rest[start + 1..];
        let end = inside.find('>').ok_or("a tag without an end")?;
        let tag = &inside[..end];
        rest = &inside[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> ends nothing"));
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(format!("<{tag}>"));
        }
        let mut attributes = tag[name.len()..].trim_end_matches('/');
        while let Some((name, more)) = attributes.split_once("=\"") {
            let is_name = name.trim().chars().all(|c| c.is_ascii_alphabetic() || c == '-');
            let (value, more) = more.split_once('"').ok_or("an attribute without an end")?;
            if !is_name || value.contains('<') {
                return Err(format!("the attribute {name}"));
            }
            text(value)?;
            attributes = more;
        }
        if !attributes.trim().is_empty() {
            return Err(format!("{attributes} in <{tag}>"));
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    text(rest)?;
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("{open:?} are open"))
    }
}

fn text(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('&') {
        let entity = text[at..].split_once(';').map_or("", |(entity, _)| entity);
        if !["&amp", "&lt", "&gt", "&quot", "&#39"].contains(&entity) {
            return Err(format!("an & at {}", &text[at..]));
        }
    }
    Ok(())
}

/// Names as anybody may write them, and as somebody would who means ill.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>().prop_map(|name| name.replace('\0', "x")),
        prop_oneof![
            Just("<script>alert(1)</script>"),
            Just("\"><svg onload=x>"),
            Just("]]>"),
            Just("a\"b'c`d"),
            Just("%%{init}%%"),
            Just("注文\u{202e}明細"),
            Just("-->"),
            Just("```"),
        ]
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn pictures_are_well_formed(table in names(), column in names(), comment in names()) {
        let mut catalog = catalog("table a\n id int pk\n b int null -> a\n table b\n id int pk -> a");
        for object in catalog.clone().objects() {
            if let Definition::Column(_) = &object.definition {
                let of = object.id.parent().cloned().expect("a table");
                let id = ObjectId::part(object.id.kind, of, format!("{column}{}", object.id.bare_name().as_str()).as_str());
                catalog.insert(Object { id, comment: Some(comment.clone()), ..Object::clone(object) });
            } else if let Definition::Table(_) = &object.definition {
                let name = cogway_catalog::QualifiedName::new("public", format!("{table}{}", object.id.bare_name().as_str()).as_str());
                let id = ObjectId::qualified(object.id.kind, name);
                catalog.insert(Object { id, comment: Some(comment.clone()), ..Object::clone(object) });
            }
        }
        let diagram = er(&catalog);
        let drawn = layout(&diagram, Detail::Full);
        prop_assert_eq!(well_formed(&draw(&diagram, &drawn, Frame::Alone)), Ok(()));
        let link = |name: &cogway_catalog::QualifiedName| name.name.as_str().to_owned();
        let page = draw(&diagram, &drawn, Frame::Page { link: &link, focus: Some(0) });
        prop_assert_eq!(well_formed(&page), Ok(()));
        // Mermaid has one statement to a line, and quotes in pairs.
        for line in mermaid::write(&diagram, Detail::Full).lines() {
            prop_assert!(line.matches('"').count() % 2 == 0, "{}", line);
            prop_assert!(!line.contains('`') && !line.contains('<') && !line.contains('%'), "{}", line);
        }
    }
}

#[test]
fn the_legend_names_what_is_rare_where_there_is_some() {
    let mut diagram = er(&catalog(EVERY_KIND));
    diagram
        .relations
        .iter_mut()
        .for_each(|it| it.checked = Checked::Always);
    let usual = legend(&diagram);
    diagram.relations[0].parent_end = Cardinality::OneOrMany;
    diagram.relations[0].checked = Checked::NewRows;
    let rare = legend(&diagram);
    for (text, count) in [
        ("one or many", 1),
        ("not all rows", 1),
        ("exactly one", 1),
        ("zero or many", 1),
    ] {
        assert_eq!(rare.matches(text).count(), count, "{text}");
    }
    assert!(!usual.contains("one or many") && !usual.contains("not all rows"));
    assert_eq!(well_formed(&usual), Ok(()));
    assert_eq!(well_formed(&rare), Ok(()));
}
