-- case: exists
-- change
CREATE TYPE public.t AS RANGE (subtype = integer);

-- case: subtype
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
DROP TYPE public.t;
CREATE TYPE public.t AS RANGE (subtype = bigint);

-- case: operator_class
CREATE TYPE public.t AS RANGE (subtype = text);
-- change
DROP TYPE public.t;
CREATE TYPE public.t AS RANGE (subtype = text, subtype_opclass = text_pattern_ops);

-- case: collation
CREATE TYPE public.t AS RANGE (subtype = text);
-- change
DROP TYPE public.t;
CREATE TYPE public.t AS RANGE (subtype = text, collation = "C");

-- case: canonical
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
DROP TYPE public.t;
CREATE TYPE public.t;
CREATE FUNCTION public.c(public.t) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE public.t AS RANGE (subtype = integer, canonical = public.c);

-- case: subtype_difference
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
DROP TYPE public.t;
CREATE TYPE public.t AS RANGE (subtype = integer, subtype_diff = int4range_subdiff);

-- case: multirange
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
DROP TYPE public.t;
CREATE TYPE public.t AS RANGE (subtype = integer, multirange_type_name = public.ts);

-- case: multirange (renamed)
CREATE TYPE public.t AS RANGE (subtype = integer, multirange_type_name = public.ts);
-- change
ALTER TYPE public.ts RENAME TO many;

-- case: owner
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
ALTER TYPE public.t OWNER TO pg_monitor;

-- case: privileges
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
REVOKE ALL ON TYPE public.t FROM PUBLIC;

-- case: comment
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
COMMENT ON TYPE public.t IS 'x';

-- case: labels
CREATE TYPE public.t AS RANGE (subtype = integer);
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.t'::regtype, 'pg_type'::regclass, 0, 'provider', 'label');
