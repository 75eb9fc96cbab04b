-- Keys that carry further columns in their index.
create table price_tag (
    id integer not null,
    code text not null,
    price numeric(8,2) not null,
    constraint price_tag_pkey primary key (id) include (price),
    constraint price_tag_code unique (code) include (price, id)
);
