-- Revert blog:recent from pg

BEGIN;

DROP VIEW blog.recent;

COMMIT;
