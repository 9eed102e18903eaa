import { project } from './projection';
import { written } from './view';

/** The map's address with a place in its middle, near enough to see single photographs around it. */
export function mapHref(latitude: number, longitude: number, zoom = 14): string {
  return `/map?at=${written({ ...project({ lat: latitude, lng: longitude }), zoom })}`;
}

/** The map's address with all in sight that a search finds. */
export function mapAround(text: string): string {
  return `/map?${new URLSearchParams({ in: text })}`;
}

/** A search for what lies at a spot. */
export function nearText({ lat, lng }: { lat: number; lng: number }): string {
  return `near:${lat.toFixed(5)},${lng.toFixed(5)},100m`;
}
