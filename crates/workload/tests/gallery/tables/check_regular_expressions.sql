-- Regular expressions: telephone, article, slug, address, colour, language, hexadecimal.
create table contact (
    id integer primary key,
    phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    sku text not null unique check (sku ~ '^[A-Z]{3}-\d{4}(-[A-Z0-9]{2})?$'),
    slug text not null unique check (slug ~ '^[a-z0-9]+(?:-[a-z0-9]+)*$'),
    email text not null check (email ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$'),
    colour text not null check (colour ~ '^#([0-9a-f]{3}){1,2}$'),
    language text not null check (language ~ '^[a-z]{2}(_[A-Z]{2})?$'),
    digest text not null check (digest ~ '^[0-9a-f]{40}$'),
    not_blank text not null check (not_blank ~ '\S'),
    no_space text not null check (no_space !~ '\s')
);
