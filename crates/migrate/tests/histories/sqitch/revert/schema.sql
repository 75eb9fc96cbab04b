-- Revert blog:schema from pg

BEGIN;

DROP SCHEMA blog;

COMMIT;
