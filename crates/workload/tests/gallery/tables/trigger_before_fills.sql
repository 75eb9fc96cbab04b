-- A trigger sets a column that may not be NULL, and one that is unique.
create table page (
    id integer primary key,
    title text not null,
    slug text not null unique,
    updated_at timestamptz not null,
    check (slug ~ '^[a-z0-9-]+$')
);
create function page_before() returns trigger language plpgsql as $$
begin
    new.slug := 'page-' || new.id;
    new.updated_at := coalesce(new.updated_at, now());
    return new;
end $$;
create trigger page_before before insert or update on page for each row execute function page_before();
