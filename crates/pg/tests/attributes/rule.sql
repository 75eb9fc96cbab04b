-- case: exists
CREATE TABLE public.t (a integer);
-- change
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;

-- case: definition (instead)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
CREATE OR REPLACE RULE r AS ON INSERT TO public.t DO INSTEAD NOTHING;

-- case: definition (event)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
CREATE OR REPLACE RULE r AS ON UPDATE TO public.t DO ALSO NOTHING;

-- case: definition (condition)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
CREATE OR REPLACE RULE r AS ON INSERT TO public.t WHERE NEW.a > 0 DO ALSO NOTHING;

-- case: definition (action)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
CREATE OR REPLACE RULE r AS ON INSERT TO public.t DO ALSO NOTIFY x;

-- case: definition (two actions)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
CREATE OR REPLACE RULE r AS ON INSERT TO public.t DO ALSO (NOTIFY x; NOTIFY y);

-- case: definition (of a view)
CREATE VIEW public.v AS SELECT 1 AS a;
CREATE RULE r AS ON INSERT TO public.v DO INSTEAD NOTHING;
-- change
CREATE OR REPLACE RULE r AS ON INSERT TO public.v DO ALSO NOTHING;

-- case: enabled (disabled)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
ALTER TABLE public.t DISABLE RULE r;

-- case: enabled (replica)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
ALTER TABLE public.t ENABLE REPLICA RULE r;

-- case: enabled (always)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
ALTER TABLE public.t ENABLE ALWAYS RULE r;

-- case: enabled (again)
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
ALTER TABLE public.t DISABLE RULE r;
-- change
ALTER TABLE public.t ENABLE RULE r;

-- impossible: owner: a rule has none
-- impossible: privileges: a rule has none

-- case: comment
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTHING;
-- change
COMMENT ON RULE r ON public.t IS 'x';

-- impossible: labels: SECURITY LABEL does not know rules
