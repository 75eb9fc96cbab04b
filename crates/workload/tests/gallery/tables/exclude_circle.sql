-- Circles that do not touch.
create table lawn_sprinkler (
    id integer primary key,
    area circle not null,
    exclude using gist (area with &&)
);
