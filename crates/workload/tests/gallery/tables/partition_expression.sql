-- Partitions by an expression.
create table letter (
    sender text not null,
    sent_on date not null
) partition by range ((extract(year from sent_on)));
create table letter_2023 partition of letter for values from (2023) to (2024);
create table letter_2024 partition of letter for values from (2024) to (2025);
create table letter_rest partition of letter default;
