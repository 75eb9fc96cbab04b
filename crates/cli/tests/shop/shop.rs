//! A database with the schema of the shop.

use std::path::{Path, PathBuf};

use cogway_testkit::TestDatabase;

use crate::query::Query;
use crate::support::{cogway, database, finish};

/// The folder of the shop in the repository.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shop")
}

/// A shop in a database of its own.
pub(crate) struct Shop {
    pub(crate) database: TestDatabase,
}

impl Shop {
    /// An empty database. None where the server lacks `btree_gist`, which the shop needs; then it says so.
    pub(crate) fn nothing() -> Option<Shop> {
        let shop = Shop { database: database() };
        can_hold_the_shop(&shop.database).then_some(shop)
    }

    /// The newest version, with reference data only.
    pub(crate) fn empty() -> Option<Shop> {
        let shop = Shop::nothing()?;
        shop.cogway(&["up"]);
        Some(shop)
    }

    /// The newest version, with the rows of `data.sql`.
    pub(crate) fn open() -> Option<Shop> {
        let shop = Shop::empty()?;
        shop.database.psql(include_str!("data.sql"));
        Some(shop)
    }

    /// Runs the program on it, in the folder of the shop. It must succeed.
    pub(crate) fn cogway(&self, arguments: &[&str]) {
        let ran = finish(
            cogway(&folder())
                .args(arguments)
                .env("DATABASE_URL", self.database.url()),
        );
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    }

    /// What a query answers: a line for each row, with `|` between columns. Times are in UTC.
    pub(crate) fn ask(&self, name: &str, parameters: &[(&str, &str)]) -> String {
        self.database.psql(&script(name, parameters, ""))
    }

    /// The SQLSTATE with which a query fails, and the message.
    pub(crate) fn refusal(&self, name: &str, parameters: &[(&str, &str)]) -> String {
        let goes_on = "\\set ON_ERROR_STOP off\n\\set VERBOSITY terse\n";
        let says = "\\echo :SQLSTATE :LAST_ERROR_MESSAGE\n";
        let said = self
            .database
            .psql(&(goes_on.to_owned() + &script(name, parameters, "") + says));
        said.trim().to_owned()
    }

    /// One value, or the rows of a query that is no query of the shop.
    pub(crate) fn sql(&self, sql: &str) -> String {
        self.database
            .psql(&format!("set time zone 'UTC';\n{sql}"))
            .trim()
            .to_owned()
    }

    /// What must hold whatever was done: reservations are what is counted as reserved, and movements make up the stock.
    pub(crate) fn is_consistent(&self) {
        let wrong = self.sql(
            "select s.product_id, s.provider_id, s.warehouse_id, s.reserved, r.quantity, s.on_hand, m.quantity
             from stock_goods s
             left join (select product_id, provider_id, warehouse_id, sum(quantity) as quantity
                        from reservation group by 1, 2, 3) r using (product_id, provider_id, warehouse_id)
             left join (select product_id, provider_id, warehouse_id, sum(quantity) as quantity
                        from stock_movement group by 1, 2, 3) m using (product_id, provider_id, warehouse_id)
             where s.reserved <> coalesce(r.quantity, 0) or s.on_hand <> coalesce(m.quantity, 0)",
        );
        assert_eq!(wrong, "", "stock, reservations and movements go together");
    }
}

/// A query as a script for psql, with what stands around it.
pub(crate) fn script(name: &str, parameters: &[(&str, &str)], before: &str) -> String {
    let query = Query::read(name);
    let mut script = String::from("set time zone 'UTC';\n");
    for (name, value) in parameters {
        assert!(
            query.parameters.iter().any(|it| it.name == *name),
            "{}: no parameter {name}",
            query.name
        );
        script += &format!("\\set {name} '{}'\n", value.replace('\'', "\\'"));
    }
    assert_eq!(query.parameters.len(), parameters.len(), "{name}: parameters");
    script + before + &query.text
}

/// Whether the extension is there that the shop needs. Says so where it is not.
#[expect(clippy::print_stdout, reason = "says that nothing was tested, and why")]
pub(crate) fn can_hold_the_shop(database: &TestDatabase) -> bool {
    let there = database.psql("select count(*) from pg_available_extensions where name = 'btree_gist'");
    if there.trim() == "0" {
        println!("skipped: PostgreSQL {} has no btree_gist", database.version());
        return false;
    }
    true
}
