-- Bits, fixed and varying.
create table masks (
    one bit not null,
    eight bit(8) not null,
    up_to_five bit varying(5) not null,
    free bit varying not null,
    unique (eight)
);
