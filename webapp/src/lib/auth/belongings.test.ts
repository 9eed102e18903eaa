import { expect, test } from 'vitest';
import { handOver, whither } from './belongings';

function shelf(entries: Record<string, string>) {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

test('what one person left in the browser is not shown to the next', () => {
  const here = shelf({ 'tessera:searches': '["secret"]', 'tessera:uploads': '[]', 'tessera.theme': '"dark"' });
  handOver(here, 'user_1');
  expect([...here.kept.keys()]).toEqual(['tessera.theme', 'tessera:person']);
  here.setItem('tessera:searches', '["mine"]');
  handOver(here, 'user_1');
  expect(here.getItem('tessera:searches')).toBe('["mine"]');
  handOver(here, 'user_2');
  expect(here.getItem('tessera:searches')).toBeNull();
});

test('signing in leads on to pages of ours only', () => {
  const from = new URL('https://photos.example.org/sign-in');
  const cases: [string | null, string][] = [
    [null, '/photos'],
    ['/map?at=3#x', '/map?at=3#x'],
    ['//elsewhere.org/x', '/photos'],
    ['/\\elsewhere.org/x', '/photos'],
    ['/\t/elsewhere.org/x', '/photos'],
    ['https://elsewhere.org', '/photos'],
    ['javascript:alert(1)', '/photos'],
    ['map', '/photos'],
  ];
  for (const [wanted, to] of cases) expect(whither(wanted, from), String(wanted)).toBe(to);
});
