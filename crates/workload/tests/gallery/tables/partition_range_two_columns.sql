-- Ranges over two columns, with MINVALUE and MAXVALUE.
create table archive (
    year integer not null,
    quarter integer not null check (quarter between 1 and 4),
    title text not null
) partition by range (year, quarter);
create table archive_old partition of archive for values from (minvalue, minvalue) to (2020, 1);
create table archive_2020 partition of archive for values from (2020, 1) to (2021, 1);
create table archive_2021_first partition of archive for values from (2021, 1) to (2021, 3);
create table archive_new partition of archive for values from (2022, 1) to (maxvalue, maxvalue);
