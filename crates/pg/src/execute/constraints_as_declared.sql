set constraints all deferred;
do $cogway$
declare
    immediate text;
begin
    select pg_catalog.string_agg(distinct pg_catalog.format('%I.%I', n.nspname, c.conname), ', ')
      into immediate
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_namespace n on n.oid = c.connamespace
     where c.condeferrable and not c.condeferred;
    if immediate is not null then
        execute 'set constraints ' || immediate || ' immediate';
    end if;
end
$cogway$