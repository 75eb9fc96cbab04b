//! The two histories of the demo, as they are in `examples/`: part of the program, so that it needs no checkout.

/// A file: its path from the folder of the histories, and its text.
pub(super) type File = (&'static str, &'static str);

/// The files of both.
pub(super) const FILES: &[File] = &[
    (
        "demo-history/0001_books_and_authors/down.sql",
        include_str!("../../../../../examples/demo-history/0001_books_and_authors/down.sql"),
    ),
    (
        "demo-history/0001_books_and_authors/revision.toml",
        include_str!("../../../../../examples/demo-history/0001_books_and_authors/revision.toml"),
    ),
    (
        "demo-history/0001_books_and_authors/up.sql",
        include_str!("../../../../../examples/demo-history/0001_books_and_authors/up.sql"),
    ),
    (
        "demo-history/0002_book_format/down.sql",
        include_str!("../../../../../examples/demo-history/0002_book_format/down.sql"),
    ),
    (
        "demo-history/0002_book_format/revision.toml",
        include_str!("../../../../../examples/demo-history/0002_book_format/revision.toml"),
    ),
    (
        "demo-history/0002_book_format/up.sql",
        include_str!("../../../../../examples/demo-history/0002_book_format/up.sql"),
    ),
    (
        "demo-history/0003_customers_and_purchases/down.sql",
        include_str!("../../../../../examples/demo-history/0003_customers_and_purchases/down.sql"),
    ),
    (
        "demo-history/0003_customers_and_purchases/revision.toml",
        include_str!("../../../../../examples/demo-history/0003_customers_and_purchases/revision.toml"),
    ),
    (
        "demo-history/0003_customers_and_purchases/up.sql",
        include_str!("../../../../../examples/demo-history/0003_customers_and_purchases/up.sql"),
    ),
    (
        "demo-history/0004_countries/down.sql",
        include_str!("../../../../../examples/demo-history/0004_countries/down.sql"),
    ),
    (
        "demo-history/0004_countries/revision.toml",
        include_str!("../../../../../examples/demo-history/0004_countries/revision.toml"),
    ),
    (
        "demo-history/0004_countries/up.sql",
        include_str!("../../../../../examples/demo-history/0004_countries/up.sql"),
    ),
    (
        "demo-history/0005_price_history/down.sql",
        include_str!("../../../../../examples/demo-history/0005_price_history/down.sql"),
    ),
    (
        "demo-history/0005_price_history/revision.toml",
        include_str!("../../../../../examples/demo-history/0005_price_history/revision.toml"),
    ),
    (
        "demo-history/0005_price_history/up.sql",
        include_str!("../../../../../examples/demo-history/0005_price_history/up.sql"),
    ),
    (
        "demo-history/0006_split_customer_name/down.sql",
        include_str!("../../../../../examples/demo-history/0006_split_customer_name/down.sql"),
    ),
    (
        "demo-history/0006_split_customer_name/revision.toml",
        include_str!("../../../../../examples/demo-history/0006_split_customer_name/revision.toml"),
    ),
    (
        "demo-history/0006_split_customer_name/up.sql",
        include_str!("../../../../../examples/demo-history/0006_split_customer_name/up.sql"),
    ),
    (
        "demo-history/0007_stock/down.sql",
        include_str!("../../../../../examples/demo-history/0007_stock/down.sql"),
    ),
    (
        "demo-history/0007_stock/revision.toml",
        include_str!("../../../../../examples/demo-history/0007_stock/revision.toml"),
    ),
    (
        "demo-history/0007_stock/up.sql",
        include_str!("../../../../../examples/demo-history/0007_stock/up.sql"),
    ),
    (
        "demo-history/0008_availability/down.sql",
        include_str!("../../../../../examples/demo-history/0008_availability/down.sql"),
    ),
    (
        "demo-history/0008_availability/revision.toml",
        include_str!("../../../../../examples/demo-history/0008_availability/revision.toml"),
    ),
    (
        "demo-history/0008_availability/up.sql",
        include_str!("../../../../../examples/demo-history/0008_availability/up.sql"),
    ),
    (
        "demo-history/0009_more_countries/down.sql",
        include_str!("../../../../../examples/demo-history/0009_more_countries/down.sql"),
    ),
    (
        "demo-history/0009_more_countries/revision.toml",
        include_str!("../../../../../examples/demo-history/0009_more_countries/revision.toml"),
    ),
    (
        "demo-history/0009_more_countries/up.sql",
        include_str!("../../../../../examples/demo-history/0009_more_countries/up.sql"),
    ),
    (
        "demo-history-broken/0001_books_and_authors/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0001_books_and_authors/down.sql"),
    ),
    (
        "demo-history-broken/0001_books_and_authors/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0001_books_and_authors/revision.toml"),
    ),
    (
        "demo-history-broken/0001_books_and_authors/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0001_books_and_authors/up.sql"),
    ),
    (
        "demo-history-broken/0002_book_format/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0002_book_format/down.sql"),
    ),
    (
        "demo-history-broken/0002_book_format/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0002_book_format/revision.toml"),
    ),
    (
        "demo-history-broken/0002_book_format/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0002_book_format/up.sql"),
    ),
    (
        "demo-history-broken/0003_customers_and_purchases/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0003_customers_and_purchases/down.sql"),
    ),
    (
        "demo-history-broken/0003_customers_and_purchases/revision.toml",
        include_str!(
            "../../../../../examples/demo-history-broken/0003_customers_and_purchases/revision.toml"
        ),
    ),
    (
        "demo-history-broken/0003_customers_and_purchases/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0003_customers_and_purchases/up.sql"),
    ),
    (
        "demo-history-broken/0004_countries/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0004_countries/down.sql"),
    ),
    (
        "demo-history-broken/0004_countries/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0004_countries/revision.toml"),
    ),
    (
        "demo-history-broken/0004_countries/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0004_countries/up.sql"),
    ),
    (
        "demo-history-broken/0005_price_history/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0005_price_history/down.sql"),
    ),
    (
        "demo-history-broken/0005_price_history/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0005_price_history/revision.toml"),
    ),
    (
        "demo-history-broken/0005_price_history/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0005_price_history/up.sql"),
    ),
    (
        "demo-history-broken/0006_split_customer_name/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0006_split_customer_name/down.sql"),
    ),
    (
        "demo-history-broken/0006_split_customer_name/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0006_split_customer_name/revision.toml"),
    ),
    (
        "demo-history-broken/0006_split_customer_name/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0006_split_customer_name/up.sql"),
    ),
    (
        "demo-history-broken/0007_stock/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0007_stock/down.sql"),
    ),
    (
        "demo-history-broken/0007_stock/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0007_stock/revision.toml"),
    ),
    (
        "demo-history-broken/0007_stock/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0007_stock/up.sql"),
    ),
    (
        "demo-history-broken/0008_availability/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0008_availability/revision.toml"),
    ),
    (
        "demo-history-broken/0008_availability/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0008_availability/up.sql"),
    ),
    (
        "demo-history-broken/0009_more_countries/down.sql",
        include_str!("../../../../../examples/demo-history-broken/0009_more_countries/down.sql"),
    ),
    (
        "demo-history-broken/0009_more_countries/revision.toml",
        include_str!("../../../../../examples/demo-history-broken/0009_more_countries/revision.toml"),
    ),
    (
        "demo-history-broken/0009_more_countries/up.sql",
        include_str!("../../../../../examples/demo-history-broken/0009_more_countries/up.sql"),
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_of_the_examples_is_here() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let mut found = BTreeSet::new();
        for history in ["demo-history", "demo-history-broken"] {
            for revision in std::fs::read_dir(examples.join(history))
                .expect("a folder")
                .flatten()
            {
                for file in std::fs::read_dir(revision.path()).expect("a folder").flatten() {
                    let path = file.path();
                    found.insert(
                        path.strip_prefix(&examples)
                            .expect("a path below")
                            .display()
                            .to_string(),
                    );
                }
            }
        }
        let here: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(here, found);
    }
}
