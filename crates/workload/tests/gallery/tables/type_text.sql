-- Texts of every kind.
create table texts (
    free text not null,
    long varchar(2000) not null,
    short varchar(3) not null,
    one varchar(1) not null,
    unbounded varchar not null,
    fixed char(10) not null,
    letter char not null,
    byte "char" not null,
    name name not null,
    collated text collate "C" not null,
    path text not null,
    clob character varying(100)
);
