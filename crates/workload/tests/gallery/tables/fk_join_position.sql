-- An ordered list: no two songs in one place, no song twice.
create table playlist (id integer primary key, name text not null);
create table song (id integer primary key, title text not null);
create table playlist_song (
    playlist_id integer not null references playlist,
    position integer not null check (position >= 1),
    song_id integer not null references song,
    primary key (playlist_id, position),
    unique (playlist_id, song_id)
);
