-- All that a tile shows lies in the index of the timeline: a month is read from neighbouring pages, not from each
-- asset's own row of sixty columns.
DROP INDEX assets_timeline;
CREATE INDEX assets_timeline ON assets (library_id, local_at DESC, id DESC) INCLUDE (ratio, tag, flags, thumbhash)
    WHERE state = 'active' AND local_at IS NOT NULL;
