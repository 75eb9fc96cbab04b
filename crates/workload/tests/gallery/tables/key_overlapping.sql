-- Two unique keys that share a column.
create table timetable (
    room integer not null,
    slot integer not null check (slot between 1 and 60),
    teacher integer not null,
    unique (room, slot),
    unique (slot, teacher)
);
