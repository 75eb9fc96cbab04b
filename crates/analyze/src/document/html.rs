//! The page for browsers: everything in one file, which asks no other machine for anything.

use std::collections::BTreeSet;
use std::fmt::Write;

use cogway_catalog::QualifiedName;

use super::{ColumnEntry, Document, Entry, Reference, Seen, TableEntry, ViewEntry, anchor, table_anchor};
use crate::er::layout::{Detail, layout};
use crate::er::svg::{Frame, STYLE, draw, legend};
use crate::markup::Text;

const PAGE_STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page.
pub fn html(document: &Document) -> String {
    let page = Page {
        document,
        described: document.tables.iter().map(|table| &table.name).collect(),
    };
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{0}</title>\n<style>{STYLE}{PAGE_STYLE}</style>\n</head>\n<body>\n",
        Text(&document.title)
    );
    page.navigation(&mut text);
    text += "<main>\n";
    page.overview(&mut text);
    for table in &document.tables {
        page.table(&mut text, table);
    }
    for view in &document.views {
        page.view(&mut text, view);
    }
    for (title, entries) in page.groups() {
        group(&mut text, title, entries);
    }
    if !document.unmodelled.is_empty() {
        text += "<section id=\"unmodelled\" class=\"item\"><h2>Not described</h2>\n\
                 <p class=\"soft\">These are there, and nothing more is known of them.</p><ul>\n";
        for thing in &document.unmodelled {
            put(&mut text, format_args!("<li>{}</li>\n", Text(thing)));
        }
        text += "</ul></section>\n";
    }
    put(
        &mut text,
        format_args!("</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"),
    );
    text
}

/// Writing to memory cannot fail.
fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(what);
}

struct Page<'a> {
    document: &'a Document,
    /// The tables that have a section. Others are only in pictures.
    described: BTreeSet<&'a QualifiedName>,
}

impl<'a> Page<'a> {
    fn groups(&self) -> [(&'static str, &'a [Entry]); 4] {
        let document = self.document;
        [
            ("Types", &document.types),
            ("Functions", &document.routines),
            ("Sequences", &document.sequences),
            ("Extensions", &document.extensions),
        ]
    }

    fn navigation(&self, text: &mut String) {
        let document = self.document;
        put(
            text,
            format_args!(
                "<nav>\n<a class=\"brand\" href=\"#top\">{}</a>\n",
                Text(&document.title)
            ),
        );
        *text += "<input id=\"search\" type=\"search\" placeholder=\"Search  /\" aria-label=\"Search\" autocomplete=\"off\">\n";
        *text += "<div id=\"list\">\n";
        let mut list = |title: &str, links: Vec<(String, String)>| {
            if links.is_empty() {
                return;
            }
            put(
                text,
                format_args!("<h2>{title} <span>{}</span></h2>\n<ul>\n", links.len()),
            );
            for (anchor, label) in links {
                // A long name is broken between its words.
                let label = Text(&label).to_string().replace('_', "_<wbr>");
                put(text, format_args!("<li><a href=\"#{anchor}\">{label}</a></li>\n"));
            }
            *text += "</ul>\n";
        };
        let tables = document.tables.iter();
        list(
            "Tables",
            tables
                .map(|table| (table_anchor(&table.name), document.diagram.label(table.entity)))
                .collect(),
        );
        let views = document.views.iter();
        list(
            "Views",
            views.map(|view| (view_anchor(view), label(&view.name))).collect(),
        );
        for (title, entries) in self.groups() {
            let links = entries
                .iter()
                .map(|entry| (anchor(title, &entry.name), entry.name.clone()));
            list(title, links.collect());
        }
        *text += "</div>\n<p id=\"none\" hidden>Nothing found</p>\n</nav>\n";
    }

    fn overview(&self, text: &mut String) {
        let document = self.document;
        put(
            text,
            format_args!(
                "<section id=\"top\"><h1>{}</h1>\n<p class=\"soft\">",
                Text(&document.title)
            ),
        );
        let numbers = [
            (document.tables.len(), "table", "tables"),
            (document.diagram.relations.len(), "foreign key", "foreign keys"),
            (document.diagram.join_tables.len(), "join table", "join tables"),
            (document.views.len(), "view", "views"),
            (document.types.len(), "type", "types"),
            (document.routines.len(), "function", "functions"),
        ];
        let words: Vec<String> = numbers
            .into_iter()
            .filter(|(number, _, _)| *number > 0)
            .map(|(number, one, many)| format!("{number} {}", if number == 1 { one } else { many }))
            .collect();
        put(text, format_args!("{}</p>\n", words.join(" · ")));
        if document.diagram.entities.is_empty() {
            *text += "</section>\n";
            return;
        }
        put(
            text,
            format_args!(
                "<div class=\"tools\"><button data-zoom=\"fit\">Fit</button><button data-zoom=\"1\">1:1</button>\
                 <button data-zoom=\"-\" aria-label=\"Smaller\">−</button>\
                 <button data-zoom=\"+\" aria-label=\"Larger\">+</button>\
                 <button data-zoom=\"wide\">Wide</button>{}</div>\n<div class=\"picture whole\">\n",
                legend(&document.diagram)
            ),
        );
        let drawn = layout(&document.diagram, document.detail());
        *text += &draw(
            &document.diagram,
            &drawn,
            Frame::Page {
                link: &|name| self.address(name),
                focus: None,
            },
        );
        *text += "</div></section>\n";
    }

    /// Where a table is described; the top of the page for one that is not.
    fn address(&self, name: &QualifiedName) -> String {
        if self.described.contains(name) {
            format!("#{}", table_anchor(name))
        } else {
            "#top".to_owned()
        }
    }

    fn link(&self, entity: usize) -> String {
        let label = self.document.diagram.label(entity);
        match self.document.diagram.entities.get(entity) {
            Some(it) if self.described.contains(&it.name) => {
                format!("<a href=\"#{}\">{}</a>", table_anchor(&it.name), Text(&label))
            }
            _ => Text(&label).to_string(),
        }
    }

    fn table(&self, text: &mut String, table: &TableEntry) {
        let label = self.document.diagram.label(table.entity);
        let anchor = table_anchor(&table.name);
        put(
            text,
            format_args!("<section id=\"{anchor}\" class=\"item\"><h2>{}", Text(&label)),
        );
        if !table.joins.is_empty() {
            *text += " <small>join table</small>";
        }
        if !table.form.is_empty() {
            put(text, format_args!(" <small>{}</small>", Text(&table.form)));
        }
        *text += "</h2>\n";
        comment(text, table.comment.as_deref());
        if !table.joins.is_empty() {
            let joined: Vec<String> = table.joins.iter().map(|entity| self.link(*entity)).collect();
            put(
                text,
                format_args!(
                    "<p>Says which rows of {} belong together (N:M).</p>\n",
                    joined.join(" and ")
                ),
            );
        }
        columns(text, &table.columns);
        self.references(text, Seen::FromChild, &table.refers_to);
        self.references(text, Seen::FromParent, &table.referred_by);
        for (title, entries) in [
            ("Constraints", &table.constraints),
            ("Indexes", &table.indexes),
            ("Triggers, rules and policies", &table.behaviour),
            ("Partitions", &table.partitions),
        ] {
            facts(text, title, entries);
        }
        if !table.refers_to.is_empty() || !table.referred_by.is_empty() {
            let (diagram, focus) = self.document.neighbourhood(table);
            let drawn = layout(&diagram, Detail::Around(focus));
            *text += "<h3>Neighbours</h3><div class=\"picture\">\n";
            *text += &draw(
                &diagram,
                &drawn,
                Frame::Page {
                    link: &|name| self.address(name),
                    focus: Some(focus),
                },
            );
            *text += "</div>\n";
        }
        *text += "</section>\n";
    }

    fn references(&self, text: &mut String, seen: Seen, references: &[Reference]) {
        if references.is_empty() {
            return;
        }
        put(
            text,
            format_args!(
                "<h3>{}</h3>\n<table><thead><tr><th>Table</th><th>Columns</th><th>Kind</th><th>For each row here</th>\
                 <th>For each row there</th><th>Foreign key</th></tr></thead><tbody>\n",
                seen.title()
            ),
        );
        for reference in references {
            let Some(relation) = self.document.diagram.relations.get(reference.relation) else {
                continue;
            };
            let (other, here, there) = seen.ends(relation);
            put(
                text,
                format_args!(
                    "<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{} there</td><td>{} here</td>\
                     <td><code>{}</code> <span class=\"soft\">{}</span></td></tr>\n",
                    self.link(other),
                    Text(&reference.columns),
                    relation.kind(),
                    here.words(),
                    there.words(),
                    Text(relation.name.as_str()),
                    Text(&reference.actions)
                ),
            );
        }
        *text += "</tbody></table>\n";
    }

    fn view(&self, text: &mut String, view: &ViewEntry) {
        put(
            text,
            format_args!(
                "<section id=\"{}\" class=\"item\"><h2>{} <small>{}</small></h2>\n",
                view_anchor(view),
                Text(&label(&view.name)),
                view.form
            ),
        );
        comment(text, view.comment.as_deref());
        columns(text, &view.columns);
        put(
            text,
            format_args!(
                "<details><summary>Query</summary><pre>{}</pre></details></section>\n",
                Text(&view.query)
            ),
        );
    }
}

fn view_anchor(view: &ViewEntry) -> String {
    anchor(
        "view",
        &format!("{}.{}", view.name.schema.as_str(), view.name.name.as_str()),
    )
}

fn label(name: &QualifiedName) -> String {
    match name.schema.as_str() {
        "public" => name.name.as_str().to_owned(),
        schema => format!("{schema}.{}", name.name.as_str()),
    }
}

fn comment(text: &mut String, comment: Option<&str>) {
    if let Some(comment) = comment {
        put(text, format_args!("<p class=\"comment\">{}</p>\n", Text(comment)));
    }
}

fn columns(text: &mut String, columns: &[ColumnEntry]) {
    *text += "<table class=\"columns\"><thead><tr><th></th><th>Column</th><th>Type</th><th>NULL</th><th>Default</th>\
              <th>Comment</th></tr></thead><tbody>\n";
    for column in columns {
        let tags = [
            (column.keys.primary, "<b class=\"key pk\">PK</b>"),
            (column.keys.foreign, "<b class=\"key fk\">FK</b>"),
            (column.keys.unique, "<b class=\"key u\">U</b>"),
        ];
        let tags: String = tags
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, tag)| tag)
            .collect();
        put(
            text,
            format_args!(
                "<tr><td>{tags}</td><td><code class=\"name\">{}</code></td><td><code>{}</code></td><td>{}</td>\
                 <td><code>{}</code></td><td>{}</td></tr>\n",
                Text(column.name.as_str()),
                Text(&column.data_type),
                if column.nullable { "yes" } else { "" },
                Text(column.default.as_deref().unwrap_or_default()),
                Text(column.comment.as_deref().unwrap_or_default())
            ),
        );
    }
    *text += "</tbody></table>\n";
}

fn facts(text: &mut String, title: &str, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    put(
        text,
        format_args!("<h3>{title}</h3>\n<table class=\"facts\"><tbody>\n"),
    );
    for entry in entries {
        put(
            text,
            format_args!(
                "<tr><td><code class=\"name\">{}</code></td><td><code>{}</code>{}</td></tr>\n",
                Text(&entry.name),
                Text(&entry.definition),
                remark(entry)
            ),
        );
    }
    *text += "</tbody></table>\n";
}

fn remark(entry: &Entry) -> String {
    let comment = entry.comment.as_deref();
    comment.map_or_else(String::new, |comment| format!("<br>{}", Text(comment)))
}

fn group(text: &mut String, title: &str, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    put(
        text,
        format_args!("<section class=\"group\"><h2>{title}</h2>\n<table><tbody>\n"),
    );
    let mut before = None;
    for entry in entries {
        // Functions of one name share an address.
        let id = if before == Some(&entry.name) {
            String::new()
        } else {
            format!(" id=\"{}\"", anchor(title, &entry.name))
        };
        before = Some(&entry.name);
        put(
            text,
            format_args!(
                "<tr class=\"item\"{id}><td><code class=\"name\">{}</code></td><td class=\"soft\">{}</td>\
                 <td><code>{}</code>{}</td></tr>\n",
                Text(&entry.name),
                entry.kind,
                Text(&entry.definition),
                remark(entry)
            ),
        );
    }
    *text += "</tbody></table></section>\n";
}
