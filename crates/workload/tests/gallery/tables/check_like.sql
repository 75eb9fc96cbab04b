-- LIKE, ILIKE, SIMILAR TO, starts_with, and not.
create table link (
    id integer primary key,
    url text not null check (url like 'https://%'),
    file text not null check (file ilike '%.png' or file ilike '%.jpg'),
    code text not null check (code similar to '(A|B)[0-9]{3}'),
    bucket text not null check (starts_with(bucket, 's3-')),
    name text not null check (name not like '%\_%' and name not like '% '),
    mask text not null check (mask like 'a__d')
);
