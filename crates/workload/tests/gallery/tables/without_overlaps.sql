-- A key without overlaps: a period for each stretch of a road, and references to whole periods.
-- needs: server 18
create table road_work (
    stretch int4range not null,
    during daterange not null,
    firm text not null,
    primary key (stretch, during without overlaps)
);
