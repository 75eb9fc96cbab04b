-- Defaults of every kind.
create table note (
    id uuid primary key default gen_random_uuid(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default clock_timestamp(),
    state text not null default 'draft',
    author name not null default current_user,
    tags text[] not null default '{}',
    data jsonb not null default '{}'::jsonb,
    weight integer default 1 + 2
);
