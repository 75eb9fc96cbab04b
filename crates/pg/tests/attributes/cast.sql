-- case: exists
CREATE TYPE public.t AS ENUM ('a');
CREATE FUNCTION public.x(public.t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
-- change
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t);

-- case: method
CREATE TYPE public.t AS ENUM ('a');
CREATE FUNCTION public.x(public.t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t);
-- change
DROP CAST (public.t AS integer);
CREATE CAST (public.t AS integer) WITH INOUT;

-- case: method (binary)
CREATE TYPE public.n;
CREATE FUNCTION public.n_in(cstring) RETURNS public.n LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION public.n_out(public.n) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE public.n (input = public.n_in, output = public.n_out, like = integer);
CREATE CAST (public.n AS integer) WITH INOUT;
-- change
DROP CAST (public.n AS integer);
CREATE CAST (public.n AS integer) WITHOUT FUNCTION;

-- case: function
CREATE TYPE public.t AS ENUM ('a');
CREATE FUNCTION public.x(public.t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.y(public.t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t);
-- change
DROP CAST (public.t AS integer);
CREATE CAST (public.t AS integer) WITH FUNCTION public.y(public.t);

-- case: context
CREATE TYPE public.t AS ENUM ('a');
CREATE FUNCTION public.x(public.t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t);
-- change
DROP CAST (public.t AS integer);
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t) AS ASSIGNMENT;

-- case: context (implicit)
CREATE TYPE public.t AS ENUM ('a');
CREATE FUNCTION public.x(public.t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t) AS ASSIGNMENT;
-- change
DROP CAST (public.t AS integer);
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t) AS IMPLICIT;

-- impossible: owner: a cast has none
-- impossible: privileges: a cast has none

-- case: comment
CREATE TYPE public.t AS ENUM ('a');
CREATE FUNCTION public.x(public.t) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (public.t AS integer) WITH FUNCTION public.x(public.t);
-- change
COMMENT ON CAST (public.t AS integer) IS 'x';

-- impossible: labels: SECURITY LABEL does not know casts
