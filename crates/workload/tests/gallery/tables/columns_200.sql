-- Two hundred columns of ten types.
do $$
declare
    types text[] := array['integer', 'text', 'numeric(8,2)', 'boolean', 'date', 'timestamptz', 'uuid', 'varchar(20)', 'double precision', 'jsonb'];
begin
    execute 'create table broad (id integer primary key, '
        || (select string_agg(format('c%s %s%s', n, types[1 + n % 10], case when n % 3 = 0 then ' not null' else '' end), ', ') from generate_series(1, 199) n)
        || ')';
end $$;
