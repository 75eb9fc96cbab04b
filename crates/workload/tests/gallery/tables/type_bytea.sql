-- Bytes, and large ones.
create table blobs (
    id integer primary key,
    photo bytea not null,
    checksum bytea not null unique check (octet_length(checksum) = 16),
    signature bytea
);
