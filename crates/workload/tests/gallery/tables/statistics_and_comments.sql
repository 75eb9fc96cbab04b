-- Statistics, comments, a replica identity, a clustered index, targets: what a rebuilt index must not lose.
create table parcel_stop (id integer primary key, parcel integer not null, stop smallint not null, town text not null, unique (parcel, stop));
create index parcel_stop_town on parcel_stop (town text_pattern_ops desc nulls last) include (stop) with (fillfactor = 60) where stop > 2;
create index parcel_stop_lower on parcel_stop (lower(town), (parcel + stop));
comment on index parcel_stop_town is 'By town';
comment on constraint parcel_stop_parcel_stop_key on parcel_stop is 'One stop in each place';
create statistics parcel_stop_both (dependencies, ndistinct) on parcel, stop from parcel_stop;
alter index parcel_stop_lower alter column 1 set statistics 500;
alter table parcel_stop cluster on parcel_stop_lower;
alter table parcel_stop replica identity using index parcel_stop_parcel_stop_key;
