import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The name of a build: the same for the same sources, another for others. A page that finds a part of itself gone asks
 * for it, and loads itself anew where the server has another build by now.
 */
export function version() {
  const hash = createHash('sha256');
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => join('src', name));
  for (const file of ['package-lock.json', ...files.sort()]) {
    if (statSync(file).isFile()) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}
