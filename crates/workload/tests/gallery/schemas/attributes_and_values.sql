-- Attributes and values: the column that holds the value follows from the type of the attribute.
create type value_type as enum ('text', 'number', 'date', 'choice');
create table attribute (id integer primary key, name text not null unique, type value_type not null, unique (id, type));
create table choice (id integer primary key, attribute_id integer not null, attribute_type value_type not null default 'choice' check (attribute_type = 'choice'), label text not null, foreign key (attribute_id, attribute_type) references attribute (id, type), unique (attribute_id, label), unique (attribute_id, id));
create table thing (id integer primary key, name text not null);
create table thing_value (
    thing_id integer not null references thing,
    attribute_id integer not null,
    type value_type not null,
    text_value text,
    number_value numeric(12,3),
    date_value date,
    choice_id integer,
    primary key (thing_id, attribute_id),
    foreign key (attribute_id, type) references attribute (id, type),
    foreign key (attribute_id, choice_id) references choice (attribute_id, id),
    check ((type = 'text') = (text_value is not null)),
    check ((type = 'number') = (number_value is not null)),
    check ((type = 'date') = (date_value is not null)),
    check (type = 'choice' or choice_id is null),
    check (number_value >= 0)
);
