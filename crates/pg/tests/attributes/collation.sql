-- case: exists
-- change
CREATE COLLATION public.c (locale = 'C');

-- case: provider
CREATE COLLATION public.c (locale = 'C');
-- change
-- Not every server is built with ICU, so not through CREATE COLLATION.
UPDATE pg_catalog.pg_collation SET collprovider = 'i' WHERE oid = 'public.c'::regcollation;

-- case: deterministic
CREATE COLLATION public.c (locale = 'C');
-- change
UPDATE pg_catalog.pg_collation SET collisdeterministic = false WHERE oid = 'public.c'::regcollation;

-- case: lc_collate
CREATE COLLATION public.c (lc_collate = 'C', lc_ctype = 'C');
-- change
DROP COLLATION public.c;
CREATE COLLATION public.c (lc_collate = 'POSIX', lc_ctype = 'C');

-- case: lc_ctype
CREATE COLLATION public.c (lc_collate = 'C', lc_ctype = 'C');
-- change
DROP COLLATION public.c;
CREATE COLLATION public.c (lc_collate = 'C', lc_ctype = 'POSIX');

-- case: locale
CREATE COLLATION public.c (locale = 'C');
-- change
-- The column has another name since PostgreSQL 17.
DO $$
BEGIN
    EXECUTE (
        SELECT format('UPDATE pg_catalog.pg_collation SET %I = ''de'' WHERE oid = ''public.c''::regcollation', attname)
        FROM pg_catalog.pg_attribute
        WHERE attrelid = 'pg_catalog.pg_collation'::regclass AND attname IN ('colliculocale', 'colllocale')
    );
END
$$;

-- case: rules [>=16]
CREATE COLLATION public.c (locale = 'C');
-- change
UPDATE pg_catalog.pg_collation SET collicurules = '& V << w' WHERE oid = 'public.c'::regcollation;

-- case: owner
CREATE COLLATION public.c (locale = 'C');
-- change
ALTER COLLATION public.c OWNER TO pg_monitor;

-- impossible: privileges: a collation has none

-- case: comment
CREATE COLLATION public.c (locale = 'C');
-- change
COMMENT ON COLLATION public.c IS 'x';

-- impossible: labels: SECURITY LABEL does not know collations
