-- Units of an organisation with their path written out, checked by a regular expression and against the parent.
-- expect: public.unit: any
-- expect: public.post: any
-- expect: public.delegation: any
create table unit (
    id integer primary key check (id > 0),
    parent_id integer references unit,
    path text not null unique check (path ~ '^[a-z]+(/[a-z]+){0,5}$'),
    depth smallint not null,
    name text not null,
    check (depth = length(path) - length(replace(path, '/', ''))),
    check ((parent_id is null) = (depth = 0)),
    check (parent_id < id)
);
create table post (
    id integer primary key,
    unit_id integer not null references unit,
    title text not null,
    holder text,
    vacant_since date,
    check ((holder is null) = (vacant_since is not null))
);
create table delegation (
    from_post integer not null references post,
    to_post integer not null references post,
    during daterange not null,
    check (from_post <> to_post),
    exclude using gist (during with &&)
);
