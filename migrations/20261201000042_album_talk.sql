-- What the people of an album say of it and of what is in it.

CREATE TABLE album_comments (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    album_id   bigint NOT NULL REFERENCES albums ON DELETE CASCADE,
    asset_id   bigint REFERENCES assets ON DELETE CASCADE, -- null: of the album as a whole
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    text       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX album_comments_album ON album_comments (album_id, id);
CREATE INDEX album_comments_asset ON album_comments (asset_id) WHERE asset_id IS NOT NULL;

CREATE TABLE album_likes (
    album_id   bigint NOT NULL REFERENCES albums ON DELETE CASCADE,
    asset_id   bigint REFERENCES assets ON DELETE CASCADE, -- null: of the album as a whole
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX album_likes_key ON album_likes (album_id, user_id, coalesce(asset_id, 0));
CREATE INDEX album_likes_asset ON album_likes (asset_id) WHERE asset_id IS NOT NULL;
