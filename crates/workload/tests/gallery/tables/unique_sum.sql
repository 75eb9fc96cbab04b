-- Unique on the sum of two columns.
create table weight (
    tare integer not null check (tare >= 0),
    net integer not null check (net > 0)
);
create unique index weight_gross on weight ((tare + net));
