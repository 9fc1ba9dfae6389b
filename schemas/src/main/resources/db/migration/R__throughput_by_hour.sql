DROP VIEW IF EXISTS throughput_by_hour;

CREATE VIEW throughput_by_hour AS
SELECT date_bin('1 hour', created_at, timestamptz '2000-01-01 00:00:00+00') AS hour,
       source_topic,
       count(*)                                     AS jobs,
       count(*) FILTER (WHERE kind = 'segmented')   AS segmented,
       count(*) FILTER (WHERE kind = 'expanded')    AS expanded,
       count(*) FILTER (WHERE kind = 'dead_letter') AS dead_letters,
       -- The present hour is not over yet.
       count(*) FILTER (WHERE kind = 'segmented')
           / extract(epoch FROM least(now(), date_bin('1 hour', max(created_at), timestamptz '2000-01-01 00:00:00+00')
                                             + interval '1 hour')
                                - date_bin('1 hour', max(created_at), timestamptz '2000-01-01 00:00:00+00'))::double precision
           AS images_per_second
  FROM job_outcome
 GROUP BY hour, source_topic;

COMMENT ON VIEW throughput_by_hour IS 'How many jobs were answered in each hour, by topic';
COMMENT ON COLUMN throughput_by_hour.hour IS 'Begin of the hour';
COMMENT ON COLUMN throughput_by_hour.source_topic IS 'Topic that the jobs came from, which tells the lane';
COMMENT ON COLUMN throughput_by_hour.jobs IS 'All outcomes of the hour';
COMMENT ON COLUMN throughput_by_hour.segmented IS 'Those with a mask';
COMMENT ON COLUMN throughput_by_hour.expanded IS 'Those that became child jobs';
COMMENT ON COLUMN throughput_by_hour.dead_letters IS 'Those that could not be done';
COMMENT ON COLUMN throughput_by_hour.images_per_second IS 'Segmented images per second over the hour, or over what has passed of the present one';
