-- case: exists
-- change
CREATE TABLE public.t (a integer, b text);

-- case: exists (partition)
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
-- change
CREATE TABLE public.p1 PARTITION OF public.p DEFAULT;

-- case: exists (foreign)
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- change
CREATE FOREIGN TABLE public.f (a integer) SERVER s;

-- case: form (ordinary to partitioned)
CREATE TABLE public.t (a integer, b text);
-- change
DROP TABLE public.t;
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (a);

-- case: form (strategy of partitions)
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (a);
-- change
DROP TABLE public.t;
CREATE TABLE public.t (a integer, b text) PARTITION BY RANGE (a);

-- case: form (column of the key)
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (a);
-- change
DROP TABLE public.t;
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (b);

-- case: form (collation of the key)
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (b);
-- change
DROP TABLE public.t;
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (b COLLATE "C");

-- case: form (operator class of the key)
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (b);
-- change
DROP TABLE public.t;
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (b text_pattern_ops);

-- case: form (expression of the key)
CREATE TABLE public.t (a integer, b text) PARTITION BY RANGE ((a + 1));
-- change
DROP TABLE public.t;
CREATE TABLE public.t (a integer, b text) PARTITION BY RANGE ((a + 2));

-- case: form (ordinary to foreign)
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE TABLE public.t (a integer);
-- change
DROP TABLE public.t;
CREATE FOREIGN TABLE public.t (a integer) SERVER s;

-- case: form (server)
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE public.t (a integer) SERVER s;
CREATE SERVER other FOREIGN DATA WRAPPER w;
-- change
DROP FOREIGN TABLE public.t;
CREATE FOREIGN TABLE public.t (a integer) SERVER other;

-- case: form (options of a foreign table)
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE public.t (a integer) SERVER s;
-- change
ALTER FOREIGN TABLE public.t OPTIONS (ADD a 'b');

-- case: ancestry (inherits)
CREATE TABLE public.p (a integer);
CREATE TABLE public.q (a integer);
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t INHERIT public.p;

-- case: ancestry (no longer)
CREATE TABLE public.p (a integer);
CREATE TABLE public.q (a integer);
CREATE TABLE public.t () INHERITS (public.p);
-- change
ALTER TABLE public.t NO INHERIT public.p;

-- case: ancestry (one more)
CREATE TABLE public.p (a integer);
CREATE TABLE public.q (a integer);
CREATE TABLE public.t () INHERITS (public.p);
-- change
ALTER TABLE public.t INHERIT public.q;

-- case: ancestry (order of parents)
CREATE TABLE public.p (a integer);
CREATE TABLE public.q (a integer);
CREATE TABLE public.t () INHERITS (public.p, public.q);
-- change
ALTER TABLE public.t NO INHERIT public.p;
ALTER TABLE public.t INHERIT public.p;

-- case: ancestry (attached)
CREATE TABLE public.p (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES IN (1);

-- case: ancestry (detached)
CREATE TABLE public.p (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE public.t PARTITION OF public.p FOR VALUES IN (1);
-- change
ALTER TABLE public.p DETACH PARTITION public.t;

-- case: ancestry (bound)
CREATE TABLE public.p (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE public.t PARTITION OF public.p FOR VALUES IN (1);
-- change
ALTER TABLE public.p DETACH PARTITION public.t;
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES IN (1, NULL);

-- case: ancestry (of another)
CREATE TABLE public.p (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE public.q (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE public.t PARTITION OF public.p DEFAULT;
-- change
ALTER TABLE public.p DETACH PARTITION public.t;
ALTER TABLE public.q ATTACH PARTITION public.t DEFAULT;

-- case: ancestry (a partition that is partitioned itself)
CREATE TABLE public.p (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE public.t (a integer, b text) PARTITION BY RANGE (b);
-- change
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- case: persistence
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t SET UNLOGGED;

-- case: of_type
CREATE TYPE public.ty AS (a integer, b text);
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t OF public.ty;

-- case: of_type (no longer)
CREATE TYPE public.ty AS (a integer, b text);
CREATE TABLE public.t OF public.ty;
-- change
ALTER TABLE public.t NOT OF;

-- case: access_method
CREATE TABLE public.t (a integer, b text);
CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler;
-- change
ALTER TABLE public.t SET ACCESS METHOD m;

-- case: tablespace (of a partitioned table, which needs no directory)
CREATE TABLE public.t (a integer, b text) PARTITION BY LIST (a);
-- change
INSERT INTO pg_catalog.pg_tablespace (oid, spcname, spcowner) VALUES (99999, 'space', 10);
ALTER TABLE public.t SET TABLESPACE space;

-- case: tablespace
CREATE TABLE public.t (a integer, b text);
-- change
-- CREATE TABLESPACE cannot run in a transaction block.
UPDATE pg_catalog.pg_class SET reltablespace = 1664 WHERE oid = 'public.t'::regclass;

-- case: options
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t SET (fillfactor = 70);

-- case: options (value)
CREATE TABLE public.t (a integer, b text);
ALTER TABLE public.t SET (fillfactor = 70, autovacuum_enabled = off);
-- change
ALTER TABLE public.t SET (fillfactor = 71);

-- case: options (one less)
CREATE TABLE public.t (a integer, b text);
ALTER TABLE public.t SET (fillfactor = 70, autovacuum_enabled = off);
-- change
ALTER TABLE public.t RESET (fillfactor);

-- case: toast_options
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t SET (toast.autovacuum_enabled = false);

-- case: replica_identity (full)
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t REPLICA IDENTITY FULL;

-- case: replica_identity (nothing)
CREATE TABLE public.t (a integer, b text);
ALTER TABLE public.t REPLICA IDENTITY FULL;
-- change
ALTER TABLE public.t REPLICA IDENTITY NOTHING;

-- case: replica_identity (index)
CREATE TABLE public.t (a integer NOT NULL UNIQUE);
-- change
ALTER TABLE public.t REPLICA IDENTITY USING INDEX t_a_key;

-- case: row_security
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;

-- case: force_row_security
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t FORCE ROW LEVEL SECURITY;

-- case: owner
CREATE TABLE public.t (a integer, b text);
-- change
ALTER TABLE public.t OWNER TO pg_monitor;

-- case: owner (foreign)
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE public.t (a integer) SERVER s;
-- change
ALTER FOREIGN TABLE public.t OWNER TO pg_monitor;

-- case: privileges
CREATE TABLE public.t (a integer, b text);
-- change
GRANT SELECT ON public.t TO pg_monitor;

-- case: privileges (of the owner)
CREATE TABLE public.t (a integer, b text);
-- change
REVOKE TRUNCATE ON public.t FROM postgres;

-- case: privileges (one more)
CREATE TABLE public.t (a integer, b text);
GRANT SELECT ON public.t TO pg_monitor;
-- change
GRANT INSERT ON public.t TO pg_monitor;

-- case: comment
CREATE TABLE public.t (a integer, b text);
-- change
COMMENT ON TABLE public.t IS 'x';

-- case: comment (no longer)
CREATE TABLE public.t (a integer, b text);
COMMENT ON TABLE public.t IS 'x';
-- change
COMMENT ON TABLE public.t IS NULL;

-- case: labels
CREATE TABLE public.t (a integer, b text);
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.t'::regclass, 'pg_class'::regclass, 0, 'provider', 'label');
