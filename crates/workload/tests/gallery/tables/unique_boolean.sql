-- A unique boolean: with NULLs there is room for many rows.
create table preference (
    id integer primary key,
    is_default boolean unique
);
