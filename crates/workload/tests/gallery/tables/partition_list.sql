-- Partitions by list, of which one takes NULL.
create table visitor (
    id integer not null,
    country char(2),
    name text not null
) partition by list (country);
create table visitor_de partition of visitor for values in ('DE', 'AT', 'CH');
create table visitor_us partition of visitor for values in ('US');
create table visitor_unknown partition of visitor for values in (null);
