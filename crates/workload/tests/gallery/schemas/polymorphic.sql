-- Comments on exactly one of three things, and a rating that says the kind and the key in two columns.
create table article (id integer primary key, title text not null);
create table photo (id integer primary key, file text not null check (file like '%.jpg'));
create table video (id integer primary key, seconds integer not null check (seconds between 1 and 7200));
create table remark (
    id integer primary key,
    article_id integer references article,
    photo_id integer references photo,
    video_id integer references video,
    reply_to integer references remark,
    body text not null,
    check (num_nonnulls(article_id, photo_id, video_id) = 1),
    check (reply_to <> id)
);
create table rating (
    subject_type text not null check (subject_type in ('article', 'photo', 'video')),
    subject_id integer not null,
    person integer not null,
    stars smallint not null check (stars between 1 and 5),
    primary key (subject_type, subject_id, person)
);
create table pinned (
    slot smallint primary key check (slot between 1 and 10),
    article_id integer unique references article,
    photo_id integer unique references photo,
    check ((article_id is not null)::integer + (photo_id is not null)::integer = 1)
);
