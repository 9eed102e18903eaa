-- How a picture lies in its file, as EXIF says (1 to 8): faces that were marked in it go out as they lie there. NULL until
-- its metadata are read again.
ALTER TABLE assets ADD COLUMN exif_orientation smallint;
