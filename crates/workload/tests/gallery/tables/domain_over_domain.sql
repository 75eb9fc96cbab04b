-- A domain over a domain over a domain, each with a check.
create domain positive as integer check (value > 0);
create domain even as positive check (value % 2 = 0);
create domain small_even as even check (value < 1000) not null;
create table box (
    id small_even primary key,
    width even,
    height positive not null
);
