-- Changes that are one person's: something of theirs about an object is another, and nobody else is told. 0: everybody's.

ALTER TABLE changes ADD COLUMN user_id bigint NOT NULL DEFAULT 0;
ALTER TABLE changes DROP CONSTRAINT changes_pkey;
ALTER TABLE changes ADD PRIMARY KEY (kind, object_id, user_id);
-- They are no new version of a timeline.
DROP INDEX changes_library;
CREATE INDEX changes_library ON changes (library_id, xid DESC) WHERE user_id = 0;
