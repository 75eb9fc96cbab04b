-- A function that accepts one value of fifty, and of a pair of columns one of ten.
create function lucky(number integer) returns boolean language plpgsql immutable as $$
begin
    return abs(hashint4(number)) % 50 = 0;
end $$;
create function go_together(a integer, b integer) returns boolean language plpgsql immutable as $$
begin
    return (a * 7 + b * 3) % 10 = 1;
end $$;
create table lottery (
    number integer primary key check (number between 1 and 1000000 and lucky(number)),
    a integer not null check (a between 0 and 1000),
    b integer not null check (b between 0 and 1000),
    check (go_together(a, b))
);
