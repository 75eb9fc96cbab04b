-- Deploy blog:schema to pg

BEGIN;

CREATE SCHEMA blog;

COMMIT;
