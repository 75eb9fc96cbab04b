-- Everybody is in a department, every department has a head who is in it.
create table department (id integer primary key, name text not null unique, head_id integer not null);
create table employee (
    id integer primary key,
    department_id integer not null references department,
    manager_id integer references employee,
    email text not null unique check (email like '%@%.%'),
    hired_on date not null,
    left_on date,
    salary numeric(9,2) not null check (salary between 1000 and 20000),
    unique (id, department_id),
    check (left_on > hired_on),
    check (manager_id <> id)
);
alter table department add foreign key (head_id, id) references employee (id, department_id);
