-- NULL counts as a value: only one row may have it, and pairs with it must differ as well.
create table setting (
    scope text,
    name text not null,
    rank integer unique nulls not distinct,
    unique nulls not distinct (scope, name)
);
