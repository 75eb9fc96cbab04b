-- Названия по-русски: схемы, таблицы, столбцы, перечисления, проверки.
create schema "магазин";
create type "магазин"."статус" as enum ('новый', 'оплачен', 'отправлен', 'возврат');
create domain "магазин"."индекс" as text check (value ~ '^[0-9]{6}$');
create table "магазин"."покупатели" (
    "код" integer generated always as identity primary key,
    "фамилия" varchar(40) not null,
    "имя" varchar(40) not null,
    "отчество" varchar(40),
    "телефон" text not null unique check ("телефон" ~ '^\+7\d{10}$'),
    "почта" text unique,
    "дата_рождения" date check ("дата_рождения" between '1930-01-01' and '2010-12-31'),
    "город" text not null,
    "почтовый_индекс" "магазин"."индекс" not null
);
comment on table "магазин"."покупатели" is 'Покупатели интернет-магазина';
create table "магазин"."товары" (
    "артикул" text primary key check ("артикул" ~ '^[А-Я]{2}-\d{4}$'),
    "название" text not null check (length("название") between 2 and 100),
    "описание" text,
    "цена" numeric(10,2) not null check ("цена" > 0),
    "остаток" integer not null default 0 check ("остаток" >= 0)
);
comment on column "магазин"."товары"."цена" is 'Цена в рублях';
create table "магазин"."заказы" (
    "номер" bigint primary key,
    "покупатель" integer not null references "магазин"."покупатели",
    "статус" "магазин"."статус" not null default 'новый',
    "создан" timestamptz not null,
    "отправлен" timestamptz,
    check (("статус" in ('отправлен', 'возврат')) = ("отправлен" is not null)),
    check ("отправлен" >= "создан")
);
create table "магазин"."позиции" (
    "заказ" bigint not null references "магазин"."заказы" on delete cascade,
    "товар" text not null references "магазин"."товары",
    "количество" smallint not null check ("количество" between 1 and 99),
    "скидка" numeric(3,2) not null default 0 check ("скидка" >= 0 and "скидка" < 1),
    primary key ("заказ", "товар")
);
