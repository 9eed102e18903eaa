-- AV1 is not played by every browser (domain::film): films that were left as they are because it was thought to be are
-- looked at again.
UPDATE stages s
SET state = 'pending', priority = 1, attempts = 0, error = NULL, not_before = now(), updated_at = now()
FROM assets a
WHERE a.id = s.asset_id AND s.stage = 'transcode' AND s.state = 'skipped' AND a.video_codec = 'av1';
