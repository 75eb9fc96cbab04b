-- Two tables refer to each other, NOT NULL on both sides, and nothing can be deferred: no single INSERT could begin.
create table album (id integer primary key, cover_id integer not null, title text not null);
create table picture (id integer primary key, album_id integer not null, title text not null);
alter table album add foreign key (cover_id) references picture;
alter table picture add foreign key (album_id) references album;
