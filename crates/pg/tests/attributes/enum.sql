-- case: exists
-- change
CREATE TYPE public.t AS ENUM ('a');

-- case: values
CREATE TYPE public.t AS ENUM ('a', 'b');
-- change
ALTER TYPE public.t ADD VALUE 'c';

-- case: values (in another order)
CREATE TYPE public.t AS ENUM ('a', 'b');
-- change
ALTER TYPE public.t ADD VALUE 'c' BEFORE 'b';

-- case: values (renamed)
CREATE TYPE public.t AS ENUM ('a', 'b');
-- change
ALTER TYPE public.t RENAME VALUE 'a' TO 'it''s';

-- case: values (the first)
CREATE TYPE public.t AS ENUM ();
-- change
ALTER TYPE public.t ADD VALUE '';

-- case: owner
CREATE TYPE public.t AS ENUM ('a');
-- change
ALTER TYPE public.t OWNER TO pg_monitor;

-- case: privileges
CREATE TYPE public.t AS ENUM ('a');
-- change
GRANT USAGE ON TYPE public.t TO pg_monitor WITH GRANT OPTION;

-- case: comment
CREATE TYPE public.t AS ENUM ('a');
-- change
COMMENT ON TYPE public.t IS 'x';

-- case: labels
CREATE TYPE public.t AS ENUM ('a');
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.t'::regtype, 'pg_type'::regclass, 0, 'provider', 'label');
