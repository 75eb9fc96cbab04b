-- Paths of the extension ltree, unique.
-- needs: ltree
create table nodes (
    id integer primary key,
    path ltree not null unique,
    check (nlevel(path) > 0)
);
