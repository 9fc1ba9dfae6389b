-- Mirrors aliases.json of the checkpoint store, one row per movement. The position in the file is the key, so mirroring the same file
-- again, or by several workers at once, changes nothing.
CREATE TABLE checkpoint_alias_history (
    name     text        NOT NULL,
    position integer     NOT NULL CHECK (position >= 1),
    alias    text        NOT NULL,
    version  integer     NOT NULL CHECK (version >= 1),
    moved_at timestamptz NOT NULL,
    moved_by text        NOT NULL,
    reason   text        NOT NULL,
    PRIMARY KEY (name, position)
);

COMMENT ON TABLE checkpoint_alias_history IS 'Every movement of every alias; mirrors the append-only alias files of the checkpoint store';
COMMENT ON COLUMN checkpoint_alias_history.name IS 'Name of the checkpoint';
COMMENT ON COLUMN checkpoint_alias_history.position IS 'Place of the movement in the alias file of that name, counted from 1';
COMMENT ON COLUMN checkpoint_alias_history.alias IS 'The alias that was moved, such as production';
COMMENT ON COLUMN checkpoint_alias_history.version IS 'The version that it names from then on';
COMMENT ON COLUMN checkpoint_alias_history.moved_at IS 'When it was moved';
COMMENT ON COLUMN checkpoint_alias_history.moved_by IS 'Who moved it';
COMMENT ON COLUMN checkpoint_alias_history.reason IS 'Why, in words';
