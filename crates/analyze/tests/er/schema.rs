//! Catalogs from a few lines of text, so that a case is easy to read.
//!
//! ```text
//! table order                      a table, of the schema public unless it is named
//!   id integer pk                  a column: not null, part of the primary key
//!   note text null                 can be NULL
//!   code text unique               with a unique constraint of its own
//!   customer integer -> customer   with a foreign key to the primary key there
//!   unique (a, b)                  over several columns
//!   index unique (a) where b       a unique index: partial with `where`
//!   fk (a, b) -> other (c, d)      over several columns; `not valid`, `not enforced`, `period` behind it
//!   partition of sales             a partition of another table
//!   comment Anything
//! ```

use cogway_catalog::{
    Ancestry, Catalog, Column, Constraint, ConstraintForm, Definition, Domain, Index, Kind, Name, Object,
    ObjectId, QualifiedName, Table, TableForm,
};

/// The catalog that a text describes.
pub(crate) fn catalog(text: &str) -> Catalog {
    let mut catalog = Catalog::default();
    let mut table = QualifiedName::new("public", "");
    let mut position = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "table" => {
                table = qualified(rest);
                position = 0;
                catalog.insert(object(ObjectId::qualified(Kind::Table, table.clone()), a_table()));
            }
            "domain" => {
                let (name, rest) = rest.split_once(' ').expect("a type");
                let domain = Domain {
                    data_type: rest.trim_end_matches(" not null").to_owned(),
                    collation: None,
                    not_null: rest.ends_with("not null"),
                    default: None,
                };
                let id = ObjectId::qualified(Kind::Domain, qualified(name));
                catalog.insert(object(id, Definition::Domain(domain)));
            }
            "partitioned" => change(&mut catalog, &table, |it| {
                it.form = TableForm::Partitioned { key: rest.to_owned() };
            }),
            "partition" => change(&mut catalog, &table, |it| {
                it.ancestry = Ancestry::Partition {
                    of: qualified(rest.trim_start_matches("of ")),
                    bound: "DEFAULT".to_owned(),
                };
            }),
            "comment" => {
                let id = ObjectId::qualified(Kind::Table, table.clone());
                let mut changed = Object::clone(catalog.get(&id).expect("a table"));
                changed.comment = Some(rest.to_owned());
                catalog.insert(changed);
            }
            "unique" => add_constraint(&mut catalog, &table, ConstraintForm::Unique, list(rest)),
            "primary" => add_constraint(&mut catalog, &table, ConstraintForm::PrimaryKey, list(rest)),
            "index" => {
                let (keys, predicate) = match rest.split_once(" where ") {
                    Some((keys, predicate)) => (keys, Some(predicate.to_owned())),
                    None => (rest, None),
                };
                let name = QualifiedName::new("public", format!("{}_{position}_idx", table.name.as_str()));
                let index = an_index(
                    &table,
                    keys.starts_with("unique"),
                    keys.trim_start_matches("unique "),
                    predicate,
                );
                catalog.insert(object(
                    ObjectId::qualified(Kind::Index, name),
                    Definition::Index(index),
                ));
                position += 1;
            }
            "fk" => add_foreign_key(&mut catalog, &table, rest),
            column => {
                position += 1;
                add_column(&mut catalog, &table, column, rest, position);
            }
        }
    }
    catalog
}

fn add_column(catalog: &mut Catalog, table: &QualifiedName, name: &str, rest: &str, position: i32) {
    let (rest, to) = match rest.split_once(" -> ") {
        Some((rest, to)) => (rest, Some(to)),
        None => (rest, None),
    };
    let words: Vec<&str> = rest.split(' ').collect();
    let (data_type, flags) = words.split_first().expect("a type");
    let column = Column {
        position,
        data_type: (*data_type).to_owned(),
        collation: None,
        not_null: !flags.contains(&"null"),
        default: None,
        generated: None,
        generated_kind: None,
        identity: None,
        storage: None,
        compression: None,
        statistics: None,
        options: vec![],
        foreign_options: vec![],
        local: true,
        inherited: 0,
    };
    catalog.insert(object(
        ObjectId::part(Kind::Column, table.clone(), name),
        Definition::Column(column),
    ));
    if flags.contains(&"pk") {
        add_constraint(catalog, table, ConstraintForm::PrimaryKey, vec![name.into()]);
    }
    if flags.contains(&"unique") {
        add_constraint(catalog, table, ConstraintForm::Unique, vec![name.into()]);
    }
    if let Some(to) = to {
        add_foreign_key(catalog, table, &format!("({name}) -> {to} (id)"));
    }
}

fn add_constraint(catalog: &mut Catalog, table: &QualifiedName, form: ConstraintForm, columns: Vec<Name>) {
    let words: Vec<&str> = columns.iter().map(Name::as_str).collect();
    let ending = if form == ConstraintForm::PrimaryKey {
        "pkey"
    } else {
        "key"
    };
    let name = match form {
        ConstraintForm::PrimaryKey => format!("{}_pkey", table.name.as_str()),
        _ => format!("{}_{}_{ending}", table.name.as_str(), words.join("_")),
    };
    let id = ObjectId::part(Kind::Constraint, table.clone(), name.as_str());
    let columns = match catalog.get(&id).map(|object| &object.definition) {
        // Another column of the primary key.
        Some(Definition::Constraint(before)) => before.columns.iter().cloned().chain(columns).collect(),
        _ => columns,
    };
    let constraint = Constraint {
        index: Some(name.as_str().into()),
        ..a_constraint(form, columns)
    };
    catalog.insert(object(id, Definition::Constraint(constraint)));
}

/// `(a, b) -> other (c, d) not valid`
fn add_foreign_key(catalog: &mut Catalog, table: &QualifiedName, text: &str) {
    let (columns, rest) = text.split_once(" -> ").expect("an arrow");
    let (to, rest) = rest.split_once(" (").expect("the columns there");
    let (referenced, flags) = rest.split_once(')').expect("a parenthesis");
    let columns = list(columns);
    let words: Vec<&str> = columns.iter().map(Name::as_str).collect();
    let id = ObjectId::part(
        Kind::Constraint,
        table.clone(),
        format!("{}_{}_fkey", table.name.as_str(), words.join("_")),
    );
    let constraint = Constraint {
        references: Some(qualified(to)),
        referenced_columns: list(referenced),
        validated: !flags.contains("not valid"),
        enforced: !flags.contains("not enforced"),
        period: flags.contains("period"),
        inherited: i32::from(flags.contains("inherited")),
        on_delete: flags.contains("cascade").then(|| "cascade".to_owned()),
        ..a_constraint(ConstraintForm::ForeignKey, columns)
    };
    catalog.insert(object(id, Definition::Constraint(constraint)));
}

fn change(catalog: &mut Catalog, table: &QualifiedName, how: impl FnOnce(&mut Table)) {
    let id = ObjectId::qualified(Kind::Table, table.clone());
    let mut changed = Object::clone(catalog.get(&id).expect("a table"));
    if let Definition::Table(table) = &mut changed.definition {
        how(table);
    }
    catalog.insert(changed);
}

fn qualified(name: &str) -> QualifiedName {
    match name.split_once('.') {
        Some((schema, name)) => QualifiedName::new(schema, name),
        None => QualifiedName::new("public", name),
    }
}

fn list(text: &str) -> Vec<Name> {
    let inside = text.trim().trim_start_matches('(').trim_end_matches(')');
    inside.split(", ").map(Name::from).collect()
}

/// An object of which only the name and the definition matter.
pub(crate) fn object(id: ObjectId, definition: Definition) -> Object {
    Object {
        id,
        owner: None,
        privileges: None,
        comment: None,
        labels: vec![],
        definition,
    }
}

fn a_table() -> Definition {
    Definition::Table(Table {
        form: TableForm::Ordinary,
        ancestry: Ancestry::Root,
        persistence: "permanent".to_owned(),
        of_type: None,
        access_method: None,
        tablespace: None,
        options: vec![],
        toast_options: vec![],
        replica_identity: "default".to_owned(),
        row_security: false,
        force_row_security: false,
    })
}

fn an_index(table: &QualifiedName, unique: bool, keys: &str, predicate: Option<String>) -> Index {
    Index {
        relation: table.clone(),
        method: "btree".into(),
        keys: list(keys).iter().map(|name| name.as_str().to_owned()).collect(),
        include: vec![],
        predicate,
        unique,
        nulls_not_distinct: false,
        valid: true,
        clustered: false,
        replica_identity: false,
        options: vec![],
        tablespace: None,
        statistics: vec![],
        partition_of: None,
        depends_on_extensions: vec![],
    }
}

fn a_constraint(form: ConstraintForm, columns: Vec<Name>) -> Constraint {
    Constraint {
        form,
        columns,
        index: None,
        expression: None,
        operators: vec![],
        references: None,
        referenced_columns: vec![],
        matching: None,
        on_update: None,
        on_delete: None,
        on_delete_columns: vec![],
        deferrable: false,
        initially_deferred: false,
        validated: true,
        enforced: true,
        period: false,
        no_inherit: false,
        local: true,
        inherited: 0,
    }
}
