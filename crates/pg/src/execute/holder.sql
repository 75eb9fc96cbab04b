-- Who holds the session-level advisory lock of a bigint key in this database.
select l.pid,
       coalesce(a.application_name, '') as application,
       a.usename::text as "user",
       pg_catalog.host(a.client_addr) as address,
       pg_catalog.to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') as since,
       extract(epoch from pg_catalog.clock_timestamp() - a.backend_start)::bigint as seconds
  from pg_catalog.pg_locks l
  left join pg_catalog.pg_stat_activity a on a.pid = l.pid
 where l.locktype = 'advisory'
   and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
   -- A bigint key is stored as its two halves, and 1 says so.
   and l.classid::bigint = (($1::bigint >> 32) & 4294967295)
   and l.objid::bigint = ($1::bigint & 4294967295)
   and l.objsubid = 1
   and l.granted
 limit 1
