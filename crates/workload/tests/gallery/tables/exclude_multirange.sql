-- Multiranges that do not overlap.
create table duty (
    id integer primary key,
    hours int4multirange not null check (not isempty(hours)),
    exclude using gist (hours with &&)
);
