CREATE MATERIALIZED VIEW daily_means AS
SELECT sensor_id, date_trunc('day', at, 'UTC') AS day, avg(value) AS mean
FROM readings GROUP BY 1, 2;
