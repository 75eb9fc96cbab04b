-- Alternatives of several columns each, some of which contradict.
create table rule (
    id integer primary key,
    a integer,
    b integer,
    c text,
    check ((a > 10 and b < 5 and c = 'x') or (a < 0 and b is null) or (a is null and c in ('y', 'z') and b between 100 and 110)),
    check (not (a < 0) or c is null),
    check (b <> 105)
);
