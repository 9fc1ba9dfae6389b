ALTER TABLE imaging_case ADD COLUMN timeout_requested_at timestamptz;

-- The cases that wait for images, longest first: few, however many cases there are.
CREATE INDEX imaging_case_waiting ON imaging_case (updated_at) WHERE finished < images;

COMMENT ON COLUMN imaging_case.closing_job_id IS 'The job whose outcome closed the latest revision, or the control record that did when the time was up';
COMMENT ON COLUMN imaging_case.timeout_requested_at IS 'When a worker last asked for this case to be closed since its time was up; null if none did';

ALTER TABLE case_result
    ADD COLUMN closed_by_time boolean NOT NULL DEFAULT false,
    ADD COLUMN jobs           text[]  NOT NULL DEFAULT '{}',
    ADD COLUMN volume_pending boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN case_result.closing_job_id IS 'The job whose outcome closed this revision, or the control record that did when the time was up; its redelivery publishes the result again';
COMMENT ON COLUMN case_result.message IS 'The published case result, byte for byte (contract case-result.v1); while volume_pending it lacks the volume and is not published';
COMMENT ON COLUMN case_result.closed_by_time IS 'Whether the time was up before the last image came';
COMMENT ON COLUMN case_result.jobs IS 'The jobs whose masks this revision rests on, in the order of the images';
COMMENT ON COLUMN case_result.volume_pending IS 'Whether the lesions of the volume are still to be measured from those masks';
