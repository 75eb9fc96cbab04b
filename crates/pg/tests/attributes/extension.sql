-- case: exists
DROP EXTENSION plpgsql;
-- change
CREATE EXTENSION plpgsql;

-- case: schema
-- change
CREATE SCHEMA s;
UPDATE pg_catalog.pg_extension SET extnamespace = 's'::regnamespace WHERE extname = 'plpgsql';

-- case: version
-- change
UPDATE pg_catalog.pg_extension SET extversion = '0.9' WHERE extname = 'plpgsql';

-- case: owner
-- change
UPDATE pg_catalog.pg_extension SET extowner = 'pg_monitor'::regrole WHERE extname = 'plpgsql';

-- impossible: privileges: an extension has none

-- case: comment
-- change
COMMENT ON EXTENSION plpgsql IS 'x';

-- impossible: labels: SECURITY LABEL does not know extensions
