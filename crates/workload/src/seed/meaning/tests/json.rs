//! JSON that fits: from names, from examples, from what there is.

use super::*;

fn written(meaning: &Meaning, row: u64) -> serde_json::Value {
    let row = Chance::new(3).at(row);
    let mut out = String::new();
    meaning.json(row, &mut row.at(1), &mut out);
    serde_json::from_str(&out).expect("JSON that can be read")
}

fn keys(value: &serde_json::Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

#[test]
fn names_say_what_is_in_it() {
    for name in [
        "address",
        "settings",
        "metadata",
        "event",
        "tags",
        "payload",
        "dimensions",
        "data",
    ] {
        let value = written(&of(name, &JSON), 1);
        assert!(value.is_object(), "{name}: {value}");
    }
    assert_eq!(
        keys(&written(&of("billing_address", &JSON), 1)),
        ["city", "country_code", "postcode", "region", "street"]
    );
}

#[test]
fn an_example_in_a_comment_gives_the_shape() {
    let meaning = commented(
        "place",
        "As in {\"street\": \"…\", \"zip\": \"…\", \"floor\": 3}, or NULL.",
        &JSON,
    );
    let value = written(&meaning, 2);
    assert_eq!(keys(&value), ["floor", "street", "zip"]);
    assert!(value["floor"].is_i64());
    assert_ne!(value["street"], "…");
}

#[test]
fn samples_give_the_shape() {
    let samples: Vec<String> = (0..40)
        .map(|number| {
            let odd = if number % 2 == 1 {
                r#", "note": "x \"y\"""#
            } else {
                ""
            };
            let colour = ["red", "green"][number % 2];
            format!(
                r#"{{"a": {number}, "b": {{"on": true, "colour": "{colour}"}}, "list": [1.5, 2.25]{odd}}}"#
            )
        })
        .collect();
    let meaning = of("data", &JSON).with_samples(&samples);
    let mut notes = 0;
    for row in 0..100 {
        let value = written(&meaning, row);
        let a = value["a"].as_i64().expect("a number");
        assert!((0..40).contains(&a));
        assert_eq!(value["b"]["on"], true);
        assert!(["red", "green"].contains(&value["b"]["colour"].as_str().expect("a text")));
        let list = value["list"].as_array().expect("an array");
        assert!(
            list.iter()
                .all(|one| one.as_f64().is_some_and(|one| (1.5..=2.25).contains(&one)))
        );
        notes += usize::from(value.get("note").is_some());
    }
    assert!((25..75).contains(&notes), "{notes}");
    assert_eq!(meaning.json_kind(), "object");
}

#[test]
fn arrays_stay_arrays() {
    let mut subject = Subject {
        schema: "",
        table: "post",
        table_comment: None,
        column: "tags",
        comment: None,
        default: Some("'[]'::jsonb"),
        data_type: &JSON,
        language: Language::English,
    };
    assert_eq!(Meaning::of(&subject).json_kind(), "array");
    assert!(written(&Meaning::of(&subject), 4).is_array());
    subject.default = Some("'{}'::jsonb");
    assert_eq!(Meaning::of(&subject).json_kind(), "object");
}

#[test]
fn odd_numbers_do_no_harm() {
    for number in [
        "1e300",
        "-1e300",
        "-7",
        "0",
        "18446744073709551615",
        "0.000000000001",
    ] {
        let meaning = of("data", &JSON).with_samples(&[format!("{{\"odd\": {number}}}")]);
        assert!(written(&meaning, 1)["odd"].is_number(), "{number}");
    }
}
