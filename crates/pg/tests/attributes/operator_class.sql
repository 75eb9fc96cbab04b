-- case: exists
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
-- change
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);

-- case: exists (by another method, of the same name)
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
CREATE OPERATOR CLASS public.c FOR TYPE integer USING hash AS FUNCTION 1 hashint4(integer);

-- case: family
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
DROP OPERATOR CLASS public.c USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.g AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);

-- case: input
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
DROP OPERATOR CLASS public.c USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE bigint USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint8cmp(bigint, bigint);

-- case: storage
CREATE OPERATOR CLASS public.c FOR TYPE point USING gist AS
    FUNCTION 3 gist_point_compress(internal);
-- change
DROP OPERATOR FAMILY public.c USING gist;
CREATE OPERATOR CLASS public.c FOR TYPE point USING gist AS
    FUNCTION 3 gist_point_compress(internal),
    STORAGE box;

-- case: default
CREATE TYPE public.n;
CREATE FUNCTION public.n_in(cstring) RETURNS public.n LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION public.n_out(public.n) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE public.n (input = public.n_in, output = public.n_out, like = integer);
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE FUNCTION public.cmp(public.n, public.n) RETURNS integer LANGUAGE internal IMMUTABLE AS 'btint4cmp';
CREATE OPERATOR CLASS public.c FOR TYPE public.n USING btree FAMILY public.f AS
    FUNCTION 1 public.cmp(public.n, public.n);
-- change
DROP OPERATOR CLASS public.c USING btree;
CREATE OPERATOR CLASS public.c DEFAULT FOR TYPE public.n USING btree FAMILY public.f AS
    FUNCTION 1 public.cmp(public.n, public.n);

-- case: members (operator)
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
DROP OPERATOR CLASS public.c USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, OPERATOR 3 pg_catalog.=, FUNCTION 1 btint4cmp(integer, integer);

-- case: members (function)
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
CREATE FUNCTION public.cmp(integer, integer) RETURNS integer LANGUAGE internal IMMUTABLE AS 'btint4cmp';
-- change
DROP OPERATOR CLASS public.c USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 public.cmp(integer, integer);

-- case: members (strategy)
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
DROP OPERATOR CLASS public.c USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 5 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);

-- case: owner
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
ALTER OPERATOR CLASS public.c USING btree OWNER TO pg_monitor;

-- impossible: privileges: an operator class has none

-- case: comment
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR FAMILY public.g USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
COMMENT ON OPERATOR CLASS public.c USING btree IS 'x';

-- impossible: labels: SECURITY LABEL does not know operator classes
