-- One visit a day for each patient: unique on a truncated moment.
create table visit (
    patient integer not null check (patient between 1 and 50),
    arrived_at timestamp not null,
    note text
);
create unique index visit_a_day on visit (patient, date_trunc('day', arrived_at));
create unique index visit_of_the_hour on visit ((arrived_at::date), (extract(hour from arrived_at)), patient);
