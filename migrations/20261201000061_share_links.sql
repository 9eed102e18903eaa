-- Public links: whoever holds one sees an album, or some assets, without an account.

CREATE TABLE share_links (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint NOT NULL REFERENCES users ON DELETE CASCADE, -- who made it: it shows what they may share, no more
    album_id      bigint REFERENCES albums ON DELETE CASCADE,         -- null: it shows share_link_assets
    handle        text NOT NULL,                                      -- how its token begins, which is no secret
    token_hash    bytea NOT NULL CHECK (length(token_hash) = 32),
    slug          text NOT NULL DEFAULT '',
    title         text NOT NULL DEFAULT '',
    password_hash text, -- argon2id, PHC string; null: it asks for none
    views         boolean NOT NULL,
    downloads     boolean NOT NULL,
    uploads       boolean NOT NULL,
    metadata      boolean NOT NULL,
    location      boolean NOT NULL,
    library_id    bigint REFERENCES libraries ON DELETE CASCADE, -- where uploads go
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz,
    visits        bigint NOT NULL DEFAULT 0,
    visited_at    timestamptz,
    CONSTRAINT share_links_handle_key UNIQUE (handle),
    CONSTRAINT share_links_grants_check CHECK
        ((views OR uploads) AND (views OR NOT downloads) AND (metadata OR NOT location)
         AND (NOT uploads OR library_id IS NOT NULL))
);
CREATE INDEX share_links_user ON share_links (user_id, id);
CREATE INDEX share_links_album ON share_links (album_id) WHERE album_id IS NOT NULL;
CREATE INDEX share_links_library ON share_links (library_id) WHERE library_id IS NOT NULL;

-- What a link shows that is to no album.
CREATE TABLE share_link_assets (
    link_id  bigint NOT NULL REFERENCES share_links ON DELETE CASCADE,
    asset_id bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    PRIMARY KEY (link_id, asset_id)
);
CREATE INDEX share_link_assets_asset ON share_link_assets (asset_id);

-- What links show: what is in their album, as long as its maker owns that; or single assets with the films of their Live
-- Photos, in which libraries the maker must still be somebody who may make links.
CREATE VIEW share_link_sights AS
    SELECT l.id AS link_id, s.asset_id, NULL::bigint AS library_id, l.user_id
    FROM share_links l
    JOIN albums a ON a.id = l.album_id AND a.owner_id = l.user_id AND a.deleted_at IS NULL
    JOIN album_sights s ON s.album_id = a.id
    UNION ALL
    SELECT l.id, a.id, a.library_id, l.user_id
    FROM share_links l
    JOIN share_link_assets e ON e.link_id = l.id
    JOIN assets a ON a.id = e.asset_id AND a.state IN ('active', 'stacked', 'archived')
    WHERE l.album_id IS NULL
    UNION ALL
    SELECT l.id, f.id, f.library_id, l.user_id
    FROM share_links l
    JOIN share_link_assets e ON e.link_id = l.id
    JOIN assets a ON a.id = e.asset_id AND a.live AND a.state IN ('active', 'stacked', 'archived')
    JOIN assets f ON f.stack_id = a.stack_id AND f.id <> a.id AND f.type = 'video'
        AND f.state IN ('active', 'stacked', 'archived')
    WHERE l.album_id IS NULL;

-- Uploads that come by a link are somebody's without an account: whoever made the link answers for them, also for what is
-- left of them when the link is gone.
ALTER TABLE uploads ADD COLUMN link_id bigint REFERENCES share_links ON DELETE SET NULL;
CREATE INDEX uploads_link ON uploads (link_id) WHERE link_id IS NOT NULL;
