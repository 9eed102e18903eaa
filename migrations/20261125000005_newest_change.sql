-- A timeline's version asks for its libraries' newest transaction: numbers of `seq` become visible in another order
-- than they were drawn, so the highest of them can be the same before and after a late commit.
DROP INDEX changes_library;
CREATE INDEX changes_library ON changes (library_id, xid DESC);
