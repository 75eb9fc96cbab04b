-- A graph: edges in order, each once, coloured; paths as arrays of nodes; a closure.
create table node (id integer primary key, label text not null);
create table edge (
    a integer not null references node on delete cascade,
    b integer not null references node on delete cascade,
    colour text not null check (colour in ('red', 'green', 'blue')),
    weight double precision not null check (weight > 0 and weight < 1000),
    check (a < b),
    primary key (a, b),
    unique (a, b, colour)
);
create table coloured (
    a integer not null,
    b integer not null,
    colour text not null,
    note text,
    foreign key (a, b, colour) references edge (a, b, colour),
    primary key (a, b)
);
create table trail (id integer primary key, nodes integer[] not null check (cardinality(nodes) >= 2), check (nodes[1] <> nodes[2]));
create table closure (
    ancestor integer not null references node,
    descendant integer not null references node,
    depth integer not null check (depth >= 0),
    check ((depth = 0) = (ancestor = descendant)),
    primary key (ancestor, descendant)
);
