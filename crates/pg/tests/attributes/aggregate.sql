-- case: exists
-- change
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);

-- case: arguments
CREATE AGGREGATE public.g(a integer) (sfunc = int4pl, stype = integer);
-- change
DROP AGGREGATE public.g(a integer);
CREATE AGGREGATE public.g(b integer) (sfunc = int4pl, stype = integer);

-- case: arguments (variadic)
CREATE FUNCTION public.s(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE public.g(text[]) (sfunc = public.s, stype = text);
-- change
DROP AGGREGATE public.g(text[]);
CREATE AGGREGATE public.g(VARIADIC text[]) (sfunc = public.s, stype = text);

-- case: result
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
DROP AGGREGATE public.g(integer);
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, finalfunc = int8);

-- case: form
CREATE FUNCTION public.s(internal, anyelement) RETURNS internal LANGUAGE internal AS 'ordered_set_transition';
CREATE FUNCTION public.e(internal) RETURNS integer LANGUAGE internal AS 'mode_final';
CREATE AGGREGATE public.g(ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = mode_final, finalfunc_extra);
-- change
DROP AGGREGATE public.g(ORDER BY anyelement);
CREATE AGGREGATE public.g(anyelement) (sfunc = public.s, stype = internal, finalfunc = public.e);

-- case: form (hypothetical)
CREATE AGGREGATE public.g(VARIADIC "any" ORDER BY VARIADIC "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra);
-- change
DROP AGGREGATE public.g(VARIADIC "any" ORDER BY VARIADIC "any");
CREATE AGGREGATE public.g(VARIADIC "any" ORDER BY VARIADIC "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical);

-- case: direct_arguments
CREATE FUNCTION public.s(internal, integer) RETURNS internal LANGUAGE internal AS 'ordered_set_transition';
CREATE FUNCTION public.s(internal, integer, integer) RETURNS internal LANGUAGE internal AS 'ordered_set_transition';
CREATE FUNCTION public.e(internal, integer) RETURNS integer LANGUAGE internal AS 'mode_final';
CREATE FUNCTION public.e(internal, integer, integer) RETURNS integer LANGUAGE internal AS 'mode_final';
CREATE AGGREGATE public.g(integer, integer ORDER BY integer) (sfunc = public.s, stype = internal, finalfunc = public.e);
-- change
DROP AGGREGATE public.g(integer, integer ORDER BY integer);
CREATE AGGREGATE public.g(integer ORDER BY integer, integer) (sfunc = public.s, stype = internal, finalfunc = public.e);

-- case: transition
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4mul, stype = integer);

-- case: state_type
CREATE FUNCTION public.s(bigint, integer) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, finalfunc = int8);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = public.s, stype = bigint);

-- case: state_size
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, sspace = 64);

-- case: initial_state
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, initcond = '0');

-- case: initial_state (empty is not none)
CREATE AGGREGATE public.g(text) (sfunc = textcat, stype = text);
-- change
CREATE OR REPLACE AGGREGATE public.g(text) (sfunc = textcat, stype = text, initcond = '');

-- case: final
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, finalfunc = int4abs);

-- case: final_extra
CREATE FUNCTION public.e(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, finalfunc = int4abs);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, finalfunc = public.e, finalfunc_extra);

-- case: final_modify
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, finalfunc = int4abs);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, finalfunc = int4abs, finalfunc_modify = read_write);

-- case: combine
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, combinefunc = int4pl);

-- case: serialize
CREATE AGGREGATE public.g(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_avg, combinefunc = int8_avg_combine);
-- change
CREATE OR REPLACE AGGREGATE public.g(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_avg, combinefunc = int8_avg_combine, serialfunc = int8_avg_serialize, deserialfunc = int8_avg_deserialize);

-- case: serialize (another)
CREATE AGGREGATE public.g(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_avg, combinefunc = int8_avg_combine, serialfunc = int8_avg_serialize, deserialfunc = int8_avg_deserialize);
-- change
CREATE OR REPLACE AGGREGATE public.g(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_avg, combinefunc = int8_avg_combine, serialfunc = numeric_avg_serialize, deserialfunc = int8_avg_deserialize);

-- case: deserialize
CREATE AGGREGATE public.g(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_avg, combinefunc = int8_avg_combine, serialfunc = int8_avg_serialize, deserialfunc = int8_avg_deserialize);
-- change
CREATE OR REPLACE AGGREGATE public.g(bigint) (sfunc = int8_avg_accum, stype = internal, finalfunc = numeric_poly_avg, combinefunc = int8_avg_combine, serialfunc = int8_avg_serialize, deserialfunc = numeric_avg_deserialize);

-- case: moving_transition
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer);

-- case: moving_transition (another)
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4mul, minvfunc = int4mi, mstype = integer);

-- case: moving_inverse
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4div, mstype = integer);

-- case: moving_state_type
CREATE FUNCTION public.s(bigint, integer) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION public.e(bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.e(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, mfinalfunc = public.e);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = public.s, minvfunc = public.s, mstype = bigint, mfinalfunc = public.e);

-- case: moving_state_size
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, msspace = 64);

-- case: moving_initial_state
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, minitcond = '0');

-- case: moving_final
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, mfinalfunc = int4abs);

-- case: moving_final_extra
CREATE FUNCTION public.e(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, mfinalfunc = int4abs);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, mfinalfunc = public.e, mfinalfunc_extra);

-- case: moving_final_modify
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, mfinalfunc = int4abs);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, msfunc = int4pl, minvfunc = int4mi, mstype = integer, mfinalfunc = int4abs, mfinalfunc_modify = shareable);

-- case: sort_operator
CREATE AGGREGATE public.g(integer) (sfunc = int4smaller, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4smaller, stype = integer, sortop = OPERATOR(pg_catalog.<));

-- case: parallel
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
CREATE OR REPLACE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer, parallel = safe);

-- case: owner
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
ALTER AGGREGATE public.g(integer) OWNER TO pg_monitor;

-- case: privileges
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
REVOKE EXECUTE ON FUNCTION public.g(integer) FROM PUBLIC;

-- case: comment
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
COMMENT ON AGGREGATE public.g(integer) IS 'x';

-- case: labels
CREATE AGGREGATE public.g(integer) (sfunc = int4pl, stype = integer);
-- change
INSERT INTO pg_catalog.pg_seclabel VALUES ('public.g(integer)'::regprocedure, 'pg_proc'::regclass, 0, 'provider', 'label');
