-- Stock with checks across columns, and movements of six kinds, each with columns of its own.
create domain quantity as integer check (value >= 0);
create table depot (id integer primary key, name text not null unique);
create table article (id integer primary key, ean text not null unique check (ean ~ '^\d{13}$'), unit text not null check (unit in ('piece', 'kg', 'm')), min_stock quantity not null default 0, max_stock quantity not null, check (min_stock < max_stock));
create table stock (
    depot_id integer not null references depot,
    article_id integer not null references article,
    on_hand quantity not null,
    reserved quantity not null,
    available integer generated always as (on_hand - reserved) stored,
    reorder_at quantity,
    counted_on date not null,
    primary key (depot_id, article_id),
    check (reserved <= on_hand),
    check (reorder_at is null or reorder_at between 1 and 500)
);
create table movement (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('in', 'out', 'move', 'count', 'loss', 'return')),
    article_id integer not null references article,
    from_depot integer references depot,
    to_depot integer references depot,
    amount integer not null check (amount <> 0),
    reason text,
    at timestamptz not null,
    check (case kind
        when 'in' then from_depot is null and to_depot is not null and amount > 0
        when 'out' then from_depot is not null and to_depot is null and amount > 0
        when 'move' then from_depot is not null and to_depot is not null and from_depot <> to_depot and amount > 0
        when 'loss' then from_depot is not null and to_depot is null and amount > 0 and reason is not null
        when 'return' then from_depot is null and to_depot is not null and amount > 0
        else from_depot is null and to_depot is not null
    end)
);
