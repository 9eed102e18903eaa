-- What the tracks of films are, how far a stage has come, and by which policy a film was left as it is.

ALTER TABLE assets
    ADD COLUMN video_codec  text,
    ADD COLUMN audio_codec  text,
    ADD COLUMN frame_rate   double precision,
    ADD COLUMN pixel_format text,
    ADD COLUMN hdr          boolean NOT NULL DEFAULT false,
    ADD COLUMN interlaced   boolean NOT NULL DEFAULT false;

ALTER TABLE stages
    ADD COLUMN progress real,  -- 0 to 1, while it is being done and where it can tell
    ADD COLUMN policy   text;  -- what the administrator wanted when it was skipped
