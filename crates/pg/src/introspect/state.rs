//! What the reader knows of a database: the catalog, and by which OIDs its objects go on this server.

use std::collections::BTreeMap;

use cogway_catalog::sql::quote_ident;
use cogway_catalog::{
    Catalog, Definition, Kind, Name, Object, ObjectId, OwningColumn, QualifiedName, TableForm, changed_grants,
};
use imbl::HashMap;
use tokio_postgres::Row;

use super::index_keys::index_keys;
use super::row::{Layout, Resolve, RowError, RowReader};
use super::source::{Class, Shape, Source};

/// What belongs to extensions, and what depends on them by choice with their names.
pub(crate) type Attachments = (imbl::HashSet<(u32, u32)>, HashMap<(u32, u32), Vec<String>>);

/// An object's address on one server: its catalog and OID.
pub(crate) type Address = (Class, u32);

/// Everything the reader knows. Clones share what they have in common, so that a state can be kept and returned to.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) catalog: Catalog,
    /// Which objects a catalog row is about; all columns of a relation go by one address.
    pub(crate) objects: HashMap<Address, Vec<ObjectId>>,
    pub(crate) relations: HashMap<u32, Relation>,
    /// Comments, by object and column number.
    pub(crate) comments: HashMap<(u32, u32, i32), String>,
    /// Security labels, likewise, as `provider: label`.
    pub(crate) labels: HashMap<(u32, u32, i32), Vec<String>>,
    /// The sequences.
    pub(crate) sequences: imbl::OrdSet<u32>,
    /// What belongs to extensions.
    pub(crate) members: imbl::HashSet<(u32, u32)>,
    /// What depends on extensions by choice, with their names in order.
    pub(crate) bound: HashMap<(u32, u32), Vec<String>>,
    /// The operator classes that are taken by default, with the types that they are for.
    pub(crate) default_classes: HashMap<u32, u32>,
}

/// A relation with names for what queries name by number.
#[derive(Clone)]
pub(crate) struct Relation {
    pub(crate) name: QualifiedName,
    /// Its columns in order.
    pub(crate) columns: Vec<Attribute>,
}

/// A column, in so far as others refer to it.
#[derive(Clone)]
pub(crate) struct Attribute {
    pub(crate) number: i16,
    pub(crate) name: Name,
    type_id: u32,
    collation_id: u32,
}

/// `varchar` and `text`: a column of the one takes the operator classes of the other.
const VARCHAR: u32 = 1043;
const TEXT: u32 = 25;

impl Resolve for State {
    fn relation(&self, oid: u32) -> Option<&QualifiedName> {
        self.relations.get(&oid).map(|relation| &relation.name)
    }

    fn column(&self, relation: u32, number: i16) -> Option<&Name> {
        self.attribute(relation, number).map(|column| &column.name)
    }
}

impl State {
    /// Learns the names of the relations and columns in the rows of a source, before anything refers to them.
    pub(crate) fn learn_names(&mut self, source: &Source, rows: &[Row]) {
        let layout = Layout::of(rows);
        if source.class == Class::Attribute {
            let mut columns = BTreeMap::new();
            gather(rows, &mut columns);
            self.learn_columns(columns);
            return;
        }
        if source.class != Class::Relation {
            return;
        }
        for row in rows {
            let row = layout.row(row, &());
            if let (Some(schema), Some(name)) = (row.text("schema"), row.text("name")) {
                let name = QualifiedName::new(schema, name);
                let columns = self
                    .relations
                    .get(&row.oid("oid"))
                    .map(|known| known.columns.clone());
                self.relations.insert(
                    row.oid("oid"),
                    Relation {
                        name,
                        columns: columns.unwrap_or_default(),
                    },
                );
            }
        }
    }

    fn learn_columns(&mut self, columns: BTreeMap<u32, Vec<Attribute>>) {
        for (relation, mut columns) in columns {
            columns.sort_by_key(|column| column.number);
            if let Some(known) = self.relations.get_mut(&relation) {
                known.columns = columns;
            }
        }
    }

    /// Takes in some of the rows of columns, of relations that are known, while others are still to come.
    pub(crate) fn receive_columns(
        &self,
        source: &Source,
        rows: &[Row],
        coming: &mut ComingColumns,
    ) -> Result<(), RowError> {
        gather(rows, &mut coming.columns);
        let layout = Layout::of(rows);
        for row in rows {
            let row = layout.row(row, self);
            let (oid, number) = (row.oid("oid"), row.sub_oid());
            let object = self.object(source, row, &std::collections::HashMap::new())?;
            coming.objects.extend(object.map(|object| (oid, number, object)));
        }
        Ok(())
    }

    /// All columns have come.
    pub(crate) fn add_columns(&mut self, coming: ComingColumns) {
        self.learn_columns(coming.columns);
        for (oid, number, mut object) in coming.objects {
            if let Definition::Column(column) = &mut object.definition {
                column.position = self.place(oid, number);
            }
            let ids = self.objects.entry((Class::Attribute, oid)).or_default();
            ids.push(object.id.clone());
            self.catalog.insert(object);
        }
    }

    fn attribute(&self, relation: u32, number: i16) -> Option<&Attribute> {
        let columns = &self.relations.get(&relation)?.columns;
        let place = columns
            .binary_search_by_key(&number, |column| column.number)
            .ok()?;
        columns.get(place)
    }

    /// The indexes among the rows of a source of which only the whole definition tells what their keys are.
    pub(crate) fn unusual_indexes(&self, source: &Source, rows: &[Row]) -> Vec<u32> {
        if source.kind != Kind::Index {
            return Vec::new();
        }
        let layout = Layout::of(rows);
        let rows = rows.iter().map(|row| layout.row(row, &()));
        rows.filter(|row| row.text("definition").is_none() && !self.has_usual_keys(row))
            .map(|row| row.oid("oid"))
            .collect()
    }

    /// Does an index have, for each key, the operator class and the collation that PostgreSQL takes by itself? The
    /// default class of `varchar` is that of `text`; of other types that share one, the definition tells.
    fn has_usual_keys(&self, row: &RowReader<'_, ()>) -> bool {
        let relation = row.oid("relation");
        let keys = row.small_numbers("keys of relation");
        let (classes, collations) = (row.oids("classes"), row.oids("collations"));
        let mut keys = keys.iter().zip(classes.iter().zip(&collations));
        keys.all(|(&number, (class, collation))| {
            self.attribute(relation, number).is_some_and(|column| {
                let of_type = if column.type_id == VARCHAR {
                    TEXT
                } else {
                    column.type_id
                };
                self.default_classes.get(class) == Some(&of_type) && column.collation_id == *collation
            })
        })
    }

    /// Puts the objects of the rows of a source into the catalog; `definitions` are those of unusual indexes.
    pub(crate) fn add(
        &mut self,
        source: &Source,
        rows: &[Row],
        definitions: &std::collections::HashMap<u32, String>,
    ) -> Result<(), RowError> {
        let layout = Layout::of(rows);
        for row in rows {
            let reader = layout.row(row, &*self);
            let oid = reader.oid("oid");
            let Some(object) = self.object(source, reader, definitions)? else {
                continue;
            };
            let ids = self.objects.entry((source.class, oid)).or_default();
            ids.push(object.id.clone());
            self.catalog.insert(object);
            if source.kind == Kind::Sequence {
                self.sequences.insert(oid);
            }
        }
        Ok(())
    }

    /// The object of a row; none where it is not ours: a member of an extension, a part of one, or of a temporary
    /// relation.
    fn object(
        &self,
        source: &Source,
        row: RowReader<'_, State>,
        definitions: &std::collections::HashMap<u32, String>,
    ) -> Result<Option<Object>, RowError> {
        let oid = row.oid("oid");
        let container = row.oid("container");
        let member = |class: Class, oid: u32| self.members.contains(&(class.oid(), oid));
        let of_index = if source.kind == Kind::Index {
            row.oid("relation")
        } else {
            0
        };
        if member(source.class, oid)
            || member(Class::Relation, container)
            || member(Class::Relation, of_index)
        {
            return Ok(None);
        }
        let relation = match (source.shape, row.text("relation"), row.text("schema")) {
            (Shape::Part, Some(name), Some(schema)) if container == 0 => {
                Some(QualifiedName::new(schema, name))
            }
            (Shape::Part, ..) => self.relation(container).cloned(),
            _ => None,
        };
        let Some(name) = row.text("name") else {
            return Ok(None);
        };
        let schema = row.text("schema").map(Name::from);
        let Some(id) = source.id(
            name.into(),
            schema,
            relation,
            row.text("signature").map(Name::from),
        ) else {
            return Ok(None);
        };
        if of_index != 0 && self.relation(of_index).is_none() {
            return Ok(None);
        }
        let key = match (source.class, row.oid("type_oid")) {
            (Class::Attribute, _) => (Class::Relation.oid(), oid, i32::from(row.sub_oid())),
            (class, 0) => (class.oid(), oid, 0),
            (_, type_oid) => (Class::Type.oid(), type_oid, 0),
        };
        let acl = row.texts("acl");
        let privileges = changed_grants(acl.as_deref(), row.texts("acl_default").as_deref());
        let owner = row.text("owner").map(Name::from);
        let comment = self.comments.get(&key).cloned();
        let labels = self.labels.get(&key).cloned().unwrap_or_default();
        let from_reader = FromReader {
            place: match source.class {
                Class::Attribute => self.place(oid, row.sub_oid()),
                _ => 0,
            },
            owner: (source.kind == Kind::Sequence)
                .then(|| self.owning_column(row.oid("owner_relation"), row.number("owner_column")))
                .flatten(),
            extensions: self.bound.get(&(source.class.oid(), oid)),
            index: IndexText {
                whole: row
                    .text("definition")
                    .or_else(|| definitions.get(&oid).map(String::as_str)),
                directions: row.small_numbers("directions"),
            },
        };
        let mut definition = Definition::read(source.kind, row)
            .map_err(|error| serde::de::Error::custom(format!("{id}: {error}")))?;
        finish(&mut definition, from_reader);
        Ok(Some(Object {
            id,
            owner,
            privileges,
            comment,
            labels,
            definition,
        }))
    }

    /// The place of a column among the living ones of its relation, from 1.
    fn place(&self, relation: u32, number: i16) -> i32 {
        let columns = self.relations.get(&relation).map(|relation| &relation.columns);
        let place = columns.and_then(|columns| columns.binary_search_by_key(&number, |c| c.number).ok());
        place.and_then(|place| i32::try_from(place + 1).ok()).unwrap_or(0)
    }

    fn owning_column(&self, relation: u32, number: i32) -> Option<OwningColumn> {
        Some(OwningColumn {
            relation: self.relation(relation)?.clone(),
            column: self.column(relation, number.try_into().ok()?)?.clone(),
        })
    }

    /// Takes the objects of an address out, and returns who they were.
    pub(crate) fn take(&mut self, address: Address) -> Vec<ObjectId> {
        let ids = self.objects.remove(&address).unwrap_or_default();
        if address.0 == Class::Relation {
            self.sequences.remove(&address.1);
        }
        for id in &ids {
            self.catalog.remove(id);
        }
        ids
    }

    /// Is there an object of that kind?
    pub(crate) fn holds_kind(&self, kind: Kind) -> bool {
        self.catalog.of_kind(kind).next().is_some()
    }

    /// Is anything known in a catalog?
    pub(crate) fn holds(&self, class: Class) -> bool {
        self.objects.keys().any(|(known, _)| *known == class)
    }

    /// The OIDs that are known in a catalog.
    pub(crate) fn oids(&self, class: Class) -> impl Iterator<Item = u32> {
        let known = self.objects.keys().filter(move |(known, _)| *known == class);
        known.map(|&(_, oid)| oid)
    }
}

/// Columns of which not all have come.
#[derive(Default)]
pub(crate) struct ComingColumns {
    columns: BTreeMap<u32, Vec<Attribute>>,
    /// With relation and number; their places are not known yet.
    objects: Vec<(u32, i16, Object)>,
}

/// Gathers columns by their relations.
fn gather(rows: &[Row], columns: &mut BTreeMap<u32, Vec<Attribute>>) {
    let layout = Layout::of(rows);
    for row in rows {
        let row = layout.row(row, &());
        let Some(name) = row.text("name") else { continue };
        columns.entry(row.oid("oid")).or_default().push(Attribute {
            number: row.sub_oid(),
            name: Name::from(name),
            type_id: row.oid("type_id"),
            collation_id: row.oid("collation_id"),
        });
    }
}

impl Resolve for () {
    fn relation(&self, _: u32) -> Option<&QualifiedName> {
        None
    }

    fn column(&self, _: u32, _: i16) -> Option<&Name> {
        None
    }
}

/// What the reader knows of an object, and its query need not say.
struct FromReader<'a> {
    /// The place of a column among the living ones.
    place: i32,
    /// The column that a sequence goes with.
    owner: Option<OwningColumn>,
    /// Extensions without which it goes.
    extensions: Option<&'a Vec<String>>,
    index: IndexText<'a>,
}

/// What is said of the keys of an index besides their columns.
struct IndexText<'a> {
    /// The whole definition, where columns and directions are not all that is to be said.
    whole: Option<&'a str>,
    /// For each key, 1 for descending and 2 for NULLs first.
    directions: Vec<i16>,
}

impl IndexText<'_> {
    /// The keys, from the names of their columns and of those that the index only carries.
    fn keys(&self, columns: Vec<String>, carried: usize) -> Vec<String> {
        if let Some(whole) = self.whole {
            return index_keys(whole);
        }
        let keys = columns.len().saturating_sub(carried);
        let named = columns.into_iter().take(keys).zip(&self.directions);
        // As PostgreSQL prints them: descending puts NULLs first, unless told otherwise.
        let written = named.map(|(key, direction)| match direction & 3 {
            0 => quote_ident(&key),
            1 => quote_ident(&key) + " DESC NULLS LAST",
            2 => quote_ident(&key) + " NULLS FIRST",
            _ => quote_ident(&key) + " DESC",
        });
        written.collect()
    }
}

/// Adds what the reader knows, and what is easier said here than in SQL.
fn finish(definition: &mut Definition, known: FromReader<'_>) {
    let extensions = || known.extensions.cloned().unwrap_or_default();
    match definition {
        Definition::Index(index) => {
            index.keys = known
                .index
                .keys(std::mem::take(&mut index.keys), index.include.len());
            index.depends_on_extensions = extensions();
        }
        Definition::Sequence(sequence) => sequence.owned_by = known.owner,
        Definition::Routine(routine) => routine.depends_on_extensions = extensions(),
        Definition::Trigger(trigger) => trigger.depends_on_extensions = extensions(),
        Definition::MaterializedView(view) => view.depends_on_extensions = extensions(),
        Definition::Table(table) => {
            if let TableForm::Foreign { options, .. } = &mut table.form {
                hide_secrets(options);
            }
        }
        Definition::Column(column) => {
            column.position = known.place;
            hide_secrets(&mut column.foreign_options);
        }
        Definition::ForeignDataWrapper(wrapper) => hide_secrets(&mut wrapper.options),
        Definition::ForeignServer(server) => hide_secrets(&mut server.options),
        Definition::UserMapping(mapping) => hide_secrets(&mut mapping.options),
        Definition::Subscription(subscription) => {
            subscription.connection = without_password(&subscription.connection);
        }
        _ => {}
    }
}

const HIDDEN: &str = "(hidden)";

/// Hides the values of options whose names say that they are secret.
fn hide_secrets(options: &mut [String]) {
    for option in options {
        if let Some((name, _)) = option.split_once('=')
            && is_secret(name)
        {
            *option = format!("{name}={HIDDEN}");
        }
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "password",
        "passwd",
        "passcode",
        "secret",
        "token",
        "private",
        "credential",
        "apikey",
        "api_key",
    ]
    .iter()
    .any(|word| name.contains(word))
}

/// A connection string without its password, in whichever of libpq's two forms it is.
/// <https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING>
fn without_password(connection: &str) -> String {
    if let Some((scheme, rest)) = connection.split_once("://") {
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let authority = match authority.rsplit_once('@') {
            Some((user, host)) => {
                let user = user.split_once(':').map_or(user, |(user, _)| user);
                format!("{user}@{host}")
            }
            None => authority.to_owned(),
        };
        let path = match path.split_once('?') {
            Some((path, query)) => {
                let query: Vec<&str> = query
                    .split('&')
                    .filter(|p| !is_secret(p.split('=').next().unwrap_or(p)))
                    .collect();
                format!("{path}?{}", query.join("&"))
            }
            None => path.to_owned(),
        };
        return format!("{scheme}://{authority}{path}");
    }
    let mut shown = Vec::new();
    let mut rest = connection.trim_start();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let end = value_end(after);
        let value = if is_secret(name.trim()) {
            HIDDEN
        } else {
            &after[..end]
        };
        shown.push(format!("{}={value}", name.trim()));
        rest = after[end..].trim_start();
    }
    shown.join(" ")
}

/// Where the value at the start of a `name=value` list ends.
fn value_end(text: &str) -> usize {
    let quoted = text.starts_with('\'');
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(usize::from(quoted)) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' if quoted => return at + 1,
            c if !quoted && c.is_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_do_not_show() {
        let check = |connection: &str, expect: &str| assert_eq!(without_password(connection), expect);
        check(
            "host=h password=geheim dbname=d",
            "host=h password=(hidden) dbname=d",
        );
        check(r"password='a b\' c' host = h", "password=(hidden) host=h");
        check(
            "postgresql://u:p@h:5432/d?sslmode=require&password=x",
            "postgresql://u@h:5432/d?sslmode=require",
        );
        check("postgres://h/d", "postgres://h/d");
        check("", "");
        let mut options = vec!["user=u".to_owned(), "password=p".to_owned()];
        hide_secrets(&mut options);
        assert_eq!(options, ["user=u", "password=(hidden)"]);
    }
}
