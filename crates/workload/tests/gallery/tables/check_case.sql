-- CASE by kind.
create table shape (
    id integer primary key,
    kind text not null check (kind in ('circle', 'square', 'line')),
    radius numeric(8,2),
    side numeric(8,2),
    length numeric(8,2),
    check (case kind
        when 'circle' then radius > 0 and side is null and length is null
        when 'square' then side > 0 and radius is null and length is null
        else length > 0 and radius is null and side is null
    end)
);
