-- Ranges and multiranges of every kind, and one of our own.
create type float_range as range (subtype = double precision);
create table ranges (
    whole int4range not null,
    large int8range not null,
    exact numrange not null,
    stamps tsrange not null,
    zones tstzrange not null,
    days daterange not null,
    floats float_range not null,
    many int4multirange not null,
    many_large int8multirange not null,
    many_exact nummultirange not null,
    many_stamps tsmultirange not null,
    many_zones tstzmultirange not null,
    many_days datemultirange not null
);
