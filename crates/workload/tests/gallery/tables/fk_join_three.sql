-- A join table of three references.
create table supplier (id integer primary key, name text not null);
create table part (id integer primary key, name text not null);
create table machine (id integer primary key, name text not null);
create table supply (
    supplier_id integer references supplier,
    part_id integer references part,
    machine_id integer references machine,
    quantity integer not null check (quantity > 0),
    primary key (supplier_id, part_id, machine_id)
);
