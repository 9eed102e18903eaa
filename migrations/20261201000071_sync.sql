-- What clients that keep a copy are told besides: who is a member of what, what is in albums, what is said there. All of it is
-- written by triggers, so that no way of changing it is forgotten (ADR 23).

ALTER TABLE changes
    DROP CONSTRAINT changes_kind_check,
    ADD CONSTRAINT changes_kind_check CHECK (kind IN (
        'asset', 'library', 'folder', 'user', 'album', 'sight', 'entry', 'membership', 'comment', 'like'));
-- A person's own memberships and sights, which say what they have gained and lost.
CREATE INDEX changes_access ON changes (user_id) WHERE kind IN ('membership', 'sight');
-- What belongs to an album.
CREATE INDEX changes_album ON changes (album_id, kind, object_id) WHERE album_id IS NOT NULL;
-- Entries of an asset that have ended.
CREATE INDEX changes_ended ON changes (asset_id) WHERE kind = 'entry' AND gone;
-- All of a library, in the order of its assets' numbers, for those who have just become members.
CREATE INDEX assets_library ON assets (library_id, id);
ALTER TABLE album_likes ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;

-- A membership begins and ends for one person; another role is a change of the library for that person alone.
CREATE FUNCTION tell_of_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO changes (kind, object_id, library_id, user_id, gone)
        VALUES ('membership', OLD.library_id, OLD.library_id, OLD.user_id, true)
        ON CONFLICT (kind, object_id, user_id) DO UPDATE
        SET gone = true, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO changes (kind, object_id, library_id, user_id)
        VALUES ('membership', NEW.library_id, NEW.library_id, NEW.user_id)
        ON CONFLICT (kind, object_id, user_id) DO UPDATE
        SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    ELSIF NEW.role <> OLD.role THEN
        INSERT INTO changes (kind, object_id, library_id, user_id)
        VALUES ('library', NEW.library_id, NEW.library_id, NEW.user_id)
        ON CONFLICT (kind, object_id, user_id) DO UPDATE
        SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER library_members_told AFTER INSERT OR UPDATE OR DELETE ON library_members
    FOR EACH ROW EXECUTE FUNCTION tell_of_membership();

-- Entries: those that come, those that are put elsewhere by hand, those that end.
CREATE FUNCTION tell_of_new_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (kind, object_id, album_id, asset_id)
    SELECT 'entry', f.id, f.album_id, f.asset_id FROM fresh f ORDER BY f.id
    ON CONFLICT (kind, object_id, user_id) DO UPDATE
    SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    RETURN NULL;
END $$;
CREATE TRIGGER album_assets_new AFTER INSERT ON album_assets
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tell_of_new_entries();

CREATE FUNCTION tell_of_moved_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (kind, object_id, album_id, asset_id)
    SELECT 'entry', f.id, f.album_id, f.asset_id FROM fresh f JOIN former o ON o.id = f.id
    WHERE (f.place, f.added_by) IS DISTINCT FROM (o.place, o.added_by) ORDER BY f.id
    ON CONFLICT (kind, object_id, user_id) DO UPDATE
    SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    RETURN NULL;
END $$;
CREATE TRIGGER album_assets_moved AFTER UPDATE ON album_assets
    REFERENCING OLD TABLE AS former NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tell_of_moved_entries();

CREATE OR REPLACE FUNCTION tell_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (kind, object_id, gone, album_id, asset_id)
    SELECT 'entry', g.id, true, g.album_id, g.asset_id FROM gone g
    JOIN albums a ON a.id = g.album_id AND a.deleted_at IS NULL ORDER BY g.id
    ON CONFLICT (kind, object_id, user_id) DO UPDATE
    SET gone = true, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    RETURN NULL;
END $$;

-- Comments and likes; the kind is the trigger's argument.
CREATE FUNCTION tell_of_talk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (kind, object_id, album_id, asset_id)
    SELECT TG_ARGV[0], f.id, f.album_id, f.asset_id FROM fresh f ORDER BY f.id
    ON CONFLICT (kind, object_id, user_id) DO UPDATE
    SET gone = false, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    RETURN NULL;
END $$;
CREATE FUNCTION tell_of_talk_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (kind, object_id, gone, album_id, asset_id)
    SELECT TG_ARGV[0], g.id, true, g.album_id, g.asset_id FROM gone g ORDER BY g.id
    ON CONFLICT (kind, object_id, user_id) DO UPDATE
    SET gone = true, xid = excluded.xid, seq = excluded.seq, at = excluded.at;
    RETURN NULL;
END $$;
CREATE TRIGGER album_comments_new AFTER INSERT ON album_comments
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tell_of_talk('comment');
CREATE TRIGGER album_comments_gone AFTER DELETE ON album_comments
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tell_of_talk_gone('comment');
CREATE TRIGGER album_likes_new AFTER INSERT ON album_likes
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tell_of_talk('like');
CREATE TRIGGER album_likes_gone AFTER DELETE ON album_likes
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tell_of_talk_gone('like');

-- What is said of an asset in an album is shown as long as the asset lies in it, or in one within it. Where albums come to
-- lie in others, or do so no longer, it may be shown or hidden.
CREATE FUNCTION tell_of_talk_around() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE changes SET xid = pg_current_xact_id(), seq = nextval('feed_seq'), at = now()
    WHERE kind IN ('comment', 'like') AND asset_id IS NOT NULL
      AND album_id IN (SELECT t.ancestor_id FROM tree t WHERE t.distance > 0);
    RETURN NULL;
END $$;
CREATE TRIGGER album_ancestors_new AFTER INSERT ON album_ancestors
    REFERENCING NEW TABLE AS tree FOR EACH STATEMENT EXECUTE FUNCTION tell_of_talk_around();
CREATE TRIGGER album_ancestors_gone AFTER DELETE ON album_ancestors
    REFERENCING OLD TABLE AS tree FOR EACH STATEMENT EXECUTE FUNCTION tell_of_talk_around();

CREATE FUNCTION tell_of_talk_above() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE changes SET xid = pg_current_xact_id(), seq = nextval('feed_seq'), at = now()
    WHERE kind IN ('comment', 'like') AND asset_id IS NOT NULL
      AND album_id IN (SELECT ancestor_id FROM album_ancestors WHERE album_id = NEW.id AND distance > 0);
    RETURN NULL;
END $$;
CREATE TRIGGER albums_deleted AFTER UPDATE OF deleted_at ON albums
    FOR EACH ROW WHEN (OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION tell_of_talk_above();

-- A person's name stands in what is told of albums.
CREATE FUNCTION tell_of_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE changes c SET xid = pg_current_xact_id(), seq = nextval('feed_seq'), at = now()
    WHERE (c.kind = 'sight' AND c.user_id = NEW.id)
       OR (c.kind = 'comment' AND c.object_id IN (SELECT id FROM album_comments WHERE user_id = NEW.id))
       OR (c.kind = 'album' AND c.object_id IN (SELECT id FROM albums WHERE owner_id = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER users_renamed AFTER UPDATE OF name ON users
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION tell_of_name();

-- What was there before.
INSERT INTO changes (kind, object_id, library_id, user_id)
    SELECT 'membership', library_id, library_id, user_id FROM library_members ORDER BY library_id, user_id;
INSERT INTO changes (kind, object_id, album_id, asset_id)
    SELECT 'entry', id, album_id, asset_id FROM album_assets ORDER BY id;
INSERT INTO changes (kind, object_id, album_id, asset_id)
    SELECT 'comment', id, album_id, asset_id FROM album_comments ORDER BY id;
INSERT INTO changes (kind, object_id, album_id, asset_id)
    SELECT 'like', id, album_id, asset_id FROM album_likes ORDER BY id;
