-- A default partition, with a check that only rows of other partitions' kind could break.
create table shipment (
    id integer not null,
    mode text not null,
    weight integer not null
) partition by list (mode);
create table shipment_air partition of shipment (check (weight < 100)) for values in ('air');
create table shipment_sea partition of shipment for values in ('sea');
create table shipment_other partition of shipment default;
