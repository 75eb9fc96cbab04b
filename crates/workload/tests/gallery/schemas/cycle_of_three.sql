-- Three tables in a ring of references, all NOT NULL, none deferrable, with keys of two columns and a leaf below each.
create table region (id integer primary key, name text not null unique, main_branch integer not null);
create table branch (id integer primary key, name text not null, head_id integer not null, opened date not null);
create table manager (id integer primary key, name text not null, region_id integer not null, salary numeric(10,2) not null check (salary > 0));
alter table region add constraint region_main_branch foreign key (main_branch) references branch;
alter table branch add constraint branch_head foreign key (head_id) references manager;
alter table manager add constraint manager_region foreign key (region_id) references region;
create table region_note (id integer primary key, region_id integer not null references region, body text not null);
create table branch_day (branch_id integer not null references branch, day date not null, sales integer not null check (sales >= 0), primary key (branch_id, day));
create table manager_bonus (manager_id integer primary key references manager, bonus numeric(8,2) not null check (bonus between 0 and 5000));
