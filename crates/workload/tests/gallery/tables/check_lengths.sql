-- Lengths in characters, bytes and bits.
create table message (
    id integer primary key,
    subject text not null check (char_length(subject) between 3 and 80),
    body text not null check (length(body) >= 200),
    code text not null check (length(code) = 8),
    short text check (octet_length(short) < 10),
    signature bytea not null check (octet_length(signature) = 64),
    flags bit varying not null check (bit_length(flags) = 16),
    title text not null check (length(trim(title)) > 0)
);
