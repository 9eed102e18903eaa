/** Which names stand where: countries, then the largest cities, none over another. */

import type { Cities } from './cities';
import type { Outline } from './outline';
import type { World } from './projection';
import { scaleOf, worldToScreen, type Pixel, type Screen, type View } from './view';

export type LabelKind = 'country' | 'city';

/** `left` and `top` are the middle of a country's name, and the dot of a city. */
export interface Label extends Pixel {
  text: string;
  kind: LabelKind;
  /** On which side of its dot a city's name stands. */
  side: 'right' | 'left' | 'middle';
}

/** How wide a text is, in pixels. */
export type Measure = (text: string, kind: LabelKind) => number;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Half of a city's dot. */
export const DOT = 2;
/** From a city's dot to the beginning of its name. */
export const DOT_GAP = 6;
/** Room around a name, so that the ground stays quiet. */
const [BESIDE, ABOVE] = [10, 6];
const HALF_LINE = 8;
/** From here on also countries too small for their names are named. */
const ALL_COUNTRIES = 5.5;
/** Cities so many times as large as those that are just named come before countries, which have other places to go. */
const FIRST_RANK = 8;

/** What is named on screen: the largest cities, then countries, then other cities. */
export function labels(outline: Outline, cities: Cities, view: View, screen: Screen, measure: Measure): Label[] {
  const taken: Box[] = [];
  const found: Label[] = [];
  const put = (label: Label, box: Box): boolean => {
    if (taken.some((other) => overlap(other, box))) return false;
    taken.push(widened(box));
    found.push(label);
    return true;
  };
  const putCity = (text: string, at: Pixel) => {
    const reach = DOT_GAP + measure(text, 'city');
    return (
      put({ text, kind: 'city', side: 'right', ...at }, boxOf(at, -DOT, reach)) ||
      put({ text, kind: 'city', side: 'left', ...at }, boxOf(at, -reach, DOT))
    );
  };
  const fewest = fewestPeople(view.zoom);
  let next = 0;
  const putCities = (least: number) => {
    for (let city = cities[next]; city && city.population >= least; city = cities[++next]) {
      const at = shown(city, view, screen);
      if (at) putCity(city.name, at);
    }
  };
  putCities(fewest * FIRST_RANK);
  for (const { text, width, places } of named(outline, view, screen, measure)) {
    places.some((at) => put({ text, kind: 'country', side: 'middle', ...at }, boxOf(at, -width / 2, width / 2)));
  }
  putCities(fewest);
  return found;
}

/** How many people a city must have to be named at a zoom: millions on the world, tens of thousands near by. */
export function fewestPeople(zoom: number): number {
  return 10 ** (7.55 - 0.45 * zoom);
}

/** Names of countries with where they may stand on screen, those with the most room first. */
function named(outline: Outline, view: View, screen: Screen, measure: Measure) {
  const scale = scaleOf(view.zoom);
  const small = view.zoom < ALL_COUNTRIES;
  return outline
    .flatMap(({ name, main, seats }) => {
      const across = (main.right - main.left) * scale;
      // Of one that reaches far beyond the screen the cities tell enough.
      if ((small && across < 24) || across > screen.width * 3) return [];
      const text = name.toUpperCase();
      const width = measure(text, 'country');
      const wide = small ? seats.filter((seat) => seat.width * scale > width * 0.9) : seats;
      const places = wide.flatMap((seat) => shown(seat, view, screen) ?? []);
      return places.length ? [{ text, width, places, across }] : [];
    })
    .sort((a, b) => b.across - a.across);
}

/** Where a point lies, if it is on screen. */
function shown(world: World, view: View, screen: Screen): Pixel | null {
  const at = worldToScreen(view, screen, world);
  return at.left > 0 && at.top > 0 && at.left < screen.width && at.top < screen.height ? at : null;
}

function boxOf({ left, top }: Pixel, from: number, to: number): Box {
  return { left: left + from, right: left + to, top: top - HALF_LINE, bottom: top + HALF_LINE };
}

function widened({ left, top, right, bottom }: Box): Box {
  return { left: left - BESIDE, right: right + BESIDE, top: top - ABOVE, bottom: bottom + ABOVE };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
