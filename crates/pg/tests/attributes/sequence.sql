-- case: exists
-- change
CREATE SEQUENCE public.q;

-- case: exists (of a serial column)
CREATE TABLE public.t (a integer);
-- change
ALTER TABLE public.t ADD COLUMN b serial;

-- case: exists (of an identity column)
CREATE TABLE public.t (a integer);
-- change
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS IDENTITY;

-- case: persistence
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q SET UNLOGGED;

-- case: type
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q AS smallint;

-- case: start
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q START 5;

-- case: increment
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q INCREMENT -1;

-- case: increment (2)
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q INCREMENT 2;

-- case: minimum
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q MINVALUE -7;

-- case: maximum
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q MAXVALUE 7;

-- case: cache
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q CACHE 3;

-- case: cycle
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q CYCLE;

-- case: owned_by
CREATE TABLE public.t (a integer, b integer);
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q OWNED BY public.t.a;

-- case: owned_by (another column)
CREATE TABLE public.t (a integer, b integer);
CREATE SEQUENCE public.q;
ALTER SEQUENCE public.q OWNED BY public.t.a;
-- change
ALTER SEQUENCE public.q OWNED BY public.t.b;

-- case: owned_by (nobody)
CREATE TABLE public.t (a integer, b integer);
CREATE SEQUENCE public.q;
ALTER SEQUENCE public.q OWNED BY public.t.a;
-- change
ALTER SEQUENCE public.q OWNED BY NONE;

-- case: owned_by (the column is renamed)
CREATE TABLE public.t (a integer, b integer);
CREATE SEQUENCE public.q;
ALTER SEQUENCE public.q OWNED BY public.t.a;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: identity
CREATE TABLE public.t (a integer NOT NULL);
CREATE SEQUENCE public.t_a_seq AS integer OWNED BY public.t.a;
-- change
DROP SEQUENCE public.t_a_seq;
ALTER TABLE public.t ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY;

-- case: increment (of an identity column)
CREATE TABLE public.t (a integer GENERATED ALWAYS AS IDENTITY);
-- change
ALTER TABLE public.t ALTER COLUMN a SET INCREMENT 5;

-- case: owner
CREATE SEQUENCE public.q;
-- change
ALTER SEQUENCE public.q OWNER TO pg_monitor;

-- case: privileges
CREATE SEQUENCE public.q;
-- change
GRANT USAGE ON SEQUENCE public.q TO pg_monitor;

-- case: comment
CREATE SEQUENCE public.q;
-- change
COMMENT ON SEQUENCE public.q IS 'x';

-- case: labels
CREATE SEQUENCE public.q;
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.q'::regclass, 'pg_class'::regclass, 0, 'provider', 'label');
