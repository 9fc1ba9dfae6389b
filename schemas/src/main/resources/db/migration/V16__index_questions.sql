-- What the lists, the export and the comparison ask for, so that none of them reads a whole table to answer a page.

-- Pages of jobs, newest first; the id makes the order total. Takes over all that the index by time alone did.
CREATE INDEX job_outcome_page ON job_outcome (created_at DESC, job_id);
DROP INDEX job_outcome_newest;

-- Jobs of one checkpoint, newest first.
CREATE INDEX job_outcome_by_checkpoint ON job_outcome (checkpoint_digest, created_at DESC) WHERE checkpoint_digest IS NOT NULL;

-- The cases of one side of a comparison, in the order of its pages.
CREATE INDEX imaging_case_by_reference ON imaging_case (reference, case_id);
CREATE INDEX imaging_case_by_checkpoint ON imaging_case (checkpoint_digest, case_id) WHERE checkpoint_digest IS NOT NULL;

-- Large lesions are few: the index finds them where reading newest first would not.
CREATE INDEX lesion_by_square_millimetres ON lesion (area_square_millimetres) WHERE area_square_millimetres IS NOT NULL;
CREATE INDEX volume_lesion_by_volume ON volume_lesion (volume_cubic_millimetres) WHERE volume_cubic_millimetres IS NOT NULL;
