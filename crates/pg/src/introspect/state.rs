//! What the reader knows of a database: the catalog, and by which OIDs its objects go on this server.

use std::collections::HashSet;

use cogway_catalog::sql::quote_ident;
use cogway_catalog::{
    Catalog, Definition, Kind, Name, Object, ObjectId, QualifiedName, TableForm, changed_grants,
};
use imbl::HashMap;
use tokio_postgres::Row;

use super::index_keys::index_keys;
use super::row::{Resolve, RowError, RowReader};
use super::source::{Class, Shape, Source};

/// An object's address on one server: its catalog and OID.
pub(crate) type Address = (Class, u32);

/// Everything the reader knows. Clones share what they have in common, so that a state can be kept and returned to.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) catalog: Catalog,
    /// Which objects a catalog row is about. A relation's columns are under the relation.
    pub(crate) objects: HashMap<Address, Vec<ObjectId>>,
    pub(crate) relations: HashMap<u32, Relation>,
    /// Comments, by object and column number.
    pub(crate) comments: HashMap<(u32, u32, i32), String>,
    /// Security labels, likewise, as `provider: label`.
    pub(crate) labels: HashMap<(u32, u32, i32), Vec<String>>,
    /// The sequences, each with the column that owns it, as OID and number.
    pub(crate) owners: HashMap<u32, Option<(u32, i32)>>,
    /// What depends on an extension by choice.
    pub(crate) bound: imbl::HashSet<Address>,
    /// What belongs to extensions.
    pub(crate) members: imbl::HashSet<(u32, u32)>,
}

/// A relation with names for what queries name by number.
#[derive(Clone)]
pub(crate) struct Relation {
    pub(crate) name: QualifiedName,
    /// Its columns by number, in order.
    pub(crate) columns: Vec<(i16, Name)>,
}

impl Resolve for State {
    fn relation(&self, oid: u32) -> Option<&QualifiedName> {
        self.relations.get(&oid).map(|relation| &relation.name)
    }

    fn column(&self, relation: u32, number: i16) -> Option<&Name> {
        let columns = &self.relations.get(&relation)?.columns;
        columns
            .iter()
            .find(|(known, _)| *known == number)
            .map(|(_, name)| name)
    }
}

impl State {
    /// Learns the names of the relations and columns in the rows of a source, before anything refers to them.
    pub(crate) fn learn_names(&mut self, source: &Source, rows: &[Row]) {
        if source.class != Class::Relation {
            return;
        }
        if source.kind == Kind::Column {
            // The rows of a relation stand together.
            let mut rows = rows.iter().map(|row| RowReader { row, resolve: &() }).peekable();
            while let Some(first) = rows.peek() {
                let relation = first.oid("oid");
                let mut columns = Vec::new();
                while let Some(row) = rows.next_if(|row| row.oid("oid") == relation) {
                    columns.extend(row.text("name").map(|name| (row.sub_oid(), Name::from(name))));
                }
                if let Some(known) = self.relations.get_mut(&relation) {
                    known.columns = columns;
                }
            }
            return;
        }
        for row in rows {
            let row = RowReader { row, resolve: &() };
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

    /// Puts the objects of the rows of a source into the catalog.
    pub(crate) fn add(&mut self, source: &Source, rows: &[Row]) -> Result<(), RowError> {
        for row in rows {
            let reader = RowReader { row, resolve: &*self };
            let oid = reader.oid("oid");
            let Some(object) = self.object(source, reader)? else {
                continue;
            };
            let ids = self.objects.entry((source.class, oid)).or_default();
            ids.push(object.id.clone());
            if depends_on_extensions(&object.definition) {
                self.bound.insert((source.class, oid));
            }
            self.catalog.insert(object);
            if source.kind == Kind::Sequence {
                let row = RowReader { row, resolve: &() };
                let owner = Some((row.oid("owner_relation"), row.number("owner_column")))
                    .filter(|(relation, _)| *relation != 0);
                self.owners.insert(oid, owner);
            }
        }
        Ok(())
    }

    /// The object of a row; none where it is not ours: a member of an extension, a part of one, or of a temporary
    /// relation.
    fn object(&self, source: &Source, row: RowReader<'_, State>) -> Result<Option<Object>, RowError> {
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
        let key = match row.oid("type_oid") {
            0 => (source.class.oid(), oid, i32::from(row.sub_oid())),
            type_oid => (Class::Type.oid(), type_oid, 0),
        };
        let acl = row.texts("acl");
        let privileges = changed_grants(acl.as_deref(), row.texts("acl_default").as_deref());
        let owner = row.text("owner").map(Name::from);
        let comment = self.comments.get(&key).cloned();
        let labels = self.labels.get(&key).cloned().unwrap_or_default();
        let index = IndexText {
            whole: row.text("definition"),
            directions: row.small_numbers("directions"),
        };
        let mut definition = Definition::read(source.kind, row)
            .map_err(|error| serde::de::Error::custom(format!("{id}: {error}")))?;
        finish(&mut definition, &index);
        Ok(Some(Object {
            id,
            owner,
            privileges,
            comment,
            labels,
            definition,
        }))
    }

    /// Takes the objects of an address out, and returns who they were.
    pub(crate) fn take(&mut self, address: Address) -> Vec<ObjectId> {
        let ids = self.objects.remove(&address).unwrap_or_default();
        self.bound.remove(&address);
        if address.0 == Class::Relation {
            self.owners.remove(&address.1);
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

    /// The OIDs of the sequences.
    pub(crate) fn sequences(&self) -> Vec<u32> {
        self.owners.keys().copied().collect()
    }

    /// Those of these sequences that another column owns, as (relation, column), than is known.
    pub(crate) fn with_other_owners(
        &self,
        sequences: &[u32],
        now: &std::collections::HashMap<u32, (u32, i32)>,
    ) -> Vec<Address> {
        let other = |oid: &&u32| self.owners.get(*oid) != Some(&now.get(*oid).copied());
        sequences
            .iter()
            .filter(other)
            .map(|&oid| (Class::Relation, oid))
            .collect()
    }

    /// The OIDs that are known in a catalog.
    pub(crate) fn oids(&self, class: Class) -> HashSet<u32> {
        self.objects
            .keys()
            .filter(|(known, _)| *known == class)
            .map(|&(_, oid)| oid)
            .collect()
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

fn depends_on_extensions(definition: &Definition) -> bool {
    match definition {
        Definition::Routine(routine) => !routine.depends_on_extensions.is_empty(),
        Definition::Index(index) => !index.depends_on_extensions.is_empty(),
        Definition::Trigger(trigger) => !trigger.depends_on_extensions.is_empty(),
        Definition::MaterializedView(view) => !view.depends_on_extensions.is_empty(),
        _ => false,
    }
}

/// What is said of the keys of an index besides their columns.
struct IndexText<'a> {
    /// The whole definition, where columns and directions are not all that is to be said.
    whole: Option<&'a str>,
    /// For each key, 1 for descending and 2 for NULLs first.
    directions: Vec<i16>,
}

/// What is easier said here than in SQL.
fn finish(definition: &mut Definition, text: &IndexText<'_>) {
    match definition {
        Definition::Index(index) => match text.whole {
            Some(whole) => index.keys = index_keys(whole),
            None => {
                // The columns that it only carries come after the keys.
                index
                    .keys
                    .truncate(index.keys.len().saturating_sub(index.include.len()));
                for (key, direction) in index.keys.iter_mut().zip(&text.directions) {
                    // As PostgreSQL prints them: descending puts NULLs first, unless told otherwise.
                    let direction = match direction & 3 {
                        0 => "",
                        1 => " DESC NULLS LAST",
                        2 => " NULLS FIRST",
                        _ => " DESC",
                    };
                    *key = quote_ident(key) + direction;
                }
            }
        },
        Definition::Table(table) => {
            if let TableForm::Foreign { options, .. } = &mut table.form {
                hide_secrets(options);
            }
        }
        Definition::Column(column) => hide_secrets(&mut column.foreign_options),
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
