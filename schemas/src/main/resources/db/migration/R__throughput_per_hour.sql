DROP VIEW IF EXISTS throughput_per_hour;

CREATE VIEW throughput_per_hour AS
SELECT date_bin('1 hour', created_at, timestamptz '2000-01-01 00:00:00+00') AS hour,
       source_topic,
       count(*)                                     AS jobs,
       count(*) FILTER (WHERE kind = 'segmented')   AS segmented,
       count(*) FILTER (WHERE kind = 'expanded')    AS expanded,
       count(*) FILTER (WHERE kind = 'dead_letter') AS dead_letters
  FROM job_outcome
 GROUP BY hour, source_topic;

COMMENT ON VIEW throughput_per_hour IS 'How many jobs were answered in each hour, by topic';
COMMENT ON COLUMN throughput_per_hour.hour IS 'Begin of the hour';
COMMENT ON COLUMN throughput_per_hour.source_topic IS 'Topic that the jobs came from, which tells the lane';
COMMENT ON COLUMN throughput_per_hour.jobs IS 'All outcomes of the hour';
COMMENT ON COLUMN throughput_per_hour.segmented IS 'Those with a mask';
COMMENT ON COLUMN throughput_per_hour.expanded IS 'Those that became child jobs';
COMMENT ON COLUMN throughput_per_hour.dead_letters IS 'Those that could not be done';
