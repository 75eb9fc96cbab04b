-- Nothing but an identity column.
create table handle (
    id bigint generated always as identity primary key
);
