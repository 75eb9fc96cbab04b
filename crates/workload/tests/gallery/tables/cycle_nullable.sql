-- Two tables refer to each other; one side may be NULL.
create table team (id integer primary key, captain_id integer, name text not null);
create table athlete (id integer primary key, team_id integer not null references team, name text not null);
alter table team add foreign key (captain_id) references athlete;
