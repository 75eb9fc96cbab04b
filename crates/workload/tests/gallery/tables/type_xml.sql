-- XML.
-- needs: xml
create table feeds (
    id integer primary key,
    document xml not null,
    fragment xml
);
