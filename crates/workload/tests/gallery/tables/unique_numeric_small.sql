-- Every value of numeric(2,2) between 0 and 0.99 once.
-- expect: public.share: any 100
create table share (
    part numeric(2,2) primary key check (part >= 0),
    note text
);
