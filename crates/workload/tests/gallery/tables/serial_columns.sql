-- Serial columns: small, with an odd start, counting down, shared by two tables, and not the key.
create table small_one (id smallserial primary key, title text not null);
create table big_one (id bigserial primary key, number serial not null unique, title text not null);
create sequence shared_number start with 17 increment by 3;
create table first_user (id integer primary key default nextval('shared_number'), title text not null);
create table second_user (id integer primary key default nextval('shared_number'), title text not null);
create sequence downwards increment by -5 start with 100 minvalue -100000 maxvalue 100;
create table descending (id integer primary key default nextval('downwards'), title text not null);
