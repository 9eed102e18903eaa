/** Searches and beginnings of searches as people type them, each made of another asset of the library. */
import { sample, wordOf } from './sample.mjs';

/** A word and two or three filters, in the search language. */
export async function searches(sql, seed, count) {
  const { random, assets } = await sample(sql, seed, count);
  return assets.map((asset) => `${word(random, asset)} ${filters(random, asset, 2 + random.below(2))}`);
}

/** One or two filters for an asset, without a word. */
export const filterText = (random, asset) => filters(random, asset, 1 + random.below(2));

/** A word that finds it: of its place, its caption, its camera or the year. */
function word(random, asset) {
  const caption = asset.caption && random.pick(asset.caption.split(' '));
  const words = [wordOf(asset.city), wordOf(asset.country), caption, wordOf(asset.make), String(asset.year)];
  return random.pick(words.filter(Boolean));
}

/** What is true of it, by so many keys. */
function filters(random, asset, count) {
  const about = [
    `taken:${asset.year - random.below(4)}..${asset.year + random.below(4)}`,
    `camera:"${asset.model}"`,
    random.next() < 0.5 ? `iso:>=${asset.iso}` : `iso:<=${asset.iso}`,
    `type:${asset.type}`,
    asset.landscape ? '-aspect:portrait' : 'aspect:portrait',
    ...(asset.country_code ? [`country:${asset.country_code}`, 'has:gps'] : []),
  ];
  return Array.from({ length: count }, () => about.splice(random.below(about.length), 1)[0]).join(' ');
}

/** Searches that are still being typed, the cursor at their end. */
export async function beginnings(sql, seed, count) {
  const { random, assets } = await sample(sql, seed, count);
  const begin = (text, least, most) => text.slice(0, least + random.below(most - least + 1)).trimEnd();
  const place = () => random.pick(assets.filter(({ city }) => city?.length > 4)).city;
  return assets.map((asset) => {
    const { model, lens, year } = asset;
    const [city, first] = [place(), word(random, asset)];
    return random.pick([
      () => begin(city, 2, 5),
      () => `${first} ${begin(city, 1, 4)}`,
      () => city.replace(/^(.)(.)(.)/, '$1$3$2'), // mistyped
      () => `city:${begin(wordOf(city) ?? 'porto', 1, 4)}`,
      () => `${first} taken:${year} camera:${begin(model.split(' ').at(-1), 1, 3)}`,
      () => `lens:${begin((lens ?? '24-70mm').split(' ')[0], 1, 4)}`,
      () => `${first} place:${begin(wordOf(asset.country) ?? 'spain', 1, 3)}`,
      () => `${first} ${random.pick(['ca', 'cou', 'iso', 'ta', 'ty', 'as', 'fo', 'le'])}`,
      () => `city:${wordOf(city) ?? 'porto'} year:${String(year).slice(0, 3)}`,
    ])();
  });
}
