-- How that was made which a stage has made, where settings decide it: another plan makes it again. It says also that it is
-- there, whatever the stage is at.

ALTER TABLE stages ADD COLUMN plan text;
COMMENT ON COLUMN stages.policy IS 'what the administrator wanted when it was skipped; ''wanted'' where a person has asked for it';
