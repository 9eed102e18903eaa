-- How much of a date is known, and whether nothing but the library's own zone says which clock it was: what goes out to
-- other programs says no more than that. Filled as files are read again (domain::job::Stage::version).
ALTER TABLE assets
    ADD COLUMN taken_precision text    NOT NULL DEFAULT 'moment'
        CHECK (taken_precision IN ('moment', 'day', 'month', 'year')),
    ADD COLUMN taken_assumed   boolean NOT NULL DEFAULT false;
