-- Many checks on one column, some implied by others.
create table score (
    id integer primary key,
    points integer not null,
    constraint a check (points > 0), constraint b check (points >= 10), constraint c check (points < 1000),
    constraint d check (points <> 500), constraint e check (points <= 998), constraint f check (points not in (11, 12, 13)),
    constraint g check (points % 3 = 0)
);
