-- Subscriptions are in a shared catalog; those of other databases are not ours.
select s.oid,
       s.subname as name,
       pg_catalog.pg_get_userbyid(s.subowner) as owner,
       s.subconninfo as connection,
       array(select p from pg_catalog.unnest(s.subpublications) p order by p collate "C") as publications,
       s.subenabled as enabled,
       s.subslotname::text as slot,
       s.subsynccommit as synchronous_commit,
       array['binary=' || s.subbinary::text, --@ >=14
             'streaming=' || s.substream::text, --@ >=14
             'two_phase=' || (s.subtwophasestate <> 'd')::text, --@ >=15
             'disable_on_error=' || s.subdisableonerr::text, --@ >=15
             'password_required=' || s.subpasswordrequired::text, --@ >=16
             'run_as_owner=' || s.subrunasowner::text, --@ >=16
             'origin=' || s.suborigin, --@ >=16
             'failover=' || s.subfailover::text, --@ >=17
             -- A last element, so that every line above may end in a comma.
             null] as options --@ >=14
       '{}'::text[] as options --@ <14
  from pg_catalog.pg_subscription s
 where s.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
   /*only s.oid*/
