-- Names with blanks, capitals, quotes, dots, Cyrillic letters, and words of SQL.
-- expect: "select"."from": any
create schema "select";
create table "select"."from" ("where" integer primary key, "group" text not null check ("group" <> ''), "order" boolean);
create schema "Схема с пробелом";
create table "Схема с пробелом"."Сотрудник" (
    "Номер" integer primary key,
    "Имя" text not null,
    "Дата рождения" date not null check ("Дата рождения" > '1950-01-01'),
    "Начальник" integer references "Схема с пробелом"."Сотрудник"
);
create table "a ""quoted"" name" (
    "it's" integer not null,
    "a.b" text not null,
    "c,d" text not null,
    "%s {} $1" integer not null check ("%s {} $1" > 0),
    "back\slash" text,
    "Id" integer primary key,
    "id" integer not null unique
);
