-- Lists of allowed values, and of values that are not.
create table parcel (
    id integer primary key,
    status text not null check (status in ('new', 'sent', 'lost')),
    size varchar(2) not null check (size = any (array['S', 'M', 'L', 'XL'])),
    priority smallint not null check (priority in (1, 5, 10)),
    colour text check (colour = 'red' or colour = 'blue'),
    country char(2) not null check (country not in ('XX', 'ZZ')),
    step integer not null check (step <> 0 and step <> 7),
    kind text not null check (kind <> '' and kind <> all (array['none', 'other']))
);
