-- case: exists
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
-- change
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);

-- case: exists (primary key)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
-- change
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a);

-- case: exists (foreign key)
CREATE TABLE public.r (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
-- change
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r;

-- case: exists (exclusion)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
-- change
ALTER TABLE public.t ADD CONSTRAINT c EXCLUDE USING gist (int4range(a, b) WITH &&);

-- case: exists (of a domain)
CREATE DOMAIN public.d AS integer;
-- change
ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE > 0);

-- case: exists (not null) [>=18]
CREATE TABLE public.t (a integer);
-- change
ALTER TABLE public.t ADD CONSTRAINT c NOT NULL a;

-- case: exists (made under a table, in its partitions too)
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.p1 PARTITION OF public.p DEFAULT;
-- change
ALTER TABLE public.p ADD CONSTRAINT c CHECK (a > 0);

-- case: form (unique to primary key)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a);

-- case: form (unique to exclusion)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c EXCLUDE (a WITH pg_catalog.=);

-- case: form (check to unique)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a);

-- case: form (foreign key to check)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r2;
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);

-- case: columns
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a);

-- case: columns (order)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (b, a);

-- case: columns (check)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0 AND b > 0);

-- case: columns (foreign key)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r2;
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (b) REFERENCES public.r2;

-- case: columns (primary key)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a, b);

-- case: index
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a);

-- case: expression
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 1);

-- case: expression (of a domain)
CREATE DOMAIN public.d AS integer;
ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE > 0);
-- change
ALTER DOMAIN public.d DROP CONSTRAINT c;
ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE > 1);

-- case: operators
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c EXCLUDE USING gist (int4range(a, b) WITH &&);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c EXCLUDE USING gist (int4range(a, b) WITH -|-);

-- case: references
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r (a);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r2 (a);

-- case: referenced_columns
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r (a);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r (b);

-- case: referenced_columns (order)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (b, a);

-- case: matching
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) MATCH FULL;

-- case: on_update (restrict)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON UPDATE RESTRICT;

-- case: on_delete (restrict)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE RESTRICT;

-- case: on_update (cascade)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON UPDATE CASCADE;

-- case: on_delete (cascade)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE CASCADE;

-- case: on_update (set null)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON UPDATE SET NULL;

-- case: on_delete (set null)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE SET NULL;

-- case: on_update (set default)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON UPDATE SET DEFAULT;

-- case: on_delete (set default)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE SET DEFAULT;

-- case: on_delete_columns [>=15]
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE SET NULL;
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE SET NULL (a);

-- case: on_delete_columns (another) [>=15]
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE SET DEFAULT (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r (a, b) ON DELETE SET DEFAULT (b);

-- case: deferrable
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r2;
-- change
ALTER TABLE public.t ALTER CONSTRAINT c DEFERRABLE;

-- case: deferrable (unique)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a) DEFERRABLE;

-- case: deferrable (exclusion)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c EXCLUDE (a WITH pg_catalog.=);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c EXCLUDE (a WITH pg_catalog.=) DEFERRABLE;

-- case: initially_deferred
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r2 DEFERRABLE;
-- change
ALTER TABLE public.t ALTER CONSTRAINT c INITIALLY DEFERRED;

-- case: initially_deferred (primary key)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a) DEFERRABLE;
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a) DEFERRABLE INITIALLY DEFERRED;

-- case: validated
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- change
ALTER TABLE public.t VALIDATE CONSTRAINT c;

-- case: validated (foreign key)
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r2 NOT VALID;
-- change
ALTER TABLE public.t VALIDATE CONSTRAINT c;

-- case: validated (of a domain)
CREATE DOMAIN public.d AS integer;
ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;
-- change
ALTER DOMAIN public.d VALIDATE CONSTRAINT c;

-- case: enforced (foreign key) [>=18]
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (b, a), UNIQUE (a), UNIQUE (b));
CREATE TABLE public.r2 (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r2;
-- change
ALTER TABLE public.t ALTER CONSTRAINT c NOT ENFORCED;

-- case: enforced (check) [>=18]
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED;

-- case: period (unique) [>=18]
CREATE TABLE public.t (a int4range, b daterange);
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (a, b WITHOUT OVERLAPS);

-- case: period (primary key) [>=18]
CREATE TABLE public.t (a int4range, b daterange);
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a, b);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a, b WITHOUT OVERLAPS);

-- case: period (foreign key) [>=18]
CREATE TABLE public.r (a int4range, b daterange, PRIMARY KEY (a, b WITHOUT OVERLAPS));
CREATE TABLE public.r2 (a int4range, b daterange, PRIMARY KEY (a, b));
CREATE TABLE public.t (a int4range, b daterange);
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r2;
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c FOREIGN KEY (a, PERIOD b) REFERENCES public.r (a, PERIOD b);

-- case: no_inherit
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);
-- change
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0) NO INHERIT;

-- case: local
CREATE TABLE public.p (a integer, CONSTRAINT c CHECK (a > 0));
CREATE TABLE public.q (a integer, CONSTRAINT c CHECK (a > 0));
CREATE TABLE public.t () INHERITS (public.p);
-- change
ALTER TABLE public.t NO INHERIT public.p;

-- case: inherited
CREATE TABLE public.p (a integer, CONSTRAINT c CHECK (a > 0));
CREATE TABLE public.q (a integer, CONSTRAINT c CHECK (a > 0));
CREATE TABLE public.t (a integer, CONSTRAINT c CHECK (a > 0));
-- change
ALTER TABLE public.t INHERIT public.p;

-- case: inherited (twice)
CREATE TABLE public.p (a integer, CONSTRAINT c CHECK (a > 0));
CREATE TABLE public.q (a integer, CONSTRAINT c CHECK (a > 0));
CREATE TABLE public.t () INHERITS (public.p);
-- change
ALTER TABLE public.t INHERIT public.q;

-- case: inherited (key of a partition)
CREATE TABLE public.p (a integer NOT NULL) PARTITION BY LIST (a);
CREATE TABLE public.t (a integer NOT NULL, CONSTRAINT c PRIMARY KEY (a));
ALTER TABLE public.p ADD CONSTRAINT k PRIMARY KEY (a);
-- change
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- case: inherited (foreign key of a partition)
CREATE TABLE public.r (a integer PRIMARY KEY);
CREATE TABLE public.p (a integer CONSTRAINT c REFERENCES public.r) PARTITION BY LIST (a);
CREATE TABLE public.t (a integer CONSTRAINT c REFERENCES public.r);
-- change
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- impossible: owner: a constraint has none
-- impossible: privileges: a constraint has none

-- case: comment
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0);
-- change
COMMENT ON CONSTRAINT c ON public.t IS 'x';

-- case: comment (key)
CREATE TABLE public.t (a integer NOT NULL, b integer NOT NULL, c text);
ALTER TABLE public.t ADD CONSTRAINT c PRIMARY KEY (a);
-- change
COMMENT ON CONSTRAINT c ON public.t IS 'x';

-- case: comment (of a domain)
CREATE DOMAIN public.d AS integer;
ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE > 0);
-- change
COMMENT ON CONSTRAINT c ON DOMAIN public.d IS 'x';

-- impossible: labels: SECURITY LABEL does not know constraints
