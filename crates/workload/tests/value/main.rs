//! Values on a real server: what is written in either form arrives as it is, comes back, and is compared as PostgreSQL
//! compares.

mod random;

use std::cmp::Ordering;
use std::panic::AssertUnwindSafe;

use bytes::Bytes;
use cogway_catalog::{Definition, Kind, ObjectId, QualifiedName};
use cogway_pg::introspect::snapshot;
use cogway_testkit::{TestDatabase, database_on, servers};
use cogway_workload::seed::data_type::{DataType, JsonForm, TextForm};
use cogway_workload::seed::value::Value;
use futures_util::{FutureExt, SinkExt};
use tokio_postgres::{Client, SimpleQueryMessage};

const TYPES_OF_USERS: &str = r#"
    create schema "S 2";
    create type mood as enum ('sad', 'o''k', 'happy', 'a,b "c"');
    create domain price as numeric(10,2) check (value > -99999999);
    create domain "S 2".cheap as price;
    create domain free_char as character varying;
    create type "S 2".textrange as range (subtype = text, collation = "C");
    create type pair as (one integer, "The other" text[], m mood);
    create table relation (id bigint, gone integer, at timestamp with time zone);
    alter table relation drop column gone;
"#;

/// Types that every server has, as they are declared, with further words of the column behind `|`.
const TYPES: &str = r#"
    boolean
    smallint
    integer
    bigint
    oid
    real
    double precision
    numeric
    numeric(10,2)
    numeric(30,20)
    money
    text|collate "C"
    character varying|collate "C"
    character varying(20)|collate "C"
    character(8)|collate "C"
    bpchar|collate "C"
    name
    "char"
    json
    jsonb
    bytea
    date
    time without time zone
    time(2) without time zone
    time with time zone
    time(0) with time zone
    timestamp without time zone
    timestamp(3) without time zone
    timestamp with time zone
    timestamp(0) with time zone
    interval
    interval(2)
    uuid
    bit(11)
    bit varying
    bit varying(9)
    inet
    cidr
    macaddr
    macaddr8
    pg_lsn
    xid
    cid
    tid
    jsonpath
    refcursor
    txid_snapshot
    tsvector
    tsquery
    regtype
    point
    line
    lseg
    box
    path
    polygon
    circle
    int4range
    int8range
    numrange
    daterange
    tsrange
    tstzrange
    boolean[]
    smallint[]
    integer[]
    bigint[]
    oid[]
    real[]
    double precision[]
    numeric[]
    numeric(10,2)[]
    money[]
    text[]|collate "C"
    character varying(20)[]|collate "C"
    character(8)[]|collate "C"
    bpchar[]|collate "C"
    name[]
    "char"[]
    json[]
    jsonb[]
    bytea[]
    date[]
    time without time zone[]
    time with time zone[]
    timestamp without time zone[]
    timestamp with time zone[]
    interval[]
    uuid[]
    bit(11)[]
    bit varying[]
    inet[]
    cidr[]
    macaddr[]
    macaddr8[]
    pg_lsn[]
    xid[]
    cid[]
    tid[]
    jsonpath[]
    refcursor[]
    txid_snapshot[]
    point[]
    line[]
    lseg[]
    box[]
    path[]
    polygon[]
    circle[]
    int4range[]
    int8range[]
    numrange[]
    daterange[]
    tsrange[]
    tstzrange[]
    public.mood
    public.mood[]
    public.price
    public.price[]
    "S 2".cheap
    "S 2".textrange
    "S 2".textrange[]
    public.pair
    public.pair[]
    public.relation
"#;

/// What PostgreSQL 14 brought.
const TYPES_OF_14: &str = "
    int4multirange
    nummultirange
    datemultirange
    tstzmultirange
    int8multirange[]
    tsmultirange[]
    xid8
    xid8[]
    pg_snapshot[]
    public.textmultirange
";

#[tokio::test]
async fn values_arrive_and_come_back() {
    for binaries in servers() {
        let database = database_on(&binaries).await;
        let version = database.version().major;
        let client = database.client().await;
        let mut types: Vec<&str> = TYPES.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        run(&client, TYPES_OF_USERS).await;
        run(&client, "set timezone to 'UTC'").await;
        if version >= 14 {
            types.extend(TYPES_OF_14.lines().map(str::trim).filter(|it| !it.is_empty()));
            // A range's multirange is named after it.
            run(
                &client,
                "create type textrange as range (subtype = text, collation = \"C\")",
            )
            .await;
        }
        if version >= 15 {
            types.push("numeric(5,-2)");
        }
        if client
            .batch_execute("create extension citext; create extension hstore")
            .await
            .is_ok()
        {
            types.extend(["public.citext", "public.hstore", "public.citext[]"]);
        }
        if client.query_one("select '<a/>'::xml", &[]).await.is_ok() {
            types.extend(["xml", "xml[]"]);
        }
        each_type(&database, &client, &types).await;
    }
}

async fn each_type(database: &TestDatabase, client: &Client, types: &[&str]) {
    let names: Vec<(&str, &str)> = types
        .iter()
        .map(|it| it.split_once('|').unwrap_or((it, "")))
        .collect();
    for (number, (name, more)) in names.iter().enumerate() {
        for form in ["b", "t"] {
            run(
                client,
                &format!("create table {form}{number} (n integer, v {name} {more})"),
            )
            .await;
        }
    }
    let catalog = snapshot(&database.client().await).await.expect("a catalog");
    // One type that fails hides no other.
    let mut failed = Vec::new();
    for (number, (name, _)) in names.iter().enumerate() {
        let table = QualifiedName::new("public", format!("t{number}"));
        let column = catalog
            .get(&ObjectId::part(Kind::Column, table, "v"))
            .map(|it| &it.definition);
        let Some(Definition::Column(column)) = column else {
            panic!("no column of type {name}");
        };
        let of = DataType::resolve(&catalog, &column.data_type);
        // The one has a name of PostgreSQL's own, and of the other the schema is not kept.
        if !column.data_type.contains("bpchar") && !column.data_type.contains("citext") {
            assert_eq!(of.written(), column.data_type);
        }
        let test = AssertUnwindSafe(one_type(client, number, &of));
        if test.catch_unwind().await.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

async fn one_type(client: &Client, number: usize, of: &DataType) {
    let values = random::values(of);
    assert!(values.len() > 1, "{}: no values", of.written());
    let form = if of.has_binary() { Form::Binary } else { Form::Text };
    copy(client, &format!("b{number}"), form, &values, of).await;
    copy(client, &format!("t{number}"), Form::Text, &values, of).await;
    both_forms_are_the_same(client, number, &values, of).await;
    constants_are_the_same(client, number, &values, of).await;
    comparisons_are_the_same(client, number, &values, of).await;
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Text,
    Binary,
}

async fn copy(client: &Client, table: &str, form: Form, values: &[Value], of: &DataType) {
    let options = match form {
        Form::Text => "",
        Form::Binary => "(format binary)",
    };
    let mut data = Vec::new();
    if form == Form::Binary {
        data.extend_from_slice(b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0");
    }
    for (n, value) in values.iter().enumerate() {
        match form {
            Form::Text => {
                data.extend_from_slice(format!("{n}\t").as_bytes());
                value.write_copy_text(of, &mut data);
                data.push(b'\n');
            }
            Form::Binary => {
                data.extend_from_slice(&2_i16.to_be_bytes());
                data.extend_from_slice(&4_i32.to_be_bytes());
                data.extend_from_slice(&(n as i32).to_be_bytes());
                assert!(value.write_binary(of, &mut data), "{}: {value:?}", of.written());
            }
        }
    }
    if form == Form::Binary {
        data.extend_from_slice(&(-1_i16).to_be_bytes());
    }
    let sink = client
        .copy_in(&format!("copy {table} from stdin {options}"))
        .await;
    let mut sink = std::pin::pin!(sink.expect("a table"));
    let sent: Result<(), tokio_postgres::Error> = async {
        sink.send(Bytes::from(data)).await?;
        sink.finish().await?;
        Ok(())
    }
    .await;
    sent.unwrap_or_else(|error| panic!("{} in {form:?}: {}", of.written(), told(&error)));
}

async fn both_forms_are_the_same(client: &Client, number: usize, values: &[Value], of: &DataType) {
    let sql = format!("select t.v, b.v from t{number} t join b{number} b using (n) order by n");
    let rows = ask(client, &sql).await;
    assert_eq!(rows.len(), values.len());
    for (row, value) in rows.iter().zip(values) {
        let what = || format!("{}: {value:?} {row:?}", of.written());
        assert_eq!(row[0], row[1], "{}", what());
        let Some(text) = &row[0] else {
            assert_eq!(value, &Value::Null);
            continue;
        };
        let back = Value::parse(text, of).unwrap_or_else(|| panic!("{}", what()));
        if !is_kept_otherwise(of) {
            assert_eq!(key(value, of), key(&back, of), "{} {back:?}", what());
        }
        if !is_printed_otherwise(of) {
            let mut again = String::new();
            back.write_text(of, &mut again);
            assert_eq!(&again, text, "{}", what());
        }
    }
}

/// Does PostgreSQL print it otherwise than it is written: with a currency, with blanks, or with the other one of two
/// last digits that are equally near?
fn is_printed_otherwise(of: &DataType) -> bool {
    match of.base() {
        DataType::Money | DataType::Text(TextForm::Char(_)) | DataType::Float(_) => true,
        DataType::Array(element) => is_printed_otherwise(element),
        _ => false,
    }
}

/// Is there more than one notation of a value, of which PostgreSQL keeps another one?
fn is_kept_otherwise(of: &DataType) -> bool {
    match of.base() {
        DataType::Json(JsonForm::Binary) | DataType::Foreign { .. } => true,
        DataType::Other(name) => *name == "jsonpath",
        DataType::Array(element) => is_kept_otherwise(element),
        _ => false,
    }
}

async fn constants_are_the_same(client: &Client, number: usize, values: &[Value], of: &DataType) {
    let constants: Vec<String> = values
        .iter()
        .take(8)
        .enumerate()
        .map(|(n, value)| format!("({n}, {})", value.sql(of)))
        .collect();
    let sql = format!(
        "select t.v, c.v from t{number} t join (values {}) c (n, v) using (n) order by n",
        constants.join(", ")
    );
    for row in ask(client, &sql).await {
        assert_eq!(row[0], row[1], "{}", of.written());
    }
}

async fn comparisons_are_the_same(client: &Client, number: usize, values: &[Value], of: &DataType) {
    let sql = format!(
        "select a.n, b.n, a.v = b.v, a.v < b.v from t{number} a, t{number} b where a.n < 60 and b.n < 60 and a.v is not null and b.v is not null"
    );
    // Not all types have these operators.
    let Ok(messages) = client.simple_query(&sql).await else {
        return;
    };
    let geometric = matches!(
        of.base(),
        DataType::Other("box" | "circle" | "path" | "lseg" | "line" | "polygon")
    );
    for row in rows(messages) {
        let number = |at: usize| {
            row[at]
                .as_deref()
                .and_then(|it| it.parse::<usize>().ok())
                .expect("a number")
        };
        let (one, two) = (&values[number(0)], &values[number(1)]);
        let what = || format!("{}: {one:?} {two:?} {row:?}", of.written());
        let equal = row[2].as_deref() == Some("t");
        let less = row[3].as_deref() == Some("t");
        if !geometric && !is_kept_otherwise(of) {
            assert_eq!(key(one, of) == key(two, of), equal, "{}", what());
        }
        let expect = match (equal, less) {
            (true, _) => Ordering::Equal,
            (_, true) => Ordering::Less,
            _ => Ordering::Greater,
        };
        // Columns that round may make two values one.
        let limited = matches!(
            of.base(),
            DataType::Numeric(Some(_)) | DataType::Time(0..6) | DataType::TimeTz(0..6)
        ) || matches!(
            of.base(),
            DataType::Timestamp(0..6)
                | DataType::TimestampTz(0..6)
                | DataType::Interval { precision: 0..6, .. }
        );
        if let Some(order) = one.compare_as(two, of)
            && !limited
            && !geometric
        {
            assert_eq!(order, expect, "{}", what());
        }
    }
}

fn key(value: &Value, of: &DataType) -> Vec<u8> {
    let mut key = Vec::new();
    value.key_bytes(of, &mut key);
    key
}

async fn run(client: &Client, sql: &str) {
    let done = client.batch_execute(sql).await;
    done.unwrap_or_else(|error| panic!("{sql}: {}", told(&error)));
}

async fn ask(client: &Client, sql: &str) -> Vec<Vec<Option<String>>> {
    let answer = client.simple_query(sql).await;
    rows(answer.unwrap_or_else(|error| panic!("{sql}: {}", told(&error))))
}

fn rows(messages: Vec<SimpleQueryMessage>) -> Vec<Vec<Option<String>>> {
    let row = |message| match message {
        SimpleQueryMessage::Row(row) => {
            Some((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect())
        }
        _ => None,
    };
    messages.into_iter().filter_map(row).collect()
}

fn told(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(it) => format!("{it} {:?}", it.where_()),
        None => error.to_string(),
    }
}
