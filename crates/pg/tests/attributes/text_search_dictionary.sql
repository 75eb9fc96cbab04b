-- case: exists
-- change
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple);

-- case: template
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple);
-- change
DROP TEXT SEARCH DICTIONARY public.d;
CREATE TEXT SEARCH TEMPLATE public.t (init = dsimple_init, lexize = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY public.d (template = public.t);

-- case: options
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple);
-- change
ALTER TEXT SEARCH DICTIONARY public.d (accept = false);

-- case: options (value)
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple, accept = false);
-- change
ALTER TEXT SEARCH DICTIONARY public.d (accept = true);

-- case: options (one less)
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple, accept = false, stopwords = english);
-- change
ALTER TEXT SEARCH DICTIONARY public.d (stopwords);

-- case: owner
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple);
-- change
ALTER TEXT SEARCH DICTIONARY public.d OWNER TO pg_monitor;

-- impossible: privileges: a dictionary has none

-- case: comment
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple);
-- change
COMMENT ON TEXT SEARCH DICTIONARY public.d IS 'x';

-- impossible: labels: SECURITY LABEL does not know dictionaries
