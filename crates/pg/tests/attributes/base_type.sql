-- case: exists
-- change
CREATE TYPE public.t;

-- case: exists (defined)
-- change
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);

-- case: defined
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
-- change
CREATE TYPE public.t (input = public.t_in, output = public.t_out);

-- case: input
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.other_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.other_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE TYPE public.t (input = public.other_in, output = public.t_out);

-- case: output
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.other_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.other_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.other_out);

-- case: receive
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.t_recv(internal) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textrecv';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t SET (receive = public.t_recv);

-- case: send
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.t_send(public.t) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'textsend';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t SET (send = public.t_send);

-- case: modifier_input
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.t_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t SET (typmod_in = public.t_typmod_in);

-- case: modifier_output
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.t_typmod_out(integer) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t SET (typmod_out = public.t_typmod_out);

-- case: analyze
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.t_analyze(internal) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'array_typanalyze';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t SET (analyze = public.t_analyze);

-- case: subscript
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION public.t_subscript(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'raw_array_subscript_handler';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t SET (subscript = public.t_subscript);

-- case: length
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, internallength = 8);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, internallength = 16);

-- case: by_value
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, internallength = 4);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, internallength = 4, passedbyvalue);

-- case: alignment
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, alignment = int4);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, alignment = double);

-- case: storage
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t SET (storage = extended);

-- case: category
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, category = 'S');

-- case: preferred
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, preferred = true);

-- case: delimiter
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, delimiter = ';');

-- case: element
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, internallength = 16);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, internallength = 16, element = double precision);

-- case: default
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, default = 'x');

-- case: default (another)
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, default = 'x');
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, default = 'it''s');

-- case: collatable
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
DROP TYPE public.t CASCADE;
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out, collatable = true);

-- case: owner
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
ALTER TYPE public.t OWNER TO pg_monitor;

-- case: owner (of a shell)
CREATE TYPE public.t;
-- change
ALTER TYPE public.t OWNER TO pg_monitor;

-- case: privileges
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
REVOKE USAGE ON TYPE public.t FROM PUBLIC;

-- case: comment
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
COMMENT ON TYPE public.t IS 'x';

-- case: labels
CREATE TYPE public.t;
CREATE FUNCTION public.t_in(cstring) RETURNS public.t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION public.t_out(public.t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE public.t (input = public.t_in, output = public.t_out);
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.t'::regtype, 'pg_type'::regclass, 0, 'provider', 'label');
