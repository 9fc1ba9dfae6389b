-- Every checkpoint that any worker ever served. Mirrors the manifests of the checkpoint store, which is the truth: no other table
-- refers to this one by a foreign key, so that a result never fails to be stored because the mirror lags behind.
CREATE TABLE checkpoint (
    digest        text        NOT NULL PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    name          text        NOT NULL,
    version       integer     NOT NULL CHECK (version >= 1),
    manifest      jsonb       NOT NULL,
    first_seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX checkpoint_by_name ON checkpoint (name, version);

COMMENT ON TABLE checkpoint IS 'Every checkpoint that was ever served; mirrors the manifests of the checkpoint store';
COMMENT ON COLUMN checkpoint.digest IS 'SHA-256 of the canonical manifest: names weights, classes, input and lesion rules at once';
COMMENT ON COLUMN checkpoint.name IS 'Name of the checkpoint';
COMMENT ON COLUMN checkpoint.version IS 'Version within the name, counted from 1';
COMMENT ON COLUMN checkpoint.manifest IS 'The whole manifest (contract checkpoint-manifest.v1)';
COMMENT ON COLUMN checkpoint.first_seen_at IS 'When a worker first loaded it';
