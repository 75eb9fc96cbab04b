-- The tenant is in every key and in every reference; numbers count within a tenant.
create table tenant (id uuid primary key, name text not null, plan text not null default 'free' check (plan in ('free', 'team', 'firm')));
create table tenant_user (
    tenant_id uuid not null references tenant on delete cascade,
    id bigint generated always as identity,
    email text not null,
    invited_by bigint,
    primary key (tenant_id, id),
    foreign key (tenant_id, invited_by) references tenant_user
);
create unique index tenant_user_email on tenant_user (tenant_id, lower(email));
create table tenant_group (
    tenant_id uuid not null references tenant,
    id bigint generated always as identity,
    name text not null,
    owner_id bigint not null,
    primary key (tenant_id, id),
    unique (tenant_id, name),
    foreign key (tenant_id, owner_id) references tenant_user
);
create table membership (
    tenant_id uuid not null,
    group_id bigint not null,
    user_id bigint not null,
    role text not null check (role in ('member', 'admin')),
    primary key (tenant_id, group_id, user_id),
    foreign key (tenant_id, group_id) references tenant_group,
    foreign key (tenant_id, user_id) references tenant_user
);
create unique index membership_one_admin on membership (tenant_id, group_id) where role = 'admin';
create table issue (
    tenant_id uuid not null references tenant,
    number integer not null check (number > 0),
    group_id bigint,
    author_id bigint not null,
    assignee_id bigint,
    parent_number integer,
    title varchar(120) not null check (btrim(title) <> ''),
    opened_at timestamptz not null default now(),
    closed_at timestamptz check (closed_at >= opened_at),
    primary key (tenant_id, number),
    foreign key (tenant_id, group_id) references tenant_group,
    foreign key (tenant_id, author_id) references tenant_user,
    foreign key (tenant_id, assignee_id) references tenant_user,
    foreign key (tenant_id, parent_number) references issue,
    check (parent_number is distinct from number)
);
create table issue_link (
    tenant_id uuid not null,
    from_number integer not null,
    to_number integer not null,
    kind text not null check (kind in ('blocks', 'repeats')),
    primary key (tenant_id, from_number, to_number, kind),
    foreign key (tenant_id, from_number) references issue,
    foreign key (tenant_id, to_number) references issue,
    check (from_number <> to_number)
);
