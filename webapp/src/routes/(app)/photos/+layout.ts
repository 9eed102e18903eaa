import { askEarly } from '$lib/timeline';

export function load() {
  askEarly();
}
