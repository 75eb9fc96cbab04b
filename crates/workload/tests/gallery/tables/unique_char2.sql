-- Unique codes of two characters, padded with blanks when they are shorter.
create table country (
    code char(2) primary key,
    name text not null unique
);
