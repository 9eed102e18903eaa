-- The locked folder: what opens it, and which sessions have it open.

ALTER TABLE users ADD COLUMN pin_hash text; -- argon2id, PHC string
ALTER TABLE sessions ADD COLUMN locked_open_until timestamptz;
