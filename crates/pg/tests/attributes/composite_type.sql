-- case: exists
-- change
CREATE TYPE public.t AS (a integer);

-- case: fields (one more)
CREATE TYPE public.t AS (a integer);
-- change
ALTER TYPE public.t ADD ATTRIBUTE b text;

-- case: fields (one less)
CREATE TYPE public.t AS (a integer, b text, c date);
-- change
ALTER TYPE public.t DROP ATTRIBUTE b;

-- case: fields (type)
CREATE TYPE public.t AS (a integer);
-- change
ALTER TYPE public.t ALTER ATTRIBUTE a TYPE bigint;

-- case: fields (type modifier)
CREATE TYPE public.t AS (a numeric(10, 2));
-- change
ALTER TYPE public.t ALTER ATTRIBUTE a TYPE numeric(10, 3);

-- case: fields (collation)
CREATE TYPE public.t AS (a text);
-- change
ALTER TYPE public.t ALTER ATTRIBUTE a TYPE text COLLATE "C";

-- case: fields (name)
CREATE TYPE public.t AS (a integer);
-- change
ALTER TYPE public.t RENAME ATTRIBUTE a TO "A b";

-- case: fields (comment)
CREATE TYPE public.t AS (a integer);
-- change
COMMENT ON COLUMN public.t.a IS 'x';

-- case: fields (order)
CREATE TYPE public.t AS (a integer, b integer);
-- change
ALTER TYPE public.t DROP ATTRIBUTE a, ADD ATTRIBUTE a integer;

-- case: owner
CREATE TYPE public.t AS (a integer);
-- change
ALTER TYPE public.t OWNER TO pg_monitor;

-- case: privileges
CREATE TYPE public.t AS (a integer);
-- change
REVOKE USAGE ON TYPE public.t FROM PUBLIC;

-- case: comment
CREATE TYPE public.t AS (a integer);
-- change
COMMENT ON TYPE public.t IS 'x';

-- case: labels
CREATE TYPE public.t AS (a integer);
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.t'::regtype, 'pg_type'::regclass, 0, 'provider', 'label');
