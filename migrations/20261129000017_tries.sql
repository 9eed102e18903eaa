-- What is counted of a stage besides the tries that its file is to blame for (attempts).

ALTER TABLE stages
    ADD COLUMN claims smallint NOT NULL DEFAULT 0, -- since somebody last said what came of one
    ADD COLUMN unread smallint NOT NULL DEFAULT 0; -- times in a row that the file's bytes could not be had
-- What is buried for a disk's fault is tried again at not_before.
CREATE INDEX stages_unread ON stages (not_before) WHERE state = 'buried' AND unread > 0;
