import { expect, test } from 'vitest';
import { persistent } from './persistent';

/** An `<img>` of which we say what becomes of its requests. */
class FakeImage extends EventTarget {
  requests = 0;
  complete = false;
  naturalWidth = 0;
  get src() {
    return 'http://x/media/asset_1/thumbnail';
  }
  set src(_: string) {
    this.requests++;
  }
}

function setup(news?: unknown, image = new FakeImage()) {
  const due: { pause: number; run: () => void }[] = [];
  let missed = 0;
  const server = {
    missed: () => void missed++,
    again(pause: number, run: () => void) {
      const one = { pause, run };
      due.push(one);
      return () => void due.splice(due.indexOf(one), due.includes(one) ? 1 : 0);
    },
  };
  const stop = persistent(news, server)(image as unknown as HTMLImageElement);
  return { image, due, stop, missed: () => missed };
}

test('a picture that could not be fetched is asked for again, later each time, and the server is looked for', () => {
  const { image, due, missed } = setup();
  for (let n = 1; n <= 8; n++) {
    image.dispatchEvent(new Event('error'));
    expect([due.length, missed(), image.requests]).toEqual([1, n, n - 1]);
    const [{ pause, run }] = due as [(typeof due)[number]];
    const base = Math.min(60_000, 1000 * 2 ** n);
    expect(pause / base).toBeGreaterThanOrEqual(0.75);
    expect(pause / base).toBeLessThanOrEqual(1.25);
    due.length = 0;
    run();
  }
});

test('one that came, or that nobody looks at any more, is left in peace', () => {
  const { image, due, stop } = setup();
  image.dispatchEvent(new Event('error'));
  image.dispatchEvent(new Event('load'));
  expect(due).toEqual([]);
  image.dispatchEvent(new Event('error'));
  stop();
  expect(due).toEqual([]);
  image.dispatchEvent(new Event('error'));
  expect([due.length, image.requests]).toEqual([0, 0]);
});

test('news about a picture that has failed are a reason to ask at once', () => {
  const broken = Object.assign(new FakeImage(), { complete: true });
  setup('news', broken);
  expect(broken.requests).toBe(1);
  const fine = Object.assign(new FakeImage(), { complete: true, naturalWidth: 320 });
  setup('news', fine);
  expect(fine.requests).toBe(0);
});
