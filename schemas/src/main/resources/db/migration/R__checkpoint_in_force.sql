-- What was in force on a date:
--   SELECT * FROM checkpoint_in_force('2026-11-20 12:00+01');
DROP FUNCTION IF EXISTS checkpoint_in_force(timestamptz);
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

CREATE FUNCTION checkpoint_in_force(moment timestamptz)
    RETURNS TABLE (name text, alias text, version integer, digest text, since timestamptz, moved_by text, reason text)
    LANGUAGE sql STABLE
AS $$
    SELECT known.name, known.alias, known.version, known.digest, lower(known.in_force), known.moved_by, known.reason
      FROM checkpoint_in_force AS known
     WHERE known.in_force @> moment
     ORDER BY known.name, known.alias
$$;

COMMENT ON FUNCTION checkpoint_in_force(timestamptz) IS 'Which checkpoint every alias meant at a moment, since when, and who had moved it there for what reason';
