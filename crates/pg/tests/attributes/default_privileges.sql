-- case: exists (tables)
-- change
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;

-- case: exists (sequences)
-- change
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO pg_monitor;

-- case: exists (functions)
-- change
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO pg_monitor;

-- case: exists (types)
-- change
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO pg_monitor;

-- case: exists (schemas)
-- change
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO pg_monitor;

-- case: exists (in a schema)
-- change
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor;

-- case: exists (of another role)
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;
-- change
ALTER DEFAULT PRIVILEGES FOR ROLE pg_signal_backend GRANT SELECT ON TABLES TO pg_monitor;

-- case: exists (taken from everybody)
-- change
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- case: privileges
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;
-- change
ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO pg_monitor;

-- case: privileges (grant option)
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;
-- change
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor WITH GRANT OPTION;

-- case: privileges (in a schema)
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor;
-- change
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC;

-- impossible: owner: they are somebody's by name
-- impossible: comment: COMMENT ON does not know default privileges
-- impossible: labels: SECURITY LABEL does not know default privileges
