-- A partition whose columns stand in another order, with another default.
create table fact (
    id integer not null,
    kind text not null,
    amount numeric(8,2)
) partition by list (kind);
create table fact_b (
    amount numeric(8,2),
    gone integer,
    kind text not null,
    id integer not null default 7
);
alter table fact_b drop column gone;
alter table fact attach partition fact_b for values in ('b');
create table fact_a partition of fact for values in ('a');
