-- case: exists
CREATE TABLE public.t (a integer);
-- change
CREATE POLICY p ON public.t;

-- case: command (select)
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
DROP POLICY p ON public.t;
CREATE POLICY p ON public.t FOR SELECT;

-- case: command (insert)
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
DROP POLICY p ON public.t;
CREATE POLICY p ON public.t FOR INSERT;

-- case: command (update)
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
DROP POLICY p ON public.t;
CREATE POLICY p ON public.t FOR UPDATE;

-- case: command (delete)
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
DROP POLICY p ON public.t;
CREATE POLICY p ON public.t FOR DELETE;

-- case: permissive
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
DROP POLICY p ON public.t;
CREATE POLICY p ON public.t AS RESTRICTIVE;

-- case: roles
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
ALTER POLICY p ON public.t TO pg_monitor;

-- case: roles (one more)
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
ALTER POLICY p ON public.t TO pg_monitor;
-- change
ALTER POLICY p ON public.t TO pg_monitor, pg_signal_backend;

-- case: using
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
ALTER POLICY p ON public.t USING (a > 0);

-- case: using (another)
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
ALTER POLICY p ON public.t USING (a > 0);
-- change
ALTER POLICY p ON public.t USING (a > 1);

-- case: check
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
ALTER POLICY p ON public.t WITH CHECK (a > 0);

-- impossible: owner: a policy has none
-- impossible: privileges: a policy has none

-- case: comment
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t;
-- change
COMMENT ON POLICY p ON public.t IS 'x';

-- impossible: labels: SECURITY LABEL does not know policies
