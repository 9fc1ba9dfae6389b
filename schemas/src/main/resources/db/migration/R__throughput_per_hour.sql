-- Its place was taken by throughput_by_hour. A repeatable migration that was applied once must not disappear.
DROP VIEW IF EXISTS throughput_per_hour;
