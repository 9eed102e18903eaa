// Walks down the whole grid and writes down where everything lies, from the document alone.

/** What lies on screen now. Measures count from the top of the scrolled whole. */
function readScreen() {
  const scroller = document.querySelector('.scroller');
  const top = scroller.getBoundingClientRect().top - scroller.scrollTop;
  const left = document.querySelector('[role=grid]').getBoundingClientRect().left;
  const box = (element) => {
    const { left: x, top: y, width, height } = element.getBoundingClientRect();
    return { left: x - left, top: y - top, width, height };
  };
  return [...document.querySelectorAll('[role=rowgroup]')].map((day) => ({
    date: day.querySelector('time').dateTime,
    title: day.querySelector('h2').textContent,
    ...box(day),
    rows: [...day.querySelectorAll('[role=row][aria-rowindex]')].map((row) => ({
      index: Number(row.getAttribute('aria-rowindex')),
      ...box(row),
      tiles: [...row.querySelectorAll('[role=gridcell]')].map((cell) => ({
        asset: Number(cell.querySelector('a').dataset.asset),
        ...box(cell),
      })),
    })),
  }));
}

/** All days in order, each with all of its rows. */
export async function walk(page) {
  const days = new Map();
  const height = await page.evaluate(() => document.querySelector('.scroller').clientHeight);
  const end = await page.evaluate(() => document.querySelector('.scroller').scrollHeight);
  for (let y = 0; y < end; y += height) {
    await page.evaluate((to) => (document.querySelector('.scroller').scrollTop = to), y);
    await page.waitForTimeout(60);
    for (const { rows, ...day } of await page.evaluate(readScreen)) {
      const known = days.get(day.date) ?? { ...day, rows: new Map() };
      for (const row of rows) known.rows.set(row.index, row);
      days.set(day.date, known);
    }
  }
  const ordered = [...days.values()].map((day) => ({ ...day, rows: [...day.rows.values()].sort((a, b) => a.index - b.index) }));
  return ordered.sort((a, b) => (a.date < b.date ? 1 : -1));
}

/** The days that stand side by side share a band. */
export function bands(days) {
  const found = [];
  for (const day of days) {
    const band = found.at(-1);
    if (band && band[0].top === day.top) band.push(day);
    else found.push([day]);
  }
  return found;
}

/** The timeline as the API sends it: `{ date, ratios }` of each day, from new to old. */
export function decode({ days, ratios }) {
  const words = (text) => {
    const bytes = Buffer.from(text, 'base64');
    return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4));
  };
  const bytes = [...Buffer.from(ratios, 'base64')];
  const counts = words(days.counts);
  return words(days.numbers).map((number, i) => ({
    date: new Date(number * 86_400_000).toISOString().slice(0, 10),
    ratios: bytes.splice(0, counts[i]).map((byte) => (byte === 0 ? 4 / 3 : 2 ** ((byte - 128) / 32))),
  }));
}
