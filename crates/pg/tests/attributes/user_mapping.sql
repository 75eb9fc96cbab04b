-- case: exists
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- change
CREATE USER MAPPING FOR pg_monitor SERVER s;

-- case: exists (public)
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR pg_monitor SERVER s;
-- change
CREATE USER MAPPING FOR PUBLIC SERVER s;

-- case: options
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR pg_monitor SERVER s;
-- change
ALTER USER MAPPING FOR pg_monitor SERVER s OPTIONS (ADD "user" 'me');

-- case: options (value)
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR pg_monitor SERVER s;
ALTER USER MAPPING FOR pg_monitor SERVER s OPTIONS (ADD "user" 'me');
-- change
ALTER USER MAPPING FOR pg_monitor SERVER s OPTIONS (SET "user" 'you');

-- impossible: owner: a user mapping has none
-- impossible: privileges: a user mapping has none
-- impossible: comment: COMMENT ON does not know user mappings
-- impossible: labels: SECURITY LABEL does not know user mappings
