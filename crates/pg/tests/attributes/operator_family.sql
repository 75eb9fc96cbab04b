-- case: exists
-- change
CREATE OPERATOR FAMILY public.f USING btree;

-- case: exists (with the class of that name)
-- change
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree AS FUNCTION 1 btint4cmp(integer, integer);

-- case: members (operator)
CREATE OPERATOR FAMILY public.f USING btree;
-- change
ALTER OPERATOR FAMILY public.f USING btree ADD OPERATOR 1 pg_catalog.< (integer, integer);

-- case: members (function)
CREATE OPERATOR FAMILY public.f USING btree;
-- change
ALTER OPERATOR FAMILY public.f USING btree ADD FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);

-- case: members (one less)
CREATE OPERATOR FAMILY public.f USING btree;
ALTER OPERATOR FAMILY public.f USING btree ADD OPERATOR 1 pg_catalog.< (integer, integer), OPERATOR 3 pg_catalog.= (integer, bigint);
-- change
ALTER OPERATOR FAMILY public.f USING btree DROP OPERATOR 3 (integer, bigint);

-- case: members (for ordering)
CREATE OPERATOR FAMILY public.f USING gist;
-- change
ALTER OPERATOR FAMILY public.f USING gist ADD OPERATOR 15 pg_catalog.<-> (point, point) FOR ORDER BY pg_catalog.float_ops;

-- case: members (an optional function of a class is one of the family's, says pg_depend since PostgreSQL 14)
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer);
-- change
DROP OPERATOR CLASS public.c USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS
    OPERATOR 1 pg_catalog.<, FUNCTION 1 btint4cmp(integer, integer), FUNCTION 4 btequalimage(oid);

-- case: owner
CREATE OPERATOR FAMILY public.f USING btree;
-- change
ALTER OPERATOR FAMILY public.f USING btree OWNER TO pg_monitor;

-- impossible: privileges: an operator family has none

-- case: comment
CREATE OPERATOR FAMILY public.f USING btree;
-- change
COMMENT ON OPERATOR FAMILY public.f USING btree IS 'x';

-- impossible: labels: SECURITY LABEL does not know operator families
