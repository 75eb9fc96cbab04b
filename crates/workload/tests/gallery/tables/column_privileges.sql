-- Privileges on columns and tables, which stay.
create table salary (id integer primary key, name text not null, amount numeric(10,2) not null);
grant select (id, name), insert (name) on salary to pg_monitor;
grant select on salary to public;
revoke update on salary from current_user;
