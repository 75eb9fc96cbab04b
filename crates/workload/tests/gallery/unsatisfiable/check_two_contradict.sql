-- Two checks that contradict each other; NULL would do, and is not allowed.
-- expect: public.impossible: short 0
create table impossible (
    kind text not null,
    constraint one check (kind in ('a', 'b')),
    constraint other check (kind in ('c', 'd'))
);
create table with_null (
    kind text,
    check (kind in ('a', 'b')),
    check (kind in ('c', 'd'))
);
