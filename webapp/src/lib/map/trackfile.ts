/** Recorded tracks among files that people choose or drop. */

/** KMZ is told from others, so that the server can say what to do with it. */
const ENDING = /\.(gpx|kml|kmz)$/i;

/** For a file chooser. Systems that know none of these endings know them as XML. */
export const TRACK_FILES =
  '.gpx,.kml,application/gpx+xml,application/vnd.google-earth.kml+xml,application/xml,text/xml';

/** The files, where all of them are tracks; among photographs a track is something else's business. */
export function tracksAmong<File extends { name: string }>(files: Iterable<File>): File[] {
  const all = [...files];
  return all.every(({ name }) => ENDING.test(name)) ? all : [];
}

/** For a `drop` on the page, before those who take all files: the tracks that were dropped, if these are all. */
export function tracksDropped(event: DragEvent): File[] {
  const tracks = tracksAmong(event.dataTransfer?.files ?? []);
  if (tracks.length === 0) return [];
  event.preventDefault();
  return tracks;
}
