//! What foreign keys say of their two ends, and which tables join others. Each case is a schema and what it says.

use cogway_analyze::er::{Checked, Diagram, er};

use crate::schema::catalog;

#[track_caller]
fn check(schema: &str, expect: &[&str]) {
    let diagram = er(&catalog(schema));
    assert_eq!(said(&diagram), expect, "{schema}");
}

/// `child.column > parent: for a row of the child / for a row of the parent`, then the join tables.
fn said(diagram: &Diagram) -> Vec<String> {
    let name = |entity: usize| diagram.label(entity);
    let mut lines = Vec::new();
    for relation in &diagram.relations {
        let attributes = &diagram.entities[relation.child].attributes;
        let columns: Vec<&str> = relation
            .columns
            .iter()
            .map(|it| attributes[*it].name.as_str())
            .collect();
        let checked = match relation.checked {
            Checked::Always => "",
            Checked::NewRows => ", new rows",
            Checked::Never => ", unchecked",
        };
        let only = relation
            .only_in
            .as_ref()
            .map_or(String::new(), |it| format!(", in {}", it.name));
        lines.push(format!(
            "{}.{} > {}: {} / {} = {}{checked}{only}",
            name(relation.child),
            columns.join("+"),
            name(relation.parent),
            relation.parent_end.words(),
            relation.child_end.words(),
            relation.kind(),
        ));
    }
    for join in &diagram.join_tables {
        let parents: Vec<String> = join
            .relations
            .iter()
            .map(|relation| name(diagram.relations[*relation].parent))
            .collect();
        lines.push(format!("{} joins {}", name(join.entity), parents.join(", ")));
    }
    lines
}

#[test]
fn one_to_many_and_optional_on_the_right_end() {
    check(
        "table p\n id int pk\n table c\n id int pk\n p int -> p",
        &["c.p > p: exactly one / zero or many = 1:N"],
    );
    check(
        "table p\n id int pk\n table c\n id int pk\n p int null -> p",
        &["c.p > p: zero or one / zero or many = 1:N"],
    );
}

#[test]
fn one_to_one_by_whatever_is_unique() {
    let parent = "table p\n id int pk\n table c\n";
    for child in [
        "id int pk -> p",
        "n int pk\n id int unique -> p",
        "n int pk\n id int -> p\n index unique (id)",
        "n int pk\n id int -> p\n index unique (id DESC NULLS LAST)",
    ] {
        check(
            &format!("{parent}{child}"),
            &["c.id > p: exactly one / zero or one = 1:1"],
        );
    }
    check(
        &format!("{parent} n int pk\n id int null unique -> p"),
        &["c.id > p: zero or one / zero or one = 1:1"],
    );
    // These are unique among some rows, or say nothing of the column.
    for child in [
        "n int pk\n id int -> p\n index unique (id) where open",
        "n int pk\n id int -> p\n index unique (abs(id))",
        "n int pk\n id int -> p\n index unique (n, id)",
        "n int pk\n id int -> p\n index (id)",
    ] {
        check(
            &format!("{parent}{child}"),
            &["c.id > p: exactly one / zero or many = 1:N"],
        );
    }
}

#[test]
fn a_domain_refuses_null_too() {
    check(
        "domain must int not null\n domain also public.must\n table p\n id int pk\n table c\n a public.must null -> p\n b public.also null -> p",
        &[
            "c.a > p: exactly one / zero or many = 1:N",
            "c.b > p: exactly one / zero or many = 1:N",
        ],
    );
}

#[test]
fn composite_keys() {
    let parent = "table p\n a int pk\n b int pk\n table c\n id int pk\n";
    check(
        &format!("{parent} a int\n b int\n fk (a, b) -> p (a, b)"),
        &["c.a+b > p: exactly one / zero or many = 1:N"],
    );
    // One that can be NULL is enough to refer to nothing.
    check(
        &format!("{parent} a int\n b int null\n fk (a, b) -> p (a, b)"),
        &["c.a+b > p: zero or one / zero or many = 1:N"],
    );
    check(
        &format!("{parent} a int\n b int\n unique (a, b)\n fk (a, b) -> p (a, b)"),
        &["c.a+b > p: exactly one / zero or one = 1:1"],
    );
    // A part of it is unique: all the more the whole.
    check(
        &format!("{parent} a int unique\n b int\n fk (a, b) -> p (a, b)"),
        &["c.a+b > p: exactly one / zero or one = 1:1"],
    );
    check(
        &format!("{parent} a int\n b int\n unique (a, b, id)\n fk (a, b) -> p (a, b)"),
        &["c.a+b > p: exactly one / zero or many = 1:N"],
    );
}

#[test]
fn several_keys_between_two_tables_and_to_itself() {
    check(
        "table p\n id int pk\n boss int null -> p\n table c\n id int pk\n billing int -> p\n delivery int null -> p",
        &[
            "c.billing > p: exactly one / zero or many = 1:N",
            "c.delivery > p: zero or one / zero or many = 1:N",
            "p.boss > p: zero or one / zero or many = 1:N",
        ],
    );
}

#[test]
fn join_tables() {
    let parents = "table a\n id int pk\n table b\n id int pk\n table j\n";
    let both = [
        "j.a > a: exactly one / zero or many = 1:N",
        "j.b > b: exactly one / zero or many = 1:N",
    ];
    let joins = [both[0], both[1], "j joins a, b"];
    check(&format!("{parents} a int pk -> a\n b int pk -> b"), &joins);
    check(
        &format!("{parents} a int pk -> a\n b int pk -> b\n since date"),
        &joins,
    );
    check(
        &format!("{parents} id int pk\n a int -> a\n b int -> b\n unique (a, b)"),
        &joins,
    );
    // Their key has more in it, or less, or there is none.
    check(
        &format!("{parents} a int pk -> a\n b int pk -> b\n n int pk"),
        &both,
    );
    check(&format!("{parents} id int pk\n a int -> a\n b int -> b"), &both);
    check(
        &format!("{parents} a int pk -> a\n b int -> b"),
        &["j.a > a: exactly one / zero or one = 1:1", both[1]],
    );
    // To one table twice: which belongs with which.
    check(
        "table a\n id int pk\n table j\n x int pk -> a\n y int pk -> a",
        &[
            "j.x > a: exactly one / zero or many = 1:N",
            "j.y > a: exactly one / zero or many = 1:N",
            "j joins a, a",
        ],
    );
}

#[test]
fn join_tables_of_three_and_with_a_tenant_in_each_key() {
    check(
        "table a\n id int pk\n table b\n id int pk\n table c\n id int pk\n table j\n a int pk -> a\n b int pk -> b\n c int pk -> c",
        &[
            "j.a > a: exactly one / zero or many = 1:N",
            "j.b > b: exactly one / zero or many = 1:N",
            "j.c > c: exactly one / zero or many = 1:N",
            "j joins a, b, c",
        ],
    );
    check(
        "table tenant\n id int pk\n table a\n tenant int pk -> tenant\n id int pk\n table j\n tenant int pk -> tenant\n x int pk\n y int pk\n \
         fk (tenant, x) -> a (tenant, id)\n fk (tenant, y) -> a (tenant, id)",
        &[
            "a.tenant > tenant: exactly one / zero or many = 1:N",
            "j.tenant > tenant: exactly one / zero or many = 1:N",
            "j.tenant+x > a: exactly one / zero or many = 1:N",
            "j.tenant+y > a: exactly one / zero or many = 1:N",
            "j joins a, a",
        ],
    );
}

#[test]
fn partitions_are_a_part_of_their_table() {
    let sales = "table p\n id int pk\n table sales\n partitioned RANGE (day)\n id int pk\n day date pk\n p int -> p\n \
                 table sales_1\n id int pk\n day date pk\n p int\n x int null\n partition of sales\n";
    check(
        &format!("{sales} fk (p) -> p (id) inherited"),
        &["sales.p > p: exactly one / zero or many = 1:N"],
    );
    // A key that a partition has alone; one of a partition of a partition.
    check(
        &format!(
            "{sales} fk (p) -> p (id) inherited\n table sales_1a\n id int\n partition of sales_1\n fk (id) -> p (id)"
        ),
        &[
            "sales.id > p: zero or one / zero or many = 1:N, in sales_1a",
            "sales.p > p: exactly one / zero or many = 1:N",
        ],
    );
    let diagram = er(&catalog(sales));
    assert_eq!(diagram.entities.len(), 2);
}

#[test]
fn what_is_not_checked_and_what_covers_a_period() {
    let parent = "table p\n id int pk\n table c\n id int pk\n p int\n";
    check(
        &format!("{parent} fk (p) -> p (id) not valid"),
        &["c.p > p: exactly one / zero or many = 1:N, new rows"],
    );
    check(
        &format!("{parent} fk (p) -> p (id) not enforced"),
        &["c.p > p: exactly one / zero or many = 1:N, unchecked"],
    );
    check(
        "table p\n id int pk\n during daterange pk\n table c\n id int pk\n during daterange pk\n fk (id, during) -> p (id, during) period",
        &["c.id+during > p: one or many / zero or many = N:M"],
    );
}

#[test]
fn what_is_not_there_is_passed_over() {
    check("table c\n id int pk -> nowhere", &[]);
    check(
        "table p\n id int pk\n table c\n id int pk\n fk (gone) -> p (id)",
        &[],
    );
}

#[test]
fn tables_without_relations_are_there() {
    let diagram = er(&catalog(
        "table a\n id int pk\n table s.b\n x text null\n table c",
    ));
    let labels: Vec<String> = (0..diagram.entities.len()).map(|it| diagram.label(it)).collect();
    assert_eq!(labels, ["a", "c", "s.b"]);
}
