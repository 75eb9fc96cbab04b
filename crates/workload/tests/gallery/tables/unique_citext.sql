-- Unique in a type that ignores case.
-- needs: citext
create table member (
    id uuid primary key default gen_random_uuid(),
    nick citext not null unique,
    email citext not null unique
);
