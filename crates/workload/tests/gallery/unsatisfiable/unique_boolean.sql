-- Only two rows are possible: these two are made.
-- expect: public.two_flags: any 2
-- expect: public.child: filled
create table two_flags (flag boolean not null unique);
create table child (id integer primary key, flag boolean not null references two_flags (flag));
