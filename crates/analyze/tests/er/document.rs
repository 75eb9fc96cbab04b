//! The page and the Markdown of a schema.

use std::collections::BTreeSet;

use cogway_analyze::document::{Document, Overview, Part, html, markdown};
use cogway_catalog::{Catalog, QualifiedName};

use crate::drawing::EVERY_KIND;
use crate::schema::catalog;

fn document(catalog: &Catalog) -> Document {
    Document::of(catalog, "shop", &Part::Whole, Overview::BySize)
}

#[test]
fn markdown_of_every_kind() {
    insta::assert_snapshot!(markdown(&document(&catalog(EVERY_KIND))));
}

#[test]
fn the_page_says_what_markdown_says() {
    let page = html(&document(&catalog(EVERY_KIND)));
    for expect in [
        "<h2>customer</h2>",
        "<p class=\"comment\">Who buys</p>",
        "<h2>order_line <small>join table</small></h2>",
        "<h2>sales.reading <small>partitioned by RANGE (at)</small></h2>",
        "belong together (N:M)",
        "<code>tenant, product → tenant, number</code>",
        "on delete cascade",
        "not valid",
        "PRIMARY KEY (tenant, number)",
        "href=\"#table-public.order_line\"",
        "id=\"table-public.order_line\"",
        "prefers-color-scheme:dark",
    ] {
        assert!(page.contains(expect), "{expect}");
    }
}

/// Nothing on the page asks another machine, and what somebody wrote into the schema stays text.
#[test]
fn the_page_is_alone_and_safe() {
    let hostile = "table a\n comment </title><script>alert(1)</script><img src=//x.example/ onerror=alert(2)>\n \
                   <b>bold</b> \"><script> pk\n table ```\n x ]]> null";
    let page = html(&document(&catalog(hostile)));
    assert_eq!(page.matches("<script").count(), 1, "only its own");
    assert_eq!(page.matches("</script").count(), 1);
    assert!(!page.contains("<img") && !page.contains("<b>bold"));
    for outside in [
        "src=",
        "href=\"http",
        "url(",
        "@import",
        "fetch(",
        "XMLHttpRequest",
    ] {
        let text = page.replace("<img src=", "");
        let escaped = "&lt;img src=";
        assert!(!text.replace(escaped, "").contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
    let text = markdown(&document(&catalog(hostile)));
    assert!(
        !text.contains("<script") && !text.contains("<img") && !text.contains("<b>"),
        "{text}"
    );
}

#[test]
fn every_address_on_the_page_leads_somewhere() {
    let page = html(&document(&catalog(EVERY_KIND)));
    let mut ids = BTreeSet::new();
    for part in page.split(" id=\"").skip(1) {
        let id = part.split('"').next().expect("an end");
        assert!(ids.insert(id), "{id} is there twice");
    }
    for part in page.split("href=\"#").skip(1) {
        let id = part.split('"').next().expect("an end");
        assert!(ids.contains(id), "{id} is nowhere");
    }
}

#[test]
fn the_same_catalog_has_the_same_document() {
    let catalog = catalog(EVERY_KIND);
    assert_eq!(html(&document(&catalog)), html(&document(&catalog)));
}

/// Only the named table is described; its neighbours are in the pictures.
#[test]
fn a_document_of_one_table() {
    let tables = BTreeSet::from([QualifiedName::new("public", "invoice")]);
    let document = Document::of(
        &catalog(EVERY_KIND),
        "shop",
        &Part::Tables(tables),
        Overview::BySize,
    );
    let described: Vec<&str> = document
        .tables
        .iter()
        .map(|table| table.name.name.as_str())
        .collect();
    assert_eq!(described, ["invoice"]);
    let labels: Vec<String> = (0..document.diagram.entities.len())
        .map(|it| document.diagram.label(it))
        .collect();
    assert_eq!(labels, ["invoice", "order"]);
    assert!(document.mermaid().contains("order ||--o| invoice"));
}

#[test]
fn a_partition_stands_for_its_table() {
    let tables = BTreeSet::from([QualifiedName::new("sales", "reading_2026")]);
    let document = Document::of(
        &catalog(EVERY_KIND),
        "shop",
        &Part::Tables(tables),
        Overview::BySize,
    );
    let described: Vec<&str> = document
        .tables
        .iter()
        .map(|table| table.name.name.as_str())
        .collect();
    assert_eq!(described, ["reading"]);
}

/// GitHub draws no diagram of more than 50,000 characters.
#[test]
fn a_large_schema_fits_into_mermaid() {
    let mut schema = String::new();
    for table in 0..400 {
        schema += &format!("table a_table_with_some_name_{table}\n id bigint pk\n");
        for column in 0..4 {
            schema += &format!(
                " a_column_with_a_name_{column} bigint -> a_table_with_some_name_{}\n",
                table / 2
            );
        }
    }
    let text = markdown(&document(&catalog(&schema)));
    let first = text
        .split("```mermaid\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a diagram");
    assert!(first.starts_with("erDiagram"));
    assert!(!first.contains("bigint"), "columns are left out");
}

/// What a table of the schema refers to elsewhere is in the diagram, and not described.
#[test]
fn a_document_of_one_schema() {
    let catalog = catalog(
        "table p\n id int pk\n table s.c\n id int pk\n p int -> p\n table s.d\n id int pk\n table other\n id int pk",
    );
    let schemas = BTreeSet::from(["s".into()]);
    let document = Document::of(&catalog, "s", &Part::Schemas(schemas), Overview::BySize);
    let described: Vec<&str> = document
        .tables
        .iter()
        .map(|table| table.name.name.as_str())
        .collect();
    assert_eq!(described, ["c", "d"]);
    let labels: Vec<String> = (0..document.diagram.entities.len())
        .map(|it| document.diagram.label(it))
        .collect();
    assert_eq!(labels, ["p", "s.c", "s.d"]);
}
