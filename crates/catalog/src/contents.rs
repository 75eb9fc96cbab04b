//! The catalog: everything that a database contains, as one value.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use imbl::OrdMap;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};

use crate::id::{Kind, ObjectId, ObjectName};
use crate::name::QualifiedName;
use crate::object::{Definition, Object};

/// The version of the model: of what is read of a database and in which form. Raise it with every object kind and
/// attribute that comes, goes or changes, since catalogs of two versions cannot be compared.
pub const MODEL_VERSION: u32 = 1;

/// Everything that a database contains, but its rows.
///
/// A value: cheap to clone (clones share what they have in common), comparable, and hashable through its
/// [`fingerprint`](Catalog::fingerprint). Two databases have equal catalogs exactly when nothing that is modelled
/// tells them apart and neither holds something that is not modelled and not in the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    pub(crate) objects: OrdMap<ObjectId, Arc<Object>>,
    pub(crate) unmodelled: Arc<BTreeSet<Unmodelled>>,
}

/// Something that is in a database and that Cogway does not read: said by name, so that nobody takes silence for
/// equality.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unmodelled {
    /// What sort of thing, in words or as the system catalog it is in.
    pub kind: String,
    /// What it is called there.
    pub name: String,
}

impl fmt::Display for Unmodelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}

impl Catalog {
    /// The object of that name and kind.
    pub fn get(&self, id: &ObjectId) -> Option<&Arc<Object>> {
        self.objects.get(id)
    }

    /// All objects, containers before what they contain, then by name.
    pub fn objects(&self) -> impl Iterator<Item = &Arc<Object>> {
        self.objects.values()
    }

    /// The objects of one kind, by name.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Arc<Object>> {
        self.objects
            .range(ObjectId::part(kind, QualifiedName::new("", ""), "")..)
            .map(|(_, object)| object)
            .take_while(move |object| object.id.kind == kind)
    }

    /// The parts of one kind that a relation or domain has, by name.
    pub fn parts(&self, kind: Kind, of: &QualifiedName) -> impl Iterator<Item = &Arc<Object>> {
        self.objects
            .range(ObjectId::part(kind, of.clone(), "")..)
            .map(|(_, object)| object)
            .take_while(move |object| object.id.kind == kind && object.id.parent() == Some(of))
    }

    /// Number of objects.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Is nothing in it?
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Puts an object in, in place of one of the same identity.
    pub fn insert(&mut self, object: Object) {
        self.objects.insert(object.id.clone(), Arc::new(object));
    }

    /// Takes an object out.
    pub fn remove(&mut self, id: &ObjectId) -> Option<Arc<Object>> {
        self.objects.remove(id)
    }

    /// What is in the database and not modelled.
    pub fn unmodelled(&self) -> &BTreeSet<Unmodelled> {
        &self.unmodelled
    }

    /// Says what is in the database and not modelled, in place of what was said before.
    pub fn set_unmodelled(&mut self, unmodelled: BTreeSet<Unmodelled>) {
        if *self.unmodelled != unmodelled {
            self.unmodelled = Arc::new(unmodelled);
        }
    }

    /// The catalog without a schema and everything in it.
    pub fn without_schema(&self, schema: &str) -> Catalog {
        let inside = |id: &ObjectId| match &id.name {
            ObjectName::Part { of, .. } => of.schema.as_str() == schema,
            ObjectName::Overloaded { name, .. } | ObjectName::Qualified(name) => {
                name.schema.as_str() == schema
            }
            ObjectName::Plain { name } => id.kind == Kind::Schema && name.as_str() == schema,
        };
        let mut catalog = self.clone();
        for id in self.objects.keys().filter(|id| inside(id)) {
            catalog.remove(id);
        }
        catalog
    }

    /// The canonical JSON: the same bytes for the same contents.
    pub fn to_json(&self) -> String {
        // Writing to memory cannot fail, and every key is a string.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// A hash over everything in the catalog: equal catalogs have equal ones, on whatever server, and others differ.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut hasher = blake3::Hasher::new();
        let mut line = Vec::with_capacity(1024);
        let mut add = |line: &mut Vec<u8>| {
            line.push(b'\n');
            hasher.update(line);
            line.clear();
        };
        for object in self.objects.values() {
            // As above: neither can fail.
            let _ = serde_json::to_writer(&mut line, object);
            add(&mut line);
        }
        for thing in self.unmodelled.iter() {
            let _ = serde_json::to_writer(&mut line, thing);
            add(&mut line);
        }
        Fingerprint(hasher.finalize().to_hex().to_string())
    }

    /// The catalog without some aspects of it, which are then no part of any comparison or fingerprint.
    pub fn without(&self, aspects: &[Aspect]) -> Catalog {
        let mut catalog = self.clone();
        if aspects.is_empty() {
            return catalog;
        }
        for object in self.objects.values() {
            let mut object = Object::clone(object);
            for aspect in aspects {
                aspect.take_out(&mut object);
            }
            catalog.insert(object);
        }
        catalog
    }
}

impl FromIterator<Object> for Catalog {
    fn from_iter<T: IntoIterator<Item = Object>>(objects: T) -> Self {
        let mut catalog = Catalog::default();
        for object in objects {
            catalog.insert(object);
        }
        catalog
    }
}

/// As `{"objects": […], "unmodelled": […]}`.
impl Serialize for Catalog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Objects<'a>(&'a Catalog);
        impl Serialize for Objects<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut list = serializer.serialize_seq(Some(self.0.len()))?;
                for object in self.0.objects() {
                    list.serialize_element(&**object)?;
                }
                list.end()
            }
        }
        use serde::ser::SerializeStruct;
        let mut catalog = serializer.serialize_struct("Catalog", 2)?;
        catalog.serialize_field("objects", &Objects(self))?;
        catalog.serialize_field("unmodelled", &*self.unmodelled)?;
        catalog.end()
    }
}

impl<'de> Deserialize<'de> for Catalog {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            objects: Vec<Object>,
            unmodelled: BTreeSet<Unmodelled>,
        }
        let raw = Raw::deserialize(deserializer)?;
        let mut catalog: Catalog = raw.objects.into_iter().collect();
        catalog.set_unmodelled(raw.unmodelled);
        Ok(catalog)
    }
}

/// A hash over a whole catalog: 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl From<String> for Fingerprint {
    /// One that was written down.
    fn from(text: String) -> Fingerprint {
        Fingerprint(text)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that can be left out of comparisons, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// In which order the columns of a table stand.
    ColumnOrder,
    /// Comments on objects.
    Comments,
    /// Who owns an object.
    Owners,
    /// Who may do what with an object.
    Privileges,
    /// Storage options, access methods, tablespaces, compression and column storage.
    Storage,
}

impl Aspect {
    /// Does a difference in that attribute of an object of that kind belong to this aspect?
    pub fn covers(self, kind: Kind, attribute: &str) -> bool {
        match self {
            Aspect::ColumnOrder => kind == Kind::Column && attribute == "position",
            Aspect::Comments => attribute == "comment",
            Aspect::Owners => attribute == "owner",
            Aspect::Privileges => attribute == "privileges",
            Aspect::Storage => {
                matches!(
                    kind,
                    Kind::Table | Kind::MaterializedView | Kind::Index | Kind::Column
                ) && matches!(
                    attribute,
                    "options" | "toast_options" | "access_method" | "tablespace" | "storage" | "compression"
                )
            }
        }
    }

    fn take_out(self, object: &mut Object) {
        match self {
            Aspect::ColumnOrder => {
                if let Definition::Column(column) = &mut object.definition {
                    column.position = 0;
                }
            }
            Aspect::Comments => object.comment = None,
            Aspect::Owners => object.owner = None,
            Aspect::Privileges => object.privileges = None,
            Aspect::Storage => match &mut object.definition {
                Definition::Table(table) => {
                    (table.access_method, table.tablespace) = (None, None);
                    table.options.clear();
                    table.toast_options.clear();
                }
                Definition::MaterializedView(view) => {
                    (view.access_method, view.tablespace) = (None, None);
                    view.options.clear();
                    view.toast_options.clear();
                }
                Definition::Index(index) => {
                    index.tablespace = None;
                    index.options.clear();
                }
                Definition::Column(column) => {
                    (column.storage, column.compression) = (None, None);
                    column.options.clear();
                }
                _ => {}
            },
        }
    }
}
