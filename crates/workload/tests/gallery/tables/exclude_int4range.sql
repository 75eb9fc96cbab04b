-- Ranges of numbers that do not overlap, deferrable, and none is empty.
create table number_block (
    block int4range not null check (not isempty(block)),
    owner text not null,
    constraint number_block_apart exclude using gist (block with &&) deferrable initially deferred
);
