-- case: exists
-- change
CREATE CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

-- case: source
CREATE CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- change
DROP CONVERSION public.c;
CREATE CONVERSION public.c FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8;

-- case: target
CREATE CONVERSION public.c FOR 'UTF8' TO 'LATIN2' FROM utf8_to_iso8859;
-- change
DROP CONVERSION public.c;
CREATE CONVERSION public.c FOR 'UTF8' TO 'LATIN3' FROM utf8_to_iso8859;

-- case: function
CREATE FUNCTION public.f(integer, integer, cstring, internal, integer, boolean) RETURNS integer
    LANGUAGE c STRICT AS '$libdir/utf8_and_iso8859_1', 'iso8859_1_to_utf8';
CREATE CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- change
DROP CONVERSION public.c;
CREATE CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM public.f;

-- case: default
CREATE CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- change
DROP CONVERSION public.c;
CREATE DEFAULT CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

-- case: owner
CREATE CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- change
ALTER CONVERSION public.c OWNER TO pg_monitor;

-- impossible: privileges: a conversion has none

-- case: comment
CREATE CONVERSION public.c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- change
COMMENT ON CONVERSION public.c IS 'x';

-- impossible: labels: SECURITY LABEL does not know conversions
