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
  const here = shelf({ 'tessera:notes': '["secret"]', 'tessera:uploads': '[]', 'tessera.theme': '"dark"' });
  handOver(here, 'user_1');
  expect([...here.kept.keys()]).toEqual(['tessera.theme', 'tessera:person']);
  here.setItem('tessera:notes', '["mine"]');
  handOver(here, 'user_1');
  expect(here.getItem('tessera:notes')).toBe('["mine"]');
  handOver(here, 'user_2');
  expect(here.getItem('tessera:notes')).toBeNull();
});

test('searches that the browser remembered by itself are forgotten, whoever comes', () => {
  const here = shelf({ 'tessera:person': 'user_1', 'tessera:searches': '["secret"]', 'tessera:uploads': '[]' });
  handOver(here, 'user_1');
  expect([...here.kept.keys()]).toEqual(['tessera:person', 'tessera:uploads']);
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
