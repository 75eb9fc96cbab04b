-- Partitions by hash of two columns.
create table vote (
    poll integer not null,
    voter text not null,
    choice smallint not null check (choice between 1 and 5),
    primary key (poll, voter)
) partition by hash (poll, voter);
create table vote_0 partition of vote for values with (modulus 2, remainder 0);
create table vote_1 partition of vote for values with (modulus 4, remainder 1);
create table vote_3 partition of vote for values with (modulus 4, remainder 3);
