-- case: exists
CREATE TABLE public.t (a integer, b integer, c text);
-- change
CREATE STATISTICS public.s ON a, b FROM public.t;

-- case: definition (kinds)
CREATE TABLE public.t (a integer, b integer, c text);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
DROP STATISTICS public.s;
CREATE STATISTICS public.s (mcv) ON a, b FROM public.t;

-- case: definition (columns)
CREATE TABLE public.t (a integer, b integer, c text);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
DROP STATISTICS public.s;
CREATE STATISTICS public.s ON a, c FROM public.t;

-- case: definition (expression)
CREATE TABLE public.t (a integer, b integer, c text);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
DROP STATISTICS public.s;
CREATE STATISTICS public.s ON a, b, (lower(c)) FROM public.t;

-- case: definition (table)
CREATE TABLE public.t (a integer, b integer, c text);
CREATE TABLE public.u (a integer, b integer);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
DROP STATISTICS public.s;
CREATE STATISTICS public.s ON a, b FROM public.u;

-- case: target
CREATE TABLE public.t (a integer, b integer, c text);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
ALTER STATISTICS public.s SET STATISTICS 50;

-- case: target (0 is not the default)
CREATE TABLE public.t (a integer, b integer, c text);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
ALTER STATISTICS public.s SET STATISTICS 0;

-- case: owner
CREATE TABLE public.t (a integer, b integer, c text);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
ALTER STATISTICS public.s OWNER TO pg_monitor;

-- impossible: privileges: statistics have none

-- case: comment
CREATE TABLE public.t (a integer, b integer, c text);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
COMMENT ON STATISTICS public.s IS 'x';

-- impossible: labels: SECURITY LABEL does not know statistics
