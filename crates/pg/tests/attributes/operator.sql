-- case: exists
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
-- change
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);

-- case: exists (prefix)
-- change
CREATE OPERATOR public.@@@ (function = int4um, rightarg = integer);

-- case: function
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
DROP OPERATOR public.@@@ (integer, integer);
CREATE OPERATOR public.@@@ (function = int4ne, leftarg = integer, rightarg = integer);

-- case: function (of one only promised)
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@!));
-- change
CREATE OPERATOR public.@@! (function = public.f, leftarg = integer, rightarg = integer);

-- case: result
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
DROP OPERATOR public.@@@ (integer, integer);
CREATE OPERATOR public.@@@ (function = int4pl, leftarg = integer, rightarg = integer);

-- case: commutator
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
DROP OPERATOR public.@@@ (integer, integer);
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@@));

-- case: commutator (the other one learns of it)
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@! (function = public.f, leftarg = integer, rightarg = integer);
-- change
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@!));

-- case: negator
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@! (function = public.f, leftarg = integer, rightarg = integer);
-- change
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, negator = OPERATOR(public.@@!));

-- case: restrict
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
ALTER OPERATOR public.@@@ (integer, integer) SET (restrict = eqsel);

-- case: join
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
ALTER OPERATOR public.@@@ (integer, integer) SET (join = eqjoinsel);

-- case: hashes
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@@));
-- change
DROP OPERATOR public.@@@ (integer, integer);
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@@), hashes);

-- case: merges
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@@));
-- change
DROP OPERATOR public.@@@ (integer, integer);
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@@), merges);

-- case: owner
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
ALTER OPERATOR public.@@@ (integer, integer) OWNER TO pg_monitor;

-- impossible: privileges: an operator has none

-- case: comment
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
COMMENT ON OPERATOR public.@@@ (integer, integer) IS 'x';

-- case: comment (prefix)
CREATE OPERATOR public.@@@ (function = int4um, rightarg = integer);
-- change
COMMENT ON OPERATOR public.@@@ (NONE, integer) IS 'x';

-- impossible: labels: SECURITY LABEL does not know operators
