-- Unique on a hash, and on the beginning of a text.
create table document (
    body text not null,
    title varchar(200) not null
);
create unique index document_body on document (md5(body));
create unique index document_title on document (left(title, 20));
