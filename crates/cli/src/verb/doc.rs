//! `cogway doc`: a schema described and drawn.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cogway_analyze::document::{self, Document, Overview, Part};
use cogway_catalog::{Catalog, Kind, Name, ObjectName, QualifiedName};
use serde::Serialize;

use crate::cli::{DetailChoice, Doc, DocumentForm};
use crate::config::Config;
use crate::error::{Failure, FailureCode};
use crate::exit::Exit;
use crate::output::{Header, PlainForm};
use crate::printer::Printer;
use crate::report::place;
use crate::{database, history};

/// What the files in a folder are called, before their endings.
const FILE: &str = "schema";

/// Runs the verb.
pub(crate) async fn run(args: &Doc, config: &Config, printer: &Printer) -> Result<Exit, Failure> {
    let targets = targets(args)?;
    let (title, catalog) = read(args, config, printer).await?;
    let part = part(&catalog, args)?;
    let overview = match args.detail {
        DetailChoice::Auto => Overview::BySize,
        DetailChoice::Full => Overview::Full,
        DetailChoice::Keys => Overview::Keys,
    };
    let document = Document::of(&catalog, &title, &part, overview);
    if document.diagram.entities.is_empty() {
        printer.warning("there are no tables in it");
    }
    for (form, target) in &targets {
        let text = match form {
            DocumentForm::Html => document::html(&document),
            DocumentForm::Markdown => document::markdown(&document),
            DocumentForm::Svg => document.svg(),
            DocumentForm::Mermaid => document.mermaid(),
        };
        match target {
            Target::Stdout => printer.data(&text)?,
            Target::File(path) => write(path, &text)?,
        }
    }
    let files: Vec<&Path> = targets
        .iter()
        .filter_map(|(_, target)| match target {
            Target::Stdout => None,
            Target::File(path) => Some(path.as_path()),
        })
        .collect();
    match args.output {
        PlainForm::Json => printer.json(&Written {
            header: Header::of("doc"),
            files: &files,
            tables: document.diagram.entities.len(),
            relations: document.diagram.relations.len(),
        })?,
        PlainForm::Human => {
            for file in files {
                printer.data(&format!("wrote {}\n", place(file, None)))?;
            }
        }
    }
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(flatten)]
    header: Header,
    files: &'a [&'a Path],
    /// How many tables are in the diagram.
    tables: usize,
    /// How many relations.
    relations: usize,
}

/// Where a document goes.
enum Target {
    Stdout,
    File(PathBuf),
}

fn targets(args: &Doc) -> Result<Vec<(DocumentForm, Target)>, Failure> {
    let out = &args.out;
    if out == Path::new("-") {
        if args.output == PlainForm::Json {
            return Err(Failure::usage("stdout cannot take the document and JSON")
                .hint("name a file: --out schema.html"));
        }
        return Ok(vec![(args.form.unwrap_or(DocumentForm::Html), Target::Stdout)]);
    }
    let is_folder = out.is_dir() || out.as_os_str().to_string_lossy().ends_with('/');
    if is_folder {
        let forms = args.form.map_or(DocumentForm::ALL.to_vec(), |form| vec![form]);
        let file = |form: DocumentForm| Target::File(out.join(format!("{FILE}.{}", form.ending())));
        return Ok(forms.into_iter().map(|form| (form, file(form))).collect());
    }
    let ending = out
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let by_ending = DocumentForm::ALL
        .into_iter()
        .find(|form| ending.as_deref() == Some(form.ending()));
    match args.form.or(by_ending) {
        Some(form) => Ok(vec![(form, Target::File(out.clone()))]),
        None => Err(
            Failure::usage(format!("what to write into {} is not said", out.display())).hint(
                "say it: --as html, or let the file end in .html, .md, .svg or .mmd; a folder ends in /",
            ),
        ),
    }
}

/// Reads the catalog, and says what it is called.
async fn read(args: &Doc, config: &Config, printer: &Printer) -> Result<(String, Catalog), Failure> {
    let names_history = args.history.dir.is_some() || args.history.format.is_some() || args.at.is_some();
    let database = match (&args.database.database_url, names_history) {
        (Some(_), true) => {
            return Err(
                Failure::usage("a database and a history are named, and a document is of one")
                    .hint("leave out --database-url, or --dir and --format"),
            );
        }
        (None, true) => None,
        (_, false) => database::named(&args.database, config)?,
    };
    if let Some(database) = database {
        let name = database
            .get_dbname()
            .or(database.get_user())
            .unwrap_or("postgres");
        let catalog = super::snapshot::of_database(&database, printer).await?;
        return Ok((name.to_owned(), catalog));
    }
    let Some(dir) = history::dir(&args.history, config) else {
        return Err(
            Failure::usage("there is nothing to describe: no database and no migrations are named")
                .hint("name a database (--database-url URL, DATABASE_URL, PGHOST…) or a folder (--dir DIR)"),
        );
    };
    let catalog =
        super::snapshot::of_history(&args.history, args.at.as_deref(), &args.server, config, printer).await?;
    Ok((title_of(&dir), catalog))
}

/// A folder's name; of a folder that is called as all are, the name of the one that it is in.
fn title_of(dir: &Path) -> String {
    let whole = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let names = whole.iter().rev().map(|name| name.to_string_lossy().into_owned());
    let mut names =
        names.filter(|name| !matches!(name.as_str(), "migrations" | "migration" | "db" | "sql" | "/"));
    names.next().unwrap_or_else(|| "schema".to_owned())
}

/// The part of the catalog that is meant.
fn part(catalog: &Catalog, args: &Doc) -> Result<Part, Failure> {
    let there: BTreeSet<&Name> = catalog
        .of_kind(Kind::Schema)
        .map(|schema| schema.id.bare_name())
        .collect();
    let schemas: BTreeSet<Name> = args
        .schema
        .iter()
        .map(|schema| Name::from(schema.as_str()))
        .collect();
    if let Some(missing) = schemas.iter().find(|schema| !there.contains(schema)) {
        let there: Vec<&str> = there.iter().map(|name| name.as_str()).collect();
        return Err(Failure::usage(format!("there is no schema {}", missing.as_str()))
            .hint(format!("there are: {}", there.join(", "))));
    }
    let is_meant = |name: &QualifiedName| schemas.is_empty() || schemas.contains(&name.schema);
    match (args.table.is_empty(), schemas.is_empty()) {
        (false, _) => tables(catalog, &args.table, is_meant).map(Part::Tables),
        (true, false) => Ok(Part::Schemas(schemas)),
        (true, true) => Ok(Part::Whole),
    }
}

/// The tables that are meant by what was typed: `orders` in any schema, or `sales.orders`.
fn tables(
    catalog: &Catalog,
    wanted: &[String],
    is_in_schema: impl Fn(&QualifiedName) -> bool,
) -> Result<BTreeSet<QualifiedName>, Failure> {
    let all: Vec<&QualifiedName> = catalog
        .of_kind(Kind::Table)
        .filter_map(|object| match &object.id.name {
            ObjectName::Qualified(name) if is_in_schema(name) => Some(name),
            _ => None,
        })
        .collect();
    let mut found = BTreeSet::new();
    for text in wanted {
        let is_meant = |name: &&&QualifiedName| {
            name.name.as_str() == text || format!("{}.{}", name.schema.as_str(), name.name.as_str()) == *text
        };
        let mut meant = all.iter().filter(is_meant).peekable();
        if meant.peek().is_none() {
            let near: Vec<&str> = all
                .iter()
                .map(|name| name.name.as_str())
                .filter(|name| name.contains(text.as_str()) || text.contains(name))
                .take(5)
                .collect();
            let hint = match near.as_slice() {
                [] => "`cogway doc` without --table describes all tables".to_owned(),
                near => format!("there are: {}", near.join(", ")),
            };
            return Err(Failure::usage(format!("there is no table {text}")).hint(hint));
        }
        found.extend(meant.map(|name| (*name).clone()));
    }
    Ok(found)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let made = parent.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(path, text)).map_err(|error| {
        let message = format!("{} cannot be written: {error}", path.display());
        Failure::new(FailureCode::Write, message)
            .hint("check the folder and its permissions, or name another file: --out PATH")
            .at(path, None)
    })
}
