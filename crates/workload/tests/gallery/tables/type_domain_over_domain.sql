-- Domains over domains over types with precision.
create domain amount as numeric(12,3);
create domain positive_amount as amount check (value > 0);
create domain small_amount as positive_amount check (value < 10);
create domain code as varchar(5);
create domain upper_code as code check (value = upper(value)) not null;
create table deposits (
    id integer primary key,
    value small_amount not null unique,
    code upper_code,
    values small_amount[] not null
);
