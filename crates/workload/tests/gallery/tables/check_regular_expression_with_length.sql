-- A regular expression, a length and a type's limit at once.
create table voucher (
    code varchar(16) primary key check (code ~ '^[A-Z0-9]+$' and length(code) between 10 and 12),
    pin char(4) not null check (pin ~ '^\d{4}$' and pin <> '0000'),
    campaign text not null check (campaign ~ '^(spring|summer)-20(24|25)$')
);
