-- What was in force on a date:
--   SELECT * FROM checkpoint_in_force WHERE in_force @> timestamptz '2026-11-20 12:00+01';
DROP VIEW IF EXISTS checkpoint_in_force;

CREATE VIEW checkpoint_in_force AS
SELECT history.name,
       history.alias,
       history.version,
       checkpoint.digest,
       tstzrange(history.since, history.until) AS in_force,
       history.moved_by,
       history.reason
  FROM (SELECT name, alias, version, moved_by, reason, position,
               since,
               lead(since) OVER (PARTITION BY name, alias ORDER BY position) AS until
          -- Clocks of two machines may disagree: a movement is never in force before the one it replaces.
          FROM (SELECT *, max(moved_at) OVER (PARTITION BY name, alias ORDER BY position) AS since
                  FROM checkpoint_alias_history) AS ordered) AS history
  LEFT JOIN checkpoint ON checkpoint.name = history.name AND checkpoint.version = history.version;

COMMENT ON VIEW checkpoint_in_force IS 'Which version each alias named, and during which time';
COMMENT ON COLUMN checkpoint_in_force.name IS 'Name of the checkpoint';
COMMENT ON COLUMN checkpoint_in_force.alias IS 'The alias, such as production';
COMMENT ON COLUMN checkpoint_in_force.version IS 'Version that it named';
COMMENT ON COLUMN checkpoint_in_force.digest IS 'Digest of that version; null if no worker ever served it';
COMMENT ON COLUMN checkpoint_in_force.in_force IS 'From when, included, until when, excluded; without end for the present one';
COMMENT ON COLUMN checkpoint_in_force.moved_by IS 'Who moved the alias there';
COMMENT ON COLUMN checkpoint_in_force.reason IS 'Why';
