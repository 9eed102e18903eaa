-- What a change left behind, so that it can be undone where others have changed something else of the same asset since.
-- Until now a change was undone as a whole or not at all: the next one found what it had left.
ALTER TABLE edit_steps ADD COLUMN after jsonb; -- domain::edit::Edit
UPDATE edit_steps s
SET after = coalesce(
    (SELECT n.before FROM edit_steps n WHERE n.asset_id = s.asset_id AND n.edit_id > s.edit_id
     ORDER BY n.edit_id LIMIT 1),
    (SELECT e.said FROM asset_edits e WHERE e.asset_id = s.asset_id));
-- What is undone is no longer a change.
UPDATE edit_steps s SET before = after FROM edits e WHERE e.id = s.edit_id AND e.undone_at IS NOT NULL;
