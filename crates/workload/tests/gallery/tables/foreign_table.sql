-- A foreign table is skipped and said; what is local is filled.
-- needs: file_fdw
-- expect: public.elsewhere: skipped
create server files foreign data wrapper file_fdw;
create foreign table elsewhere (id integer not null, line text) server files options (filename '/dev/null');
create table here (id integer primary key, line text not null);
