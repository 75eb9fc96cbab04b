-- case: exists
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
-- change
CREATE INDEX i ON public.t (a);

-- case: exists (of a partition, with that of the whole)
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.p1 PARTITION OF public.p DEFAULT;
-- change
CREATE INDEX i ON public.p (a);

-- case: exists (of a materialized view)
CREATE MATERIALIZED VIEW public.m AS SELECT 1 AS a;
-- change
CREATE INDEX i ON public.m (a);

-- case: relation
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE TABLE public.other (a integer);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.other (a);

-- case: method
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t USING hash (a);

-- case: keys (column)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (b);

-- case: keys (order)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a, b);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (b, a);

-- case: keys (one more)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a, b);

-- case: keys (column to expression)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (b);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (lower(b));

-- case: keys (expression)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t ((a + 1));
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t ((a + 2));

-- case: keys (collation)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (b);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (b COLLATE "C");

-- case: keys (collation of an expression)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (lower(b));
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (lower(b) COLLATE "POSIX");

-- case: keys (operator class)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (b);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (b text_pattern_ops);

-- case: keys (descending)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a DESC);

-- case: keys (nulls)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a NULLS FIRST);

-- case: keys (descending, nulls last)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a DESC);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a DESC NULLS LAST);

-- case: keys (options of the operator class)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t USING gist (c);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t USING gist (c tsvector_ops (siglen = 100));

-- case: keys (options of the operator class, value)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t USING brin (a int4_bloom_ops (n_distinct_per_range = 16));
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t USING brin (a int4_bloom_ops (n_distinct_per_range = 17));

-- case: include
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a) INCLUDE (b);

-- case: include (order)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a) INCLUDE (b, c);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a) INCLUDE (c, b);

-- case: predicate
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a) WHERE a > 0;

-- case: predicate (another)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a) WHERE a > 0;
-- change
DROP INDEX public.i;
CREATE INDEX i ON public.t (a) WHERE a > 1;

-- case: unique
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE UNIQUE INDEX i ON public.t (a);

-- case: nulls_not_distinct [>=15]
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
-- change
DROP INDEX public.i;
CREATE UNIQUE INDEX i ON public.t (a) NULLS NOT DISTINCT;

-- case: nulls_not_distinct (of a constraint) [>=15]
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
ALTER TABLE public.t ADD CONSTRAINT i UNIQUE (b);
-- change
ALTER TABLE public.t DROP CONSTRAINT i;
ALTER TABLE public.t ADD CONSTRAINT i UNIQUE NULLS NOT DISTINCT (b);

-- case: valid
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.p1 PARTITION OF public.p DEFAULT;
CREATE INDEX i ON ONLY public.p (a);
CREATE INDEX i1 ON public.p1 (a);
-- change
ALTER INDEX public.i ATTACH PARTITION public.i1;

-- case: valid (as a failed concurrent build leaves it)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a);
-- change
UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 'public.i'::regclass;

-- case: clustered
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
-- change
ALTER TABLE public.t CLUSTER ON i;

-- case: clustered (no longer)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
ALTER TABLE public.t CLUSTER ON i;
-- change
ALTER TABLE public.t SET WITHOUT CLUSTER;

-- case: replica_identity
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
-- change
ALTER TABLE public.t REPLICA IDENTITY USING INDEX i;

-- case: replica_identity (another index)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
CREATE UNIQUE INDEX j ON public.t (a);
ALTER TABLE public.t REPLICA IDENTITY USING INDEX i;
-- change
ALTER TABLE public.t REPLICA IDENTITY USING INDEX j;

-- case: options
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
-- change
ALTER INDEX public.i SET (fillfactor = 70);

-- case: options (value)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
ALTER INDEX public.i SET (fillfactor = 70, deduplicate_items = off);
-- change
ALTER INDEX public.i SET (fillfactor = 71);

-- case: options (of a key)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
ALTER TABLE public.t ADD CONSTRAINT i PRIMARY KEY (a);
-- change
ALTER INDEX public.i SET (fillfactor = 70);

-- case: tablespace (of a partitioned index, which needs no directory)
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE INDEX i ON public.p (a);
-- change
INSERT INTO pg_catalog.pg_tablespace (oid, spcname, spcowner) VALUES (99999, 'space', 10);
ALTER INDEX public.i SET TABLESPACE space;

-- case: tablespace
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
-- change
-- CREATE TABLESPACE cannot run in a transaction block.
UPDATE pg_catalog.pg_class SET reltablespace = 1664 WHERE oid = 'public.i'::regclass;

-- case: statistics
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a, lower(b));
-- change
ALTER INDEX public.i ALTER COLUMN 2 SET STATISTICS 500;

-- case: statistics (0 is not the default)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE INDEX i ON public.t (a, lower(b));
-- change
ALTER INDEX public.i ALTER COLUMN 2 SET STATISTICS 0;

-- case: partition_of
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.p1 PARTITION OF public.p DEFAULT;
CREATE INDEX i ON public.p1 (a);
CREATE INDEX whole ON ONLY public.p (a);
-- change
ALTER INDEX public.whole ATTACH PARTITION public.i;

-- case: partition_of (with the table)
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE INDEX whole ON public.p (a);
CREATE TABLE public.p1 (a integer);
CREATE INDEX i ON public.p1 (a);
-- change
ALTER TABLE public.p ATTACH PARTITION public.p1 DEFAULT;

-- case: depends_on_extensions
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
-- change
ALTER INDEX public.i DEPENDS ON EXTENSION plpgsql;

-- impossible: owner: an index is owned by the owner of its table
-- impossible: privileges: an index has none

-- case: comment
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
CREATE UNIQUE INDEX i ON public.t (a);
-- change
COMMENT ON INDEX public.i IS 'x';

-- case: comment (of a key)
CREATE TABLE public.t (a integer NOT NULL, b text, c tsvector);
ALTER TABLE public.t ADD CONSTRAINT i PRIMARY KEY (a);
-- change
COMMENT ON INDEX public.i IS 'x';

-- impossible: labels: SECURITY LABEL does not know indexes
