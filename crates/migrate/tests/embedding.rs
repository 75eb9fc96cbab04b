//! The example of an application that migrates when it starts, run.

#[expect(dead_code, reason = "its main is for users")]
#[path = "../examples/migrate_at_start.rs"]
mod migrate_at_start;

use std::path::Path;

use migrate_at_start::migrate;

#[tokio::test]
async fn an_application_migrates_at_its_start() {
    let database = cogway_testkit::database().await;
    let coffee = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services/coffee/migrations");
    let applied = migrate(&coffee, &database.config()).await.expect("it starts");
    assert_eq!(applied, 5);
    assert_eq!(
        database
            .psql("select string_agg(id, ' ' order by position) from cogway.revision")
            .trim(),
        "20261101090000 20261102090000 20261103090000 20261104090000 20261105090000"
    );
    let again = migrate(&coffee, &database.config())
        .await
        .expect("it starts again");
    assert_eq!(again, 0);
}
