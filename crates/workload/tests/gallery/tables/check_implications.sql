-- One column decides what another may be.
create table payment (
    id integer primary key,
    status text not null check (status in ('open', 'paid', 'failed')),
    paid_at timestamptz,
    failure text,
    amount numeric(10,2) not null,
    is_refund boolean not null,
    check (status <> 'paid' or paid_at is not null),
    check ((status = 'failed') = (failure is not null)),
    check (not is_refund or amount < 0),
    check (is_refund or amount > 0)
);
