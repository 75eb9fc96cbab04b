-- Points, lines, segments, boxes, paths, polygons, circles.
create table drawings (
    at point not null,
    straight line not null,
    piece lseg not null,
    frame box not null,
    way path not null,
    area polygon not null,
    round circle not null,
    corners point[] not null,
    frames box[] not null
);
