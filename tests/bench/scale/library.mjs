/**
 * A made-up library, the same in each run: fifteen years, one of every 27 pictures in the busiest month, two people who
 * each bring in their folders, 30 cameras, 200 cities with positions for 60 %.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { latLngToCell } from 'h3-js';
import { chance, zipf } from '../lib/statistics.mjs';

const table = (name) =>
  readFileSync(join(import.meta.dirname, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
const CITIES = table('cities.tsv').map(([city, country, code, latitude, longitude]) => ({
  city,
  country,
  code,
  latitude: Number(latitude),
  longitude: Number(longitude),
}));
const CAMERAS = table('cameras.tsv');
const WORDS =
  'birthday dog cat garden sunset beach old bridge market snow concert wedding grandma kitchen boat rain'.split(' ');
const SIZES = [
  [4032, 3024, 45],
  [3024, 4032, 25],
  [6000, 4000, 15],
  [4000, 6000, 5],
  [1920, 1080, 6],
  [2048, 2048, 2],
  [8000, 2400, 2],
];

export const FIRST_YEAR = 2010;
const MONTHS = 180;
/** Where some assets lie that were taken in one second, as of a camera whose clock stood still. */
export const SECOND = '2012-06-15T12:00:00';
/** The busiest month, and its share of all. */
export const BUSIEST = { year: 2019, month: 8, share: 0.037 };
const busiest = (BUSIEST.year - FIRST_YEAR) * 12 + BUSIEST.month - 1;

/** How many assets each month has. */
function months(random, count) {
  const weights = Array.from({ length: MONTHS }, (_, n) =>
    n === busiest ? 0 : (0.4 + n / MONTHS) * Math.exp(0.5 * random.normal()),
  );
  const sum = weights.reduce((a, b) => a + b);
  const most = Math.round(count * BUSIEST.share);
  const counts = weights.map((weight) => Math.min(most - 1, Math.floor(((count - most) * weight) / sum)));
  counts[busiest] = most;
  for (let left = count - counts.reduce((a, b) => a + b); left > 0; left -= 1) counts[random.below(busiest)] += 1;
  return counts;
}

function size(random) {
  let at = random.below(100);
  return SIZES.find(([, , share]) => (at -= share) < 0);
}

function place(random, city) {
  const wide = random.next() < 0.1 ? 1.5 : 0.06;
  const latitude = city.latitude + wide * random.normal();
  const longitude = city.longitude + wide * random.normal();
  return {
    latitude,
    longitude,
    altitude: Math.round(300 * random.next()),
    cell: BigInt.asIntN(64, BigInt(`0x${latLngToCell(latitude, longitude, 12)}`)).toString(),
    city: city.city,
    country: city.country,
    country_code: city.code,
  };
}

const pad = (number, digits = 2) => String(number).padStart(digits, '0');

function asset(random, given) {
  const { at, city, person, n, thumbhash } = given;
  const [width, height] = size(random);
  const [make, model, lens] = person.cameras();
  const film = random.next() < 0.06;
  const day = `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`;
  const name = `${make === 'Canon' ? 'IMG_' : make === 'SONY' ? 'DSC' : make === 'Google' ? 'PXL_' : 'IMG_'}${pad(n, 5)}.${film ? 'MP4' : 'JPG'}`;
  return {
    path: `${person.name}/${at.getUTCFullYear()}/${day} ${city.city}/${name}`,
    name,
    type: film ? 'video' : 'image',
    format: film ? 'mp4' : 'jpeg',
    size: 1_500_000 + random.below(4_000_000),
    readable: random.next() < 0.004 ? 'unreadable' : 'ready',
    taken_at: at.toISOString(),
    local_at: at.toISOString().slice(0, 23),
    offset_minutes: 0,
    taken_source: 'original',
    width,
    height,
    ratio: Math.min(255, Math.max(1, Math.round(Math.log2(width / height) * 32 + 128))),
    duration_ms: film ? 5000 + random.below(60_000) : null,
    tag: 1,
    thumbhash: `\\x${thumbhash}`,
    make,
    model,
    lens: lens || null,
    f_number: random.pick([1.6, 1.8, 2.2, 2.8, 4, 5.6, 8]),
    exposure_s: 1 / random.pick([30, 60, 125, 250, 500, 1000]),
    iso: random.pick([50, 100, 100, 200, 400, 400, 800, 1600, 3200]),
    focal_mm: random.pick([4.2, 6.8, 24, 35, 50, 85, 105]),
    caption: random.next() < 0.1 ? `${random.pick(WORDS)} ${random.pick(WORDS)} ${random.pick(WORDS)}` : null,
    ...(random.next() < 0.6 ? place(random, city) : {}),
  };
}

/** Outings, some hours in one city each, until so many assets are made; `begin` says when one began. */
function outings(random, { cities, people }, most, begin) {
  const made = [];
  while (made.length < most) {
    const from = begin();
    const [city, person, length] = [cities(), people[random.next() < 0.6 ? 0 : 1], 1 + random.below(60)];
    for (let n = 0; n < length && made.length < most; n += 1)
      made.push({ at: new Date(from + random.below(10_000_000)), city, person });
  }
  return made;
}

/** All assets, one after the other, in the order in which they were brought in; so many of them were taken in one second. */
export function* assets(count, thumbhashes, inOneSecond = 0) {
  const random = chance(1);
  const people = ['Ann', 'Ben'].map((name) => ({
    name,
    cameras: zipf(
      random,
      [...CAMERAS].sort(() => random.next() - 0.5),
      2,
    ),
  }));
  const world = { people, cities: zipf(random, CITIES, 4) };
  const all = months(random, count - inOneSecond).flatMap((most, month) =>
    outings(random, world, most, () => Date.UTC(FIRST_YEAR, month, 1 + random.below(28), 8 + random.below(10))),
  );
  const second = new Date(`${SECOND}Z`);
  for (const { city, person } of outings(random, world, inOneSecond, () => 0)) all.push({ at: second, city, person });
  all.sort((a, b) => (a.person.name < b.person.name ? -1 : a.person.name > b.person.name ? 1 : a.at - b.at));
  for (const [n, given] of all.entries())
    yield asset(random, { ...given, n, thumbhash: thumbhashes[n % thumbhashes.length] });
}
