-- The parent is partitioned.
create table customer_order (
    id bigint not null,
    region text not null,
    total numeric(10,2) not null check (total >= 0),
    primary key (region, id)
) partition by list (region);
create table customer_order_north partition of customer_order for values in ('north', 'east');
create table customer_order_south partition of customer_order for values in ('south');
create table customer_order_rest partition of customer_order default;
create table order_line (
    region text not null,
    order_id bigint not null,
    line smallint not null,
    primary key (region, order_id, line),
    foreign key (region, order_id) references customer_order (region, id)
);
