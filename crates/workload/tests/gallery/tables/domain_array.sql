-- Arrays of a domain, and a domain over an array.
create domain digit as smallint check (value between 0 and 9);
create domain three_words as text[] check (cardinality(value) = 3 and array_position(value, null) is null);
create table pin (
    id integer primary key,
    digits digit[] not null check (cardinality(digits) = 4),
    words three_words not null
);
