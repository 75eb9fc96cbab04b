-- The key is an enum: a row for each label, and no more.
-- expect: public.order_status: any 5
create type status as enum ('new', 'paid', 'packed', 'sent', 'returned');
create table order_status (
    status status primary key,
    title text not null
);
