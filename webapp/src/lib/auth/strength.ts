/**
 * Honest advice on a password: no points for odd characters, only for length and for not being what anyone would try.
 * What counts in the end is the server's rule (at least 10 characters).
 */
export const SHORTEST = 10;

export type Strength =
  { kind: 'empty' } | { kind: 'short'; left: number } | { kind: 'known' | 'personal' | 'pattern' | 'fair' | 'strong' };

/** What people choose most, without the digits and signs they put around it. */
const common = [
  'password',
  'passwort',
  'qwerty',
  'qwertz',
  'azerty',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  'administrator',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'dragon',
  'monkey',
  'superman',
  'trustno',
  'whatever',
  'tessera',
  'photos',
  'changeme',
  'secret',
];
const signs = new Map([...'0134578@$'].map((sign, i) => [sign, 'oleastbas'[i]!]));
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'zxcvbnm'];

export function strengthOf(password: string, about: readonly string[] = []): Strength {
  const length = [...password].length;
  if (length === 0) return { kind: 'empty' };
  if (length < SHORTEST) return { kind: 'short', left: SHORTEST - length };
  const plain = password.toLowerCase();
  // The word at its heart, read as it is and with `4` for `a` and the like.
  const heart = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const read = heart.replace(/[^\p{L}]/gu, (sign) => signs.get(sign) ?? '');
  if (common.includes(read) || common.includes(heart.replace(/[^\p{L}]/gu, ''))) return { kind: 'known' };
  const own = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  const rest = own.reduce((text, word) => text.replaceAll(word, ''), plain);
  if (rest !== plain && [...rest].length < SHORTEST) return { kind: 'personal' };
  if (variety(plain) < SHORTEST * 0.7) return { kind: 'pattern' };
  return { kind: length >= 16 ? 'strong' : 'fair' };
}

/** Characters that are not foreseen by the ones before them: repeats, runs and what was written already. */
function variety(text: string): number {
  let news = 0;
  for (let i = 0; i < text.length; i++) {
    const pair = text.slice(i - 1, i + 1);
    const run =
      i > 0 && (pair[0] === pair[1] || rows.some((row) => row.includes(pair) || reversed(row).includes(pair)));
    const again = i > 1 && text.slice(0, i).includes(text.slice(i - 1, i + 2)) && i + 2 <= text.length;
    if (!run && !again) news++;
  }
  return news;
}

function reversed(row: string): string {
  return [...row].reverse().join('');
}
