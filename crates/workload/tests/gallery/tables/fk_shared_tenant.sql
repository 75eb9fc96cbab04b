-- Two composite foreign keys share the tenant.
create table tenant (
    id integer primary key,
    name text not null
);
create table project (
    tenant_id integer not null references tenant,
    id integer not null,
    name text not null,
    primary key (tenant_id, id)
);
create table worker (
    tenant_id integer not null references tenant,
    id integer not null,
    name text not null,
    primary key (tenant_id, id)
);
create table assignment (
    tenant_id integer not null,
    project_id integer not null,
    worker_id integer not null,
    hours numeric(4,1) not null check (hours > 0 and hours <= 40),
    primary key (tenant_id, project_id, worker_id),
    foreign key (tenant_id, project_id) references project,
    foreign key (tenant_id, worker_id) references worker
);
