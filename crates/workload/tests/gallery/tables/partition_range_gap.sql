-- Ranges of moments with a gap between them and no default.
create table log_entry (
    id bigint not null,
    logged_at timestamptz not null,
    line text not null,
    primary key (id, logged_at)
) partition by range (logged_at);
create table log_entry_2019_01 partition of log_entry for values from ('2019-01-01 00:00+00') to ('2019-02-01 00:00+00');
create table log_entry_2019_02 partition of log_entry for values from ('2019-02-01 00:00+00') to ('2019-03-01 00:00+00');
create table log_entry_2019_11 partition of log_entry for values from ('2019-11-01 00:00+00') to ('2019-12-01 00:00+00');
