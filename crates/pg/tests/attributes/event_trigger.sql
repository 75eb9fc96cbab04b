-- case: exists
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
-- change
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();

-- case: event (ddl_command_end)
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
DROP EVENT TRIGGER e;
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION public.f();

-- case: event (sql_drop)
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
DROP EVENT TRIGGER e;
CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION public.f();

-- case: event (table_rewrite)
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
DROP EVENT TRIGGER e;
CREATE EVENT TRIGGER e ON table_rewrite EXECUTE FUNCTION public.f();

-- case: event (login) [>=17]
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
DROP EVENT TRIGGER e;
CREATE EVENT TRIGGER e ON login EXECUTE FUNCTION public.f();

-- case: function
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION public.g() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
DROP EVENT TRIGGER e;
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.g();

-- case: enabled (disabled)
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
ALTER EVENT TRIGGER e DISABLE;

-- case: enabled (replica)
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
ALTER EVENT TRIGGER e ENABLE REPLICA;

-- case: enabled (always)
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
ALTER EVENT TRIGGER e ENABLE ALWAYS;

-- case: tags
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
DROP EVENT TRIGGER e;
CREATE EVENT TRIGGER e ON ddl_command_start
    WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION public.f();

-- case: tags (one more)
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.f();
-- change
DROP EVENT TRIGGER e;
CREATE EVENT TRIGGER e ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION public.f();

-- case: owner
CREATE ROLE attribute_owner SUPERUSER;
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
ALTER EVENT TRIGGER e OWNER TO attribute_owner;

-- impossible: privileges: an event trigger has none

-- case: comment
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
COMMENT ON EVENT TRIGGER e IS 'x';

-- case: labels
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();
-- change
INSERT INTO pg_catalog.pg_seclabel
SELECT oid, 'pg_event_trigger'::regclass, 0, 'provider', 'label' FROM pg_catalog.pg_event_trigger WHERE evtname = 'e';
