-- NOT NULL, and there are users already: they get an empty one.
ALTER TABLE users ADD COLUMN surname varchar(50) NOT NULL DEFAULT '';
ALTER TABLE users ALTER COLUMN surname DROP DEFAULT;
