-- Albums: assets of whatever libraries, put together by people and shared with others.

CREATE TABLE albums (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    parent_id   bigint REFERENCES albums ON DELETE SET NULL, -- of the same owner
    name        text NOT NULL,
    description text NOT NULL DEFAULT '',
    sort        text NOT NULL DEFAULT 'newest' CHECK (sort IN ('newest', 'oldest', 'by_hand')),
    cover_id    bigint REFERENCES assets ON DELETE SET NULL, -- null: the first one in it
    talk        boolean NOT NULL DEFAULT true,               -- likes and comments are on
    created_at  timestamptz NOT NULL DEFAULT now(),
    changed_at  timestamptz NOT NULL DEFAULT now(),
    deleted_at  timestamptz -- kept for a while, so that it can be undone; seen by nobody
);
CREATE INDEX albums_owner ON albums (owner_id);
CREATE INDEX albums_parent ON albums (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX albums_deleted ON albums (deleted_at) WHERE deleted_at IS NOT NULL;

-- Which albums each lies in, itself among them: whoever may see one of these sees it, too.
CREATE TABLE album_ancestors (
    album_id    bigint NOT NULL REFERENCES albums ON DELETE CASCADE,
    ancestor_id bigint NOT NULL REFERENCES albums ON DELETE CASCADE,
    distance    smallint NOT NULL CHECK (distance >= 0),
    PRIMARY KEY (album_id, ancestor_id)
);
CREATE INDEX album_ancestors_ancestor ON album_ancestors (ancestor_id, album_id);

-- With whom it is shared. The owner is none of them.
CREATE TABLE album_members (
    album_id bigint NOT NULL REFERENCES albums ON DELETE CASCADE,
    user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    role     text NOT NULL CHECK (role IN ('viewer', 'contributor', 'editor')),
    added_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (album_id, user_id)
);
CREATE INDEX album_members_user ON album_members (user_id);

CREATE TABLE album_assets (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    album_id   bigint NOT NULL REFERENCES albums ON DELETE CASCADE,
    asset_id   bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    library_id bigint NOT NULL, -- the asset's
    added_by   bigint REFERENCES users ON DELETE SET NULL,
    added_at   timestamptz NOT NULL DEFAULT now(),
    place      bigint NOT NULL DEFAULT 0, -- where it stands when the order is by hand
    by_rule    boolean NOT NULL DEFAULT false, -- put there by the rule of a live album
    CONSTRAINT album_assets_key UNIQUE (album_id, asset_id)
);
CREATE INDEX album_assets_asset ON album_assets (asset_id, album_id);
CREATE INDEX album_assets_library ON album_assets (album_id, library_id);
CREATE INDEX album_assets_place ON album_assets (album_id, place, asset_id);

-- What was taken out of albums, so that it can be undone.
CREATE TABLE album_removals (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    album_id bigint NOT NULL REFERENCES albums ON DELETE CASCADE,
    user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    made_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX album_removals_made ON album_removals (made_at);
CREATE TABLE album_removed (
    removal_id bigint NOT NULL REFERENCES album_removals ON DELETE CASCADE,
    asset_id   bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    library_id bigint NOT NULL,
    added_by   bigint REFERENCES users ON DELETE SET NULL,
    added_at   timestamptz NOT NULL,
    place      bigint NOT NULL,
    PRIMARY KEY (removal_id, asset_id)
);
CREATE INDEX album_removed_asset ON album_removed (asset_id);

-- As what somebody may see an album: by itself, or by one that it lies in.
CREATE VIEW album_roles AS
    SELECT p.album_id, m.user_id, m.role
    FROM album_members m
    JOIN album_ancestors p ON p.ancestor_id = m.album_id
    JOIN albums a ON a.id = p.album_id AND a.deleted_at IS NULL
    UNION ALL
    SELECT id, owner_id, 'owner' FROM albums WHERE deleted_at IS NULL;

-- What an album lets its members see: what was put into it, archived or not, and the films of its Live Photos. What is in
-- the trash is seen by the members of its library only, what is locked by who has locked it.
CREATE VIEW album_sights AS
    SELECT e.album_id, e.asset_id
    FROM album_assets e JOIN assets a ON a.id = e.asset_id
    WHERE a.state IN ('active', 'stacked', 'archived')
    UNION ALL
    SELECT e.album_id, f.id
    FROM assets f
    JOIN assets a ON a.stack_id = f.stack_id AND a.live AND a.id <> f.id AND a.state IN ('active', 'stacked', 'archived')
    JOIN album_assets e ON e.asset_id = a.id
    WHERE f.type = 'video' AND f.state IN ('active', 'stacked', 'archived');

-- The feed tells of albums, too. A sight is what one person may see of one album: gained or lost it is one change, however
-- many assets are in it. An entry is one asset in one album: its end is told to those who saw it by the album.
CREATE TABLE sights (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    album_id bigint NOT NULL,
    user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    CONSTRAINT sights_key UNIQUE (album_id, user_id)
);
ALTER TABLE changes
    ADD COLUMN album_id bigint,
    ADD COLUMN asset_id bigint, -- of an entry
    DROP CONSTRAINT changes_kind_check,
    ADD CONSTRAINT changes_kind_check CHECK (kind IN ('asset', 'library', 'folder', 'user', 'album', 'sight', 'entry'));

-- Whatever takes an asset out of an album, be it that the asset is deleted for good, is told.
CREATE FUNCTION tell_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes (kind, object_id, gone, album_id, asset_id)
    SELECT 'entry', g.id, true, g.album_id, g.asset_id FROM gone g
    JOIN albums a ON a.id = g.album_id AND a.deleted_at IS NULL ORDER BY g.id
    ON CONFLICT (kind, object_id, user_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER album_assets_gone AFTER DELETE ON album_assets
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tell_of_entry();
