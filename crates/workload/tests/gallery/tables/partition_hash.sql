-- Partitions by hash, one remainder of which is not there.
create table session (
    token uuid not null primary key,
    user_id integer not null,
    seen_at timestamptz
) partition by hash (token);
create table session_0 partition of session for values with (modulus 4, remainder 0);
create table session_1 partition of session for values with (modulus 4, remainder 1);
create table session_2 partition of session for values with (modulus 4, remainder 2);
