import { project } from './projection';
import { written } from './view';

/** The map's address with a place in its middle, near enough to see single photographs around it. */
export function mapHref(latitude: number, longitude: number, zoom = 14): string {
  return `/map?at=${written({ ...project({ lat: latitude, lng: longitude }), zoom })}`;
}
