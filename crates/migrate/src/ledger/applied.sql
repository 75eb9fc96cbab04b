-- What is applied, in the order in which it was. Scripts are left where they are until they are wanted.
select r.id, r.parents, r.name, r.format, r.up_checksum, r.down_checksum, r.repeatable,
       pg_catalog.to_char(r.applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as applied_at,
       (extract(epoch from r.took) * 1000)::bigint as took_ms,
       r.db_user, r.host, r.cogway, r.adopted_from
  from cogway.revision r
 order by r.position
