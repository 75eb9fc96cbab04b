-- Arrays: how many elements, and which.
create table survey (
    id integer primary key,
    answers integer[] not null check (cardinality(answers) = 5),
    tags text[] not null check (tags <@ array['red', 'green', 'blue']),
    scores smallint[] not null check (array_length(scores, 1) between 1 and 3 and 0 < all (scores)),
    roles text[] not null check (array_position(roles, null) is null and cardinality(roles) > 0),
    must text[] not null check ('admin' = any (must)),
    pair integer[2] not null check (array_ndims(pair) = 1)
);
