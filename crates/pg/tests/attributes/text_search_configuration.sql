-- case: exists
-- change
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");

-- case: parser
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
-- change
DROP TEXT SEARCH CONFIGURATION public.c;
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION public.c (parser = public.p);

-- case: mappings
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
-- change
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR asciiword WITH pg_catalog.simple;

-- case: mappings (one less)
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR asciiword, word WITH pg_catalog.simple;
-- change
ALTER TEXT SEARCH CONFIGURATION public.c DROP MAPPING FOR word;

-- case: mappings (another dictionary)
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR asciiword WITH pg_catalog.simple;
-- change
ALTER TEXT SEARCH CONFIGURATION public.c ALTER MAPPING FOR asciiword WITH pg_catalog.english_stem;

-- case: mappings (order of dictionaries)
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR asciiword WITH pg_catalog.simple, pg_catalog.english_stem;
-- change
ALTER TEXT SEARCH CONFIGURATION public.c ALTER MAPPING FOR asciiword WITH pg_catalog.english_stem, pg_catalog.simple;

-- case: owner
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
-- change
ALTER TEXT SEARCH CONFIGURATION public.c OWNER TO pg_monitor;

-- impossible: privileges: a configuration has none

-- case: comment
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
-- change
COMMENT ON TEXT SEARCH CONFIGURATION public.c IS 'x';

-- impossible: labels: SECURITY LABEL does not know configurations
