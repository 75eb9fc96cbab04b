-- case: exists
-- change
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

-- case: start
CREATE FUNCTION public.f(internal, integer) RETURNS internal LANGUAGE internal STRICT AS 'prsd_start';
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
-- change
DROP TEXT SEARCH PARSER public.p;
CREATE TEXT SEARCH PARSER public.p (start = public.f, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

-- case: token
CREATE FUNCTION public.f(internal, internal, internal) RETURNS internal LANGUAGE internal STRICT AS 'prsd_nexttoken';
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
-- change
DROP TEXT SEARCH PARSER public.p;
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = public.f, end = prsd_end, lextypes = prsd_lextype);

-- case: end
CREATE FUNCTION public.f(internal) RETURNS void LANGUAGE internal STRICT AS 'prsd_end';
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
-- change
DROP TEXT SEARCH PARSER public.p;
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = public.f, lextypes = prsd_lextype);

-- case: lextypes
CREATE FUNCTION public.f(internal) RETURNS internal LANGUAGE internal STRICT AS 'prsd_lextype';
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
-- change
DROP TEXT SEARCH PARSER public.p;
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = public.f);

-- case: headline
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
-- change
DROP TEXT SEARCH PARSER public.p;
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);

-- impossible: owner: a parser has none
-- impossible: privileges: a parser has none

-- case: comment
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
-- change
COMMENT ON TEXT SEARCH PARSER public.p IS 'x';

-- impossible: labels: SECURITY LABEL does not know parsers
