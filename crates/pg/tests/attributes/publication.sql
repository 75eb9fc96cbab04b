-- case: exists
-- change
CREATE PUBLICATION p;

-- case: exists (of everything)
-- change
CREATE PUBLICATION p FOR ALL TABLES;

-- case: all_tables
CREATE PUBLICATION p;
-- change
DROP PUBLICATION p;
CREATE PUBLICATION p FOR ALL TABLES;

-- case: operations (insert only)
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p SET (publish = 'insert');

-- case: operations (update only)
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p SET (publish = 'update');

-- case: operations (delete only)
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p SET (publish = 'delete');

-- case: operations (truncate only)
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p SET (publish = 'truncate');

-- case: operations (none)
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p SET (publish = '');

-- case: via_root
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p SET (publish_via_partition_root = true);

-- case: tables
CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p ADD TABLE public.t;

-- case: tables (one less)
CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE PUBLICATION p FOR TABLE public.t;
-- change
ALTER PUBLICATION p DROP TABLE public.t;

-- case: tables (columns) [>=15]
CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE PUBLICATION p FOR TABLE public.t;
-- change
ALTER PUBLICATION p SET TABLE public.t (a);

-- case: tables (other columns) [>=15]
CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE PUBLICATION p FOR TABLE public.t (a);
-- change
ALTER PUBLICATION p SET TABLE public.t (a, b);

-- case: tables (filter) [>=15]
CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE PUBLICATION p FOR TABLE public.t;
-- change
ALTER PUBLICATION p SET TABLE public.t WHERE (a > 0);

-- case: tables (another filter) [>=15]
CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE PUBLICATION p FOR TABLE public.t WHERE (a > 0);
-- change
ALTER PUBLICATION p SET TABLE public.t WHERE (a > 1);

-- case: generated_columns [>=18]
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p SET (publish_generated_columns = stored);

-- case: schemas [>=15]
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p ADD TABLES IN SCHEMA public;

-- case: schemas (of a pair) [>=15]
CREATE SCHEMA s;
CREATE PUBLICATION p FOR TABLES IN SCHEMA public;
-- change
ALTER PUBLICATION p SET TABLES IN SCHEMA public, s;

-- case: owner
CREATE ROLE attribute_owner SUPERUSER;
CREATE PUBLICATION p;
-- change
ALTER PUBLICATION p OWNER TO attribute_owner;

-- impossible: privileges: a publication has none

-- case: comment
CREATE PUBLICATION p;
-- change
COMMENT ON PUBLICATION p IS 'x';

-- case: labels
CREATE PUBLICATION p;
-- change
INSERT INTO pg_catalog.pg_seclabel
SELECT oid, 'pg_publication'::regclass, 0, 'provider', 'label' FROM pg_catalog.pg_publication WHERE pubname = 'p';
