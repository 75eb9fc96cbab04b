-- Exactly one of three is there.
create table attachment (
    id integer primary key,
    text_body text,
    image bytea,
    link text,
    check (num_nonnulls(text_body, image, link) = 1)
);
create table reaction (
    id integer primary key,
    post_id integer,
    photo_id integer,
    check ((post_id is null) <> (photo_id is null))
);
