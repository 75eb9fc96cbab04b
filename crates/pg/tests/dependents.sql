-- case: column renamed, in a view => view query
CREATE TABLE public.t (a integer, b integer);
CREATE VIEW public.v AS SELECT b FROM public.t WHERE a > 0;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in the output of a view that gets an alias => view query
CREATE TABLE public.t (a integer);
CREATE VIEW public.v AS SELECT a FROM public.t;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a view over a view => view query
CREATE TABLE public.t (a integer);
CREATE VIEW public.inner_one AS SELECT a FROM public.t;
CREATE VIEW public.v AS SELECT a FROM public.inner_one;
-- change
ALTER VIEW public.inner_one RENAME COLUMN a TO z;

-- case: column renamed, in a materialized view => materialized_view query
CREATE TABLE public.t (a integer, b integer);
CREATE MATERIALIZED VIEW public.m AS SELECT b FROM public.t WHERE a > 0;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a check => constraint expression
CREATE TABLE public.t (a integer, CONSTRAINT c CHECK (a > 0));
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a check => constraint columns
CREATE TABLE public.t (a integer, CONSTRAINT c CHECK (a > 0));
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a key => constraint columns
CREATE TABLE public.t (a integer, CONSTRAINT c PRIMARY KEY (a));
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a key => index keys
CREATE TABLE public.t (a integer, CONSTRAINT c PRIMARY KEY (a));
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a foreign key => constraint columns
CREATE TABLE public.r (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer, CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, referred to by a foreign key => constraint referenced_columns
CREATE TABLE public.r (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer, CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r);
-- change
ALTER TABLE public.r RENAME COLUMN a TO z;

-- case: column renamed, set to NULL by a foreign key [>=15] => constraint on_delete_columns
CREATE TABLE public.r (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE public.t (a integer, b integer, CONSTRAINT c FOREIGN KEY (a, b) REFERENCES public.r ON DELETE SET NULL (b));
-- change
ALTER TABLE public.t RENAME COLUMN b TO z;

-- case: column renamed, in an exclusion => index keys
CREATE TABLE public.t (a integer, b integer, CONSTRAINT c EXCLUDE USING gist (int4range(a, b) WITH &&));
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in an index => index keys
CREATE TABLE public.t (a integer);
CREATE INDEX i ON public.t (a);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in an index expression => index keys
CREATE TABLE public.t (a text);
CREATE INDEX i ON public.t (lower(a));
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, carried by an index => index include
CREATE TABLE public.t (a integer, b integer);
CREATE INDEX i ON public.t (b) INCLUDE (a);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in the predicate of an index => index predicate
CREATE TABLE public.t (a integer, b integer);
CREATE INDEX i ON public.t (b) WHERE a > 0;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a policy => policy using
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t USING (a > 0);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a policy => policy check
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t WITH CHECK (a > 0);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column of another table renamed, in a policy => policy using
CREATE TABLE public.t (a integer);
CREATE TABLE public.other (b integer);
CREATE POLICY p ON public.t USING (EXISTS (SELECT FROM public.other WHERE b = a));
-- change
ALTER TABLE public.other RENAME COLUMN b TO z;

-- case: column renamed, in a generated column => column generated
CREATE TABLE public.t (a integer, g integer GENERATED ALWAYS AS (a * 2) STORED);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in the condition of a trigger => trigger definition
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE public.t (a integer);
CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION public.f();
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, among those of a trigger => trigger definition
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE public.t (a integer);
CREATE TRIGGER g BEFORE UPDATE OF a ON public.t FOR EACH ROW EXECUTE FUNCTION public.f();
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in a rule => rule definition
CREATE TABLE public.t (a integer);
CREATE RULE r AS ON INSERT TO public.t WHERE NEW.a > 0 DO ALSO NOTHING;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column of the target of a rule renamed => rule definition
CREATE TABLE public.t (a integer);
CREATE TABLE public.log (b integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO INSERT INTO public.log (b) VALUES (NEW.a);
-- change
ALTER TABLE public.log RENAME COLUMN b TO z;

-- case: column renamed, in extended statistics => statistics definition
CREATE TABLE public.t (a integer, b integer);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in an expression of extended statistics => statistics definition
CREATE TABLE public.t (a text);
CREATE STATISTICS public.s ON (lower(a)) FROM public.t;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in the key of partitions => table form
CREATE TABLE public.t (a integer) PARTITION BY LIST (a);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in an expression of the key of partitions => table form
CREATE TABLE public.t (a integer) PARTITION BY RANGE ((a + 1));
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in the row filter of a publication [>=15] => publication tables
CREATE TABLE public.t (a integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE public.t WHERE (a > 0);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in the column list of a publication [>=15] => publication tables
CREATE TABLE public.t (a integer PRIMARY KEY, b integer);
CREATE PUBLICATION p FOR TABLE public.t (a);
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, that a sequence goes with => sequence owned_by
CREATE TABLE public.t (a integer);
CREATE SEQUENCE public.q OWNED BY public.t.a;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column renamed, in the body of a function in standard SQL => routine sql_body
CREATE TABLE public.t (a integer);
CREATE FUNCTION public.f() RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC SELECT a FROM public.t; END;
-- change
ALTER TABLE public.t RENAME COLUMN a TO z;

-- case: column added, that makes a JOIN USING ambiguous: the table gets column aliases => view query
CREATE TABLE public.t (id integer, a integer);
CREATE TABLE public.u (id integer, b integer);
CREATE TABLE public.w (a integer, c integer);
CREATE VIEW public.v AS SELECT b, c FROM public.t JOIN public.u USING (id) JOIN public.w USING (a);
-- change
ALTER TABLE public.u ADD COLUMN a integer;

-- case: column renamed, merged by JOIN USING => view query
CREATE TABLE public.t (id integer, a integer);
CREATE TABLE public.u (id integer, b integer);
CREATE VIEW public.v AS SELECT id, a, b FROM public.t JOIN public.u USING (id);
-- change
ALTER TABLE public.u RENAME COLUMN id TO z;

-- case: column of a table dropped, beside those that a view with column aliases of a table uses => view query
CREATE TABLE public.t (a integer, b integer);
CREATE VIEW public.v AS SELECT x.one FROM public.t AS x (one, two);
-- change
ALTER TABLE public.t DROP COLUMN b;

-- case: field of a composite type renamed, in a view => view query
CREATE TYPE public.ty AS (a integer);
CREATE TABLE public.t (c public.ty);
CREATE VIEW public.v AS SELECT (c).a AS x FROM public.t;
-- change
ALTER TYPE public.ty RENAME ATTRIBUTE a TO z;

-- case: field of a composite type added, under a typed table => column position
CREATE TYPE public.ty AS (a integer, b integer);
CREATE TABLE public.t OF public.ty;
-- change
ALTER TYPE public.ty DROP ATTRIBUTE a CASCADE, ADD ATTRIBUTE a integer CASCADE;

-- case: type of a field changed, under a typed table => column type
CREATE TYPE public.ty AS (a integer);
CREATE TABLE public.t OF public.ty;
-- change
ALTER TYPE public.ty ALTER ATTRIBUTE a TYPE bigint CASCADE;

-- case: column of the parent changed => column type
CREATE TABLE public.p (a integer);
CREATE TABLE public.t () INHERITS (public.p);
-- change
ALTER TABLE public.p ALTER COLUMN a TYPE bigint;

-- case: column of the partitioned table changed => column default
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.t PARTITION OF public.p DEFAULT;
-- change
ALTER TABLE public.p ALTER COLUMN a SET DEFAULT 1;

-- case: check dropped from a parent, but not from the child => constraint local
CREATE TABLE public.p (a integer, CONSTRAINT c CHECK (a > 0));
CREATE TABLE public.t () INHERITS (public.p);
-- change
ALTER TABLE ONLY public.p DROP CONSTRAINT c;

-- case: table renamed, in a view => view query
CREATE TABLE public.t (a integer);
CREATE VIEW public.v AS SELECT a FROM public.t;
-- change
ALTER TABLE public.t RENAME TO z;

-- case: table renamed, referred to by a foreign key => constraint references
CREATE TABLE public.r (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer, CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r);
-- change
ALTER TABLE public.r RENAME TO z;

-- case: table renamed, that has children => table ancestry
CREATE TABLE public.p (a integer);
CREATE TABLE public.t () INHERITS (public.p);
-- change
ALTER TABLE public.p RENAME TO z;

-- case: table renamed, that has partitions => table ancestry
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.t PARTITION OF public.p DEFAULT;
-- change
ALTER TABLE public.p RENAME TO z;

-- case: table renamed, in a rule => rule definition
CREATE TABLE public.t (a integer);
CREATE TABLE public.log (a integer);
CREATE RULE r AS ON INSERT TO public.t DO ALSO INSERT INTO public.log VALUES (NEW.a);
-- change
ALTER TABLE public.log RENAME TO z;

-- case: table renamed, in a policy => policy using
CREATE TABLE public.t (a integer);
CREATE TABLE public.other (b integer);
CREATE POLICY p ON public.t USING (EXISTS (SELECT FROM public.other WHERE b = a));
-- change
ALTER TABLE public.other RENAME TO z;

-- case: table renamed, that has an index => index relation
CREATE TABLE public.t (a integer);
CREATE INDEX i ON public.t (a);
-- change
ALTER TABLE public.t RENAME TO z;

-- case: table renamed, that has statistics => statistics definition
CREATE TABLE public.t (a integer, b integer);
CREATE STATISTICS public.s ON a, b FROM public.t;
-- change
ALTER TABLE public.t RENAME TO z;

-- case: table renamed, that is published => publication tables
CREATE TABLE public.t (a integer);
CREATE PUBLICATION p FOR TABLE public.t;
-- change
ALTER TABLE public.t RENAME TO z;

-- case: table renamed, that a sequence goes with => sequence owned_by
CREATE TABLE public.t (a integer);
CREATE SEQUENCE public.q OWNED BY public.t.a;
-- change
ALTER TABLE public.t RENAME TO z;

-- case: table renamed, that a constraint trigger is from => trigger definition
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE public.t (a integer);
CREATE TABLE public.other (a integer);
CREATE CONSTRAINT TRIGGER g AFTER INSERT ON public.t FROM public.other FOR EACH ROW EXECUTE FUNCTION public.f();
-- change
ALTER TABLE public.other RENAME TO z;

-- case: table renamed, whose row type a column has => column type
CREATE TABLE public.r (a integer);
CREATE TABLE public.t (c public.r[]);
-- change
ALTER TABLE public.r RENAME TO z;

-- case: table renamed, whose row type a function returns => routine result
CREATE TABLE public.r (a integer);
CREATE FUNCTION public.f() RETURNS SETOF public.r LANGUAGE sql AS 'SELECT 1';
-- change
ALTER TABLE public.r RENAME TO z;

-- case: table renamed, in the body of a function in standard SQL => routine sql_body
CREATE TABLE public.t (a integer);
CREATE FUNCTION public.f() RETURNS SETOF integer LANGUAGE sql BEGIN ATOMIC SELECT a FROM public.t; END;
-- change
ALTER TABLE public.t RENAME TO z;

-- case: view renamed, under another => view query
CREATE VIEW public.below AS SELECT 1 AS a;
CREATE VIEW public.v AS SELECT a FROM public.below;
-- change
ALTER VIEW public.below RENAME TO z;

-- case: index renamed, that another is a part of => index partition_of
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TABLE public.p1 PARTITION OF public.p DEFAULT;
CREATE INDEX i ON public.p (a);
-- change
ALTER INDEX public.i RENAME TO z;

-- case: type renamed, of a column => column type
CREATE TYPE public.ty AS ENUM ('a');
CREATE TABLE public.t (a public.ty);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of an array column => column type
CREATE TYPE public.ty AS ENUM ('a');
CREATE TABLE public.t (a public.ty[]);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: enum renamed, in a default => column default
CREATE TYPE public.ty AS ENUM ('a');
CREATE TABLE public.t (a public.ty DEFAULT 'a');
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: value of an enum renamed, in a default => column default
CREATE TYPE public.ty AS ENUM ('a');
CREATE TABLE public.t (a public.ty DEFAULT 'a');
-- change
ALTER TYPE public.ty RENAME VALUE 'a' TO 'z';

-- case: value of an enum renamed, in a check => constraint expression
CREATE TYPE public.ty AS ENUM ('a', 'b');
CREATE TABLE public.t (a public.ty, CONSTRAINT c CHECK (a <> 'a'));
-- change
ALTER TYPE public.ty RENAME VALUE 'a' TO 'z';

-- case: value of an enum renamed, in the bound of a partition => table ancestry
CREATE TYPE public.ty AS ENUM ('a', 'b');
CREATE TABLE public.p (a public.ty) PARTITION BY LIST (a);
CREATE TABLE public.t PARTITION OF public.p FOR VALUES IN ('a');
-- change
ALTER TYPE public.ty RENAME VALUE 'a' TO 'z';

-- case: value of an enum renamed, in the predicate of an index => index predicate
CREATE TYPE public.ty AS ENUM ('a', 'b');
CREATE TABLE public.t (a public.ty, b integer);
CREATE INDEX i ON public.t (b) WHERE a = 'a';
-- change
ALTER TYPE public.ty RENAME VALUE 'a' TO 'z';

-- case: value of an enum renamed, in a view => view query
CREATE TYPE public.ty AS ENUM ('a', 'b');
CREATE VIEW public.v AS SELECT 'a'::public.ty AS a;
-- change
ALTER TYPE public.ty RENAME VALUE 'a' TO 'z';

-- case: type renamed, in a cast of a view => view query
CREATE TYPE public.ty AS ENUM ('a');
CREATE VIEW public.v AS SELECT NULL::public.ty AS a;
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, that a function returns => routine result
CREATE TYPE public.ty AS ENUM ('a');
CREATE FUNCTION public.f() RETURNS public.ty LANGUAGE sql AS 'SELECT NULL::public.ty';
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of an OUT argument => routine arguments
CREATE TYPE public.ty AS ENUM ('a');
CREATE FUNCTION public.f(OUT a public.ty, OUT b integer) LANGUAGE sql AS 'SELECT NULL::public.ty, 1';
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of an argument: the function has another identity => routine exists
CREATE TYPE public.ty AS ENUM ('a');
CREATE FUNCTION public.f(a public.ty) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of an operand: the operator has another identity => operator exists
CREATE TYPE public.ty AS ENUM ('a');
CREATE FUNCTION public.f(public.ty, public.ty) RETURNS boolean LANGUAGE internal AS 'enum_eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = public.ty, rightarg = public.ty);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of an argument: the aggregate has another identity => aggregate exists
CREATE TYPE public.ty AS ENUM ('a');
CREATE FUNCTION public.s(integer, public.ty) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE public.g(public.ty) (sfunc = public.s, stype = integer);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, with a cast: the cast has another identity => cast exists
CREATE TYPE public.ty AS ENUM ('a');
CREATE CAST (public.ty AS integer) WITH INOUT;
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, with a transform: the transform has another identity => transform exists
CREATE TYPE public.ty AS ENUM ('a');
CREATE TRANSFORM FOR public.ty LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of a domain => domain type
CREATE TYPE public.ty AS ENUM ('a');
CREATE DOMAIN public.d AS public.ty;
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of the bounds of a range => range subtype
CREATE TYPE public.ty AS ENUM ('a');
CREATE TYPE public.r AS RANGE (subtype = public.ty);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of a field => composite_type fields
CREATE TYPE public.ty AS ENUM ('a');
CREATE TYPE public.c AS (a public.ty);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of a typed table => table of_type
CREATE TYPE public.ty AS (a integer);
CREATE TABLE public.t OF public.ty;
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, that a class indexes => operator_class input
CREATE TYPE public.ty AS RANGE (subtype = integer);
CREATE OPERATOR CLASS public.c FOR TYPE public.ty USING btree AS FUNCTION 1 range_cmp(anyrange, anyrange);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: type renamed, of the state of an aggregate => aggregate state_type
CREATE TYPE public.ty AS ENUM ('a');
CREATE FUNCTION public.s(public.ty, integer) RETURNS public.ty LANGUAGE sql AS 'SELECT NULL::public.ty';
CREATE AGGREGATE public.g(integer) (sfunc = public.s, stype = public.ty);
-- change
ALTER TYPE public.ty RENAME TO z;

-- case: domain renamed, of a column => column type
CREATE DOMAIN public.d AS integer;
CREATE TABLE public.t (a public.d);
-- change
ALTER DOMAIN public.d RENAME TO z;

-- case: domain renamed, in a check => constraint expression
CREATE DOMAIN public.d AS integer;
CREATE TABLE public.t (a integer, CONSTRAINT c CHECK (a::public.d > 0));
-- change
ALTER DOMAIN public.d RENAME TO z;

-- case: function renamed, in a default => column default
CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE public.t (a integer DEFAULT public.f());
-- change
ALTER FUNCTION public.f() RENAME TO z;

-- case: function renamed, in the default of a domain => domain default
CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN public.d AS integer DEFAULT public.f();
-- change
ALTER FUNCTION public.f() RENAME TO z;

-- case: function renamed, in the default of an argument => routine arguments
CREATE FUNCTION public.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.f(a integer DEFAULT public.one()) RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- change
ALTER FUNCTION public.one() RENAME TO z;

-- case: function renamed, of a trigger => trigger function
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE public.t (a integer);
CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f();
-- change
ALTER FUNCTION public.f() RENAME TO z;

-- case: function renamed, of a trigger => trigger definition
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE public.t (a integer);
CREATE TRIGGER g BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f();
-- change
ALTER FUNCTION public.f() RENAME TO z;

-- case: function renamed, of an event trigger => event_trigger function
CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.f();
-- change
ALTER FUNCTION public.f() RENAME TO z;

-- case: function renamed, in a view => view query
CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE VIEW public.v AS SELECT public.f() AS a;
-- change
ALTER FUNCTION public.f() RENAME TO z;

-- case: function renamed, in an index => index keys
CREATE FUNCTION public.f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE public.t (a integer);
CREATE INDEX i ON public.t (public.f(a));
-- change
ALTER FUNCTION public.f(integer) RENAME TO z;

-- case: function renamed, in a policy => policy using
CREATE FUNCTION public.f() RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t USING (public.f());
-- change
ALTER FUNCTION public.f() RENAME TO z;

-- case: function renamed, in a check of a domain => constraint expression
CREATE FUNCTION public.f(integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE DOMAIN public.d AS integer CONSTRAINT c CHECK (public.f(VALUE));
-- change
ALTER FUNCTION public.f(integer) RENAME TO z;

-- case: function renamed, of a cast => cast function
CREATE TYPE public.ty AS ENUM ('a');
CREATE FUNCTION public.f(public.ty) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE CAST (public.ty AS integer) WITH FUNCTION public.f(public.ty);
-- change
ALTER FUNCTION public.f(public.ty) RENAME TO z;

-- case: function renamed, of an operator => operator function
CREATE FUNCTION public.f(integer, integer) RETURNS boolean LANGUAGE internal AS 'int4eq';
CREATE OPERATOR public.@@@ (function = public.f, leftarg = integer, rightarg = integer);
-- change
ALTER FUNCTION public.f(integer, integer) RENAME TO z;

-- case: function renamed, of an aggregate => aggregate transition
CREATE FUNCTION public.f(integer, integer) RETURNS integer LANGUAGE internal AS 'int4pl';
CREATE AGGREGATE public.g(integer) (sfunc = public.f, stype = integer);
-- change
ALTER FUNCTION public.f(integer, integer) RENAME TO z;

-- case: function renamed, of an operator class => operator_class members
CREATE FUNCTION public.f(integer, integer) RETURNS integer LANGUAGE internal IMMUTABLE AS 'btint4cmp';
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree AS FUNCTION 1 public.f(integer, integer);
-- change
ALTER FUNCTION public.f(integer, integer) RENAME TO z;

-- case: function renamed, of a base type => base_type input
CREATE TYPE public.ty;
CREATE FUNCTION public.ty_in(cstring) RETURNS public.ty LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.ty_out(public.ty) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.ty (input = public.ty_in, output = public.ty_out);
-- change
ALTER FUNCTION public.ty_in(cstring) RENAME TO z;

-- case: function renamed, of a language => language handler
CREATE FUNCTION public.h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE l HANDLER public.h;
-- change
ALTER FUNCTION public.h() RENAME TO z;

-- case: language renamed => routine language
CREATE LANGUAGE l HANDLER pg_catalog.plpgsql_call_handler;
CREATE FUNCTION public.f() RETURNS integer LANGUAGE l AS '';
-- change
ALTER LANGUAGE l RENAME TO z;

-- case: operator renamed by moving it to another schema, in a view => view query
CREATE SCHEMA s;
CREATE OPERATOR public.@@@ (function = int4eq, leftarg = integer, rightarg = integer);
CREATE VIEW public.v AS SELECT 1 OPERATOR(public.@@@) 2 AS a;
-- change
ALTER OPERATOR public.@@@ (integer, integer) SET SCHEMA s;

-- case: operator moved, in a check => constraint expression
CREATE SCHEMA s;
CREATE OPERATOR public.@@@ (function = int4eq, leftarg = integer, rightarg = integer);
CREATE TABLE public.t (a integer, CONSTRAINT c CHECK (a OPERATOR(public.@@@) 2));
-- change
ALTER OPERATOR public.@@@ (integer, integer) SET SCHEMA s;

-- case: operator moved, that is the commutator of another => operator commutator
CREATE SCHEMA s;
CREATE OPERATOR public.@@@ (function = int4eq, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@!));
CREATE OPERATOR public.@@! (function = int4eq, leftarg = integer, rightarg = integer, commutator = OPERATOR(public.@@@));
-- change
ALTER OPERATOR public.@@! (integer, integer) SET SCHEMA s;

-- case: operator class renamed, of an index => index keys
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE TABLE public.t (a integer);
CREATE INDEX i ON public.t (a public.c);
-- change
ALTER OPERATOR CLASS public.c USING btree RENAME TO z;

-- case: operator class renamed, of a range => range operator_class
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE TYPE public.r AS RANGE (subtype = integer, subtype_opclass = public.c);
-- change
ALTER OPERATOR CLASS public.c USING btree RENAME TO z;

-- case: operator family renamed => operator_class family
CREATE OPERATOR FAMILY public.f USING btree;
CREATE OPERATOR CLASS public.c FOR TYPE integer USING btree FAMILY public.f AS FUNCTION 1 btint4cmp(integer, integer);
-- change
ALTER OPERATOR FAMILY public.f USING btree RENAME TO z;

-- case: collation renamed, of a column => column collation
CREATE COLLATION public.c (locale = 'C');
CREATE TABLE public.t (a text COLLATE public.c);
-- change
ALTER COLLATION public.c RENAME TO z;

-- case: collation renamed, of an index => index keys
CREATE COLLATION public.c (locale = 'C');
CREATE TABLE public.t (a text);
CREATE INDEX i ON public.t (a COLLATE public.c);
-- change
ALTER COLLATION public.c RENAME TO z;

-- case: collation renamed, in a view => view query
CREATE COLLATION public.c (locale = 'C');
CREATE VIEW public.v AS SELECT 'a' < ('b' COLLATE public.c) AS a;
-- change
ALTER COLLATION public.c RENAME TO z;

-- case: collation renamed, of a domain => domain collation
CREATE COLLATION public.c (locale = 'C');
CREATE DOMAIN public.d AS text COLLATE public.c;
-- change
ALTER COLLATION public.c RENAME TO z;

-- case: collation renamed, of a field => composite_type fields
CREATE COLLATION public.c (locale = 'C');
CREATE TYPE public.ty AS (a text COLLATE public.c);
-- change
ALTER COLLATION public.c RENAME TO z;

-- case: collation renamed, of a range => range collation
CREATE COLLATION public.c (locale = 'C');
CREATE TYPE public.r AS RANGE (subtype = text, collation = public.c);
-- change
ALTER COLLATION public.c RENAME TO z;

-- case: collation renamed, of the key of partitions => table form
CREATE COLLATION public.c (locale = 'C');
CREATE TABLE public.t (a text) PARTITION BY LIST (a COLLATE public.c);
-- change
ALTER COLLATION public.c RENAME TO z;

-- case: sequence renamed, in a default => column default
CREATE SEQUENCE public.q;
CREATE TABLE public.t (a integer DEFAULT nextval('public.q'));
-- change
ALTER SEQUENCE public.q RENAME TO z;

-- case: sequence moved, in a default => column default
CREATE SCHEMA s;
CREATE SEQUENCE public.q;
CREATE TABLE public.t (a integer DEFAULT nextval('public.q'));
-- change
ALTER SEQUENCE public.q SET SCHEMA s;

-- case: table renamed, as a regclass in a default => column default
CREATE TABLE public.r (a integer);
CREATE TABLE public.t (a text DEFAULT 'public.r'::regclass);
-- change
ALTER TABLE public.r RENAME TO z;

-- case: text search configuration renamed, in an index => index keys
CREATE TEXT SEARCH CONFIGURATION public.c (copy = pg_catalog.simple);
CREATE TABLE public.t (a text);
CREATE INDEX i ON public.t USING gin (to_tsvector('public.c'::regconfig, a));
-- change
ALTER TEXT SEARCH CONFIGURATION public.c RENAME TO z;

-- case: text search configuration renamed, in a generated column => column generated
CREATE TEXT SEARCH CONFIGURATION public.c (copy = pg_catalog.simple);
CREATE TABLE public.t (a text, g tsvector GENERATED ALWAYS AS (to_tsvector('public.c'::regconfig, a)) STORED);
-- change
ALTER TEXT SEARCH CONFIGURATION public.c RENAME TO z;

-- case: text search dictionary renamed, in a configuration => text_search_configuration mappings
CREATE TEXT SEARCH DICTIONARY public.d (template = pg_catalog.simple);
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR word WITH public.d;
-- change
ALTER TEXT SEARCH DICTIONARY public.d RENAME TO z;

-- case: text search template renamed, of a dictionary => text_search_dictionary template
CREATE TEXT SEARCH TEMPLATE public.te (init = dsimple_init, lexize = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY public.d (template = public.te);
-- change
ALTER TEXT SEARCH TEMPLATE public.te RENAME TO z;

-- case: text search parser renamed, of a configuration => text_search_configuration parser
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION public.c (parser = public.p);
-- change
ALTER TEXT SEARCH PARSER public.p RENAME TO z;

-- case: foreign server renamed, of a foreign table => table form
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE public.t (a integer) SERVER s;
-- change
ALTER SERVER s RENAME TO z;

-- case: foreign-data wrapper renamed, of a server => foreign_server wrapper
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- change
ALTER FOREIGN DATA WRAPPER w RENAME TO z;

-- case: schema renamed, in a view => view query
CREATE SCHEMA s;
CREATE TABLE s.t (a integer);
CREATE VIEW public.v AS SELECT a FROM s.t;
-- change
ALTER SCHEMA s RENAME TO z;

-- case: schema renamed, of the type of a column => column type
CREATE SCHEMA s;
CREATE TYPE s.ty AS ENUM ('a');
CREATE TABLE public.t (a s.ty);
-- change
ALTER SCHEMA s RENAME TO z;

-- case: schema renamed, of a function in a default => column default
CREATE SCHEMA s;
CREATE FUNCTION s.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE public.t (a integer DEFAULT s.f());
-- change
ALTER SCHEMA s RENAME TO z;

-- case: schema renamed, referred to by a foreign key => constraint references
CREATE SCHEMA s;
CREATE TABLE s.r (a integer PRIMARY KEY);
CREATE TABLE public.t (a integer, CONSTRAINT c FOREIGN KEY (a) REFERENCES s.r);
-- change
ALTER SCHEMA s RENAME TO z;

-- case: schema renamed, that is published [>=15] => publication schemas
CREATE SCHEMA s;
CREATE PUBLICATION p FOR TABLES IN SCHEMA s;
-- change
ALTER SCHEMA s RENAME TO z;

-- case: schema renamed, with default privileges: they have another identity => default_privileges exists
CREATE SCHEMA s;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO pg_monitor;
-- change
ALTER SCHEMA s RENAME TO z;

-- case: schema renamed, of everything in it => table exists
CREATE SCHEMA s;
CREATE TABLE s.t (a integer);
-- change
ALTER SCHEMA s RENAME TO z;

-- case: table moved, in a view => view query
CREATE SCHEMA s;
CREATE TABLE public.t (a integer);
CREATE VIEW public.v AS SELECT a FROM public.t;
-- change
ALTER TABLE public.t SET SCHEMA s;

-- case: table moved, its sequence with it => table exists
CREATE SCHEMA s;
CREATE TABLE public.t (a serial);
-- change
ALTER TABLE public.t SET SCHEMA s;

-- case: table moved, its index with it => table exists
CREATE SCHEMA s;
CREATE TABLE public.t (a integer);
CREATE INDEX i ON public.t (a);
CREATE TABLE s.other ();
-- change
ALTER TABLE public.t SET SCHEMA s;

-- case: type moved, of a column => column type
CREATE SCHEMA s;
CREATE TYPE public.ty AS ENUM ('a');
CREATE TABLE public.t (a public.ty);
-- change
ALTER TYPE public.ty SET SCHEMA s;

-- case: function moved, in an index => index keys
CREATE SCHEMA s;
CREATE FUNCTION public.f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE public.t (a integer);
CREATE INDEX i ON public.t (public.f(a));
-- change
ALTER FUNCTION public.f(integer) SET SCHEMA s;

-- case: role renamed, that owns => table owner
CREATE ROLE dependent_role;
CREATE TABLE public.t (a integer);
ALTER TABLE public.t OWNER TO dependent_role;
-- change
ALTER ROLE dependent_role RENAME TO dependent_renamed;

-- case: role renamed, that may => table privileges
CREATE ROLE dependent_role;
CREATE TABLE public.t (a integer);
GRANT SELECT ON public.t TO dependent_role;
-- change
ALTER ROLE dependent_role RENAME TO dependent_renamed;

-- case: role renamed, in a policy => policy roles
CREATE ROLE dependent_role;
CREATE TABLE public.t (a integer);
CREATE POLICY p ON public.t TO dependent_role;
-- change
ALTER ROLE dependent_role RENAME TO dependent_renamed;

-- case: role renamed, with a user mapping: it has another identity => user_mapping exists
CREATE ROLE dependent_role;
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE USER MAPPING FOR dependent_role SERVER s;
-- change
ALTER ROLE dependent_role RENAME TO dependent_renamed;

-- case: role dropped with what it may => table privileges
CREATE ROLE dependent_role;
CREATE TABLE public.t (a integer);
GRANT SELECT ON public.t TO dependent_role;
-- change
DROP OWNED BY dependent_role;

-- case: owner changed: the grants are the new owner's => table privileges
CREATE TABLE public.t (a integer);
GRANT SELECT ON public.t TO pg_signal_backend;
-- change
ALTER TABLE public.t OWNER TO pg_monitor;

-- case: owner of a table changed, and with it that of its sequence => sequence owner
CREATE TABLE public.t (a serial);
-- change
ALTER TABLE public.t OWNER TO pg_monitor;

-- case: table set unlogged, and with it its identity sequence [>=15] => sequence persistence
CREATE TABLE public.t (a integer GENERATED ALWAYS AS IDENTITY);
-- change
ALTER TABLE public.t SET UNLOGGED;

-- case: type of a column changed, and with it that of its index => index keys
CREATE TABLE public.t (a text);
CREATE INDEX i ON public.t ((a || 'x'));
-- change
ALTER TABLE public.t ALTER COLUMN a TYPE varchar(10);

-- case: type of a column changed, and with it the check => constraint expression
CREATE TABLE public.t (a text, CONSTRAINT c CHECK (a <> 'x'));
-- change
ALTER TABLE public.t ALTER COLUMN a TYPE varchar(10);

-- case: type of an identity column changed, but not that of its sequence => column type
CREATE TABLE public.t (a integer GENERATED ALWAYS AS IDENTITY);
-- change
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- case: column dropped, and with it the key that had it => constraint columns
CREATE TABLE public.t (a integer, b integer, CONSTRAINT c UNIQUE (a));
-- change
ALTER TABLE public.t DROP COLUMN a;
ALTER TABLE public.t ADD CONSTRAINT c UNIQUE (b);

-- case: object of the same name in the search path, so that short names would be ambiguous => column type
CREATE SCHEMA s;
CREATE TYPE public.ty AS ENUM ('a');
CREATE TYPE s.ty AS ENUM ('a');
CREATE TABLE public.t (a public.ty);
SET LOCAL search_path = public, s;
-- change
ALTER TABLE public.t ALTER COLUMN a TYPE s.ty USING NULL;
SET LOCAL search_path = s, public;

-- case: partition attached: its own index becomes a part of the whole's => index partition_of
CREATE TABLE public.p (a integer NOT NULL, CONSTRAINT k PRIMARY KEY (a)) PARTITION BY LIST (a);
CREATE TABLE public.t (a integer NOT NULL, CONSTRAINT c PRIMARY KEY (a));
-- change
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- case: partition attached: it gets the trigger of the whole => trigger exists
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE public.p (a integer) PARTITION BY LIST (a);
CREATE TRIGGER g AFTER INSERT ON public.p FOR EACH ROW EXECUTE FUNCTION public.f();
CREATE TABLE public.t (a integer);
-- change
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- case: partition attached: it gets the foreign key of the whole => constraint exists
CREATE TABLE public.r (a integer PRIMARY KEY);
CREATE TABLE public.p (a integer, CONSTRAINT c FOREIGN KEY (a) REFERENCES public.r) PARTITION BY LIST (a);
CREATE TABLE public.t (a integer);
-- change
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- case: partition detached: the constraint stays, now its own => constraint inherited
CREATE TABLE public.p (a integer, CONSTRAINT c CHECK (a > 0)) PARTITION BY LIST (a);
CREATE TABLE public.t PARTITION OF public.p DEFAULT;
-- change
ALTER TABLE public.p DETACH PARTITION public.t;
