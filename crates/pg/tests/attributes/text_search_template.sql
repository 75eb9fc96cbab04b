-- case: exists
-- change
CREATE TEXT SEARCH TEMPLATE public.t (lexize = dsimple_lexize);

-- case: init
CREATE TEXT SEARCH TEMPLATE public.t (lexize = dsimple_lexize);
-- change
DROP TEXT SEARCH TEMPLATE public.t;
CREATE TEXT SEARCH TEMPLATE public.t (init = dsimple_init, lexize = dsimple_lexize);

-- case: lexize
CREATE TEXT SEARCH TEMPLATE public.t (lexize = dsimple_lexize);
-- change
DROP TEXT SEARCH TEMPLATE public.t;
CREATE TEXT SEARCH TEMPLATE public.t (lexize = dsynonym_lexize);

-- impossible: owner: a template has none
-- impossible: privileges: a template has none

-- case: comment
CREATE TEXT SEARCH TEMPLATE public.t (lexize = dsimple_lexize);
-- change
COMMENT ON TEXT SEARCH TEMPLATE public.t IS 'x';

-- impossible: labels: SECURITY LABEL does not know templates
