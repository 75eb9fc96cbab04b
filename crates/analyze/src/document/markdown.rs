//! The same as Markdown, with diagrams in Mermaid: as GitHub, GitLab and many editors show them.

use std::fmt::Write;

use super::{ColumnEntry, Document, Entry, Reference, Seen, TableEntry, table_anchor};
use crate::er::layout::Detail;
use crate::er::mermaid;
use crate::markup::visible;

/// Writes the document.
pub fn markdown(document: &Document) -> String {
    let mut text = format!("# {}\n\n", escaped(&document.title));
    if !document.diagram.entities.is_empty() {
        diagram(&mut text, &document.mermaid_within_limit());
        text += "A bar is one, a circle is none, a foot is many. `null` stands behind columns that can be NULL.\n\n";
    }
    if !document.tables.is_empty() {
        text += "## Tables\n\n| table | columns | |\n|---|---|---|\n";
        for table in &document.tables {
            let summary = table
                .comment
                .as_deref()
                .and_then(|comment| comment.lines().next());
            put(
                &mut text,
                format_args!(
                    "| {} | {} | {} |\n",
                    link(document, table.entity),
                    table.columns.len(),
                    escaped(summary.unwrap_or_default())
                ),
            );
        }
        text.push('\n');
    }
    for entry in &document.tables {
        table(&mut text, document, entry);
    }
    if !document.views.is_empty() {
        text += "## Views\n\n";
        for view in &document.views {
            put(
                &mut text,
                format_args!("### {}\n\n", escaped(&view.name.to_string())),
            );
            comment(&mut text, view.comment.as_deref());
            columns(&mut text, &view.columns);
            put(&mut text, format_args!("{}\n", fenced("sql", &view.query)));
        }
    }
    for (title, entries) in [
        ("Types", &document.types),
        ("Functions", &document.routines),
        ("Sequences", &document.sequences),
        ("Extensions", &document.extensions),
    ] {
        facts(&mut text, &format!("## {title}"), entries);
    }
    if !document.unmodelled.is_empty() {
        text += "## Not described\n\nThese are there, and nothing more is known of them.\n\n";
        for thing in &document.unmodelled {
            put(&mut text, format_args!("- {}\n", escaped(thing)));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Writing to memory cannot fail.
fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(what);
}

fn table(text: &mut String, document: &Document, table: &TableEntry) {
    let label = document.diagram.label(table.entity);
    put(
        text,
        format_args!(
            "<a id=\"{}\"></a>\n\n### {}\n\n",
            table_anchor(&table.name),
            escaped(&label)
        ),
    );
    comment(text, table.comment.as_deref());
    if !table.form.is_empty() {
        put(text, format_args!("*{}*\n\n", escaped(&table.form)));
    }
    if !table.joins.is_empty() {
        let joined: Vec<String> = table.joins.iter().map(|entity| link(document, *entity)).collect();
        put(
            text,
            format_args!(
                "A join table: says which rows of {} belong together (N:M).\n\n",
                joined.join(" and ")
            ),
        );
    }
    columns(text, &table.columns);
    references(text, document, Seen::FromChild, &table.refers_to);
    references(text, document, Seen::FromParent, &table.referred_by);
    for (title, entries) in [
        ("Constraints", &table.constraints),
        ("Indexes", &table.indexes),
        ("Triggers, rules and policies", &table.behaviour),
        ("Partitions", &table.partitions),
    ] {
        facts(text, &format!("**{title}**"), entries);
    }
    if !table.refers_to.is_empty() || !table.referred_by.is_empty() {
        let (neighbours, focus) = document.neighbourhood(table);
        *text += "<details><summary>Neighbours</summary>\n\n";
        diagram(text, &mermaid::write(&neighbours, Detail::Around(focus)));
        *text += "</details>\n\n";
    }
}

fn references(text: &mut String, document: &Document, seen: Seen, references: &[Reference]) {
    if references.is_empty() {
        return;
    }
    put(
        text,
        format_args!(
            "**{}**\n\n| table | columns | kind | for each row here | for each row there | foreign key |\n\
             |---|---|---|---|---|---|\n",
            seen.title()
        ),
    );
    for reference in references {
        let Some(relation) = document.diagram.relations.get(reference.relation) else {
            continue;
        };
        let (other, here, there) = seen.ends(relation);
        put(
            text,
            format_args!(
                "| {} | {} | {} | {} there | {} here | {} {} |\n",
                link(document, other),
                code(&reference.columns),
                relation.kind(),
                here.words(),
                there.words(),
                code(relation.name.as_str()),
                escaped(&reference.actions)
            ),
        );
    }
    text.push('\n');
}

fn link(document: &Document, entity: usize) -> String {
    let label = escaped(&document.diagram.label(entity));
    let name = document.diagram.entities.get(entity).map(|entity| &entity.name);
    match name.filter(|name| document.tables.iter().any(|table| table.name == **name)) {
        Some(name) => format!("[{label}](#{})", table_anchor(name)),
        None => label,
    }
}

fn comment(text: &mut String, comment: Option<&str>) {
    if let Some(comment) = comment {
        put(text, format_args!("{}\n\n", escaped(comment)));
    }
}

fn columns(text: &mut String, columns: &[ColumnEntry]) {
    *text += "| column | type | null | default | keys | |\n|---|---|---|---|---|---|\n";
    for column in columns {
        let keys = [
            (column.keys.primary, "PK"),
            (column.keys.foreign, "FK"),
            (column.keys.unique, "U"),
        ];
        let keys: Vec<&str> = keys
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, key)| key)
            .collect();
        put(
            text,
            format_args!(
                "| {} | {} | {} | {} | {} | {} |\n",
                code(column.name.as_str()),
                code(&column.data_type),
                if column.nullable { "yes" } else { "" },
                column.default.as_deref().map_or_else(String::new, code),
                keys.join(" "),
                escaped(column.comment.as_deref().unwrap_or_default())
            ),
        );
    }
    text.push('\n');
}

fn facts(text: &mut String, title: &str, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    put(text, format_args!("{title}\n\n"));
    for entry in entries {
        let kind = match entry.kind {
            "constraint" | "index" | "partition" | "sequence" | "extension" => String::new(),
            kind => format!("{kind} "),
        };
        put(text, format_args!("- {kind}{}", code(&entry.name)));
        if !entry.definition.is_empty() {
            put(text, format_args!(": {}", code(&entry.definition)));
        }
        if let Some(comment) = &entry.comment {
            put(text, format_args!(" – {}", escaped(comment)));
        }
        text.push('\n');
    }
    text.push('\n');
}

fn diagram(text: &mut String, diagram: &str) {
    // What Mermaid writes holds no back quote: names are escaped.
    put(text, format_args!("```mermaid\n{diagram}```\n\n"));
}

/// A text that Markdown shows as it is, in one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '\n' => escaped += "<br>",
            '\t' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' | '@' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(visible(c)),
        }
    }
    escaped
}

/// Likewise, as code.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let is_plain = !text.contains(['`', '\\', '\n', '|', '<', '&']) && text.trim() == text;
    if is_plain {
        let shown: String = text.chars().map(visible).collect();
        format!("`{shown}`")
    } else {
        format!("<code>{}</code>", escaped(text))
    }
}

/// Several lines of code, in a fence that is longer than any in them.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let shown: String = text.chars().map(visible).collect();
    format!("{fence}{language}\n{}\n{fence}\n", shown.trim_end())
}
