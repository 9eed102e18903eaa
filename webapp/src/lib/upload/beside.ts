/** Sidecars among what was dropped: each goes with the picture that it lies beside. */

import type { Collected } from './collect';
import type { Picked } from './item';

const ENDING = '.xmp';

/**
 * `IMG.jpg.xmp` belongs to `IMG.jpg`, `IMG.xmp` to all that are called so; the former is believed more. Those that
 * belong to nothing here are left out, as what looks like no picture is.
 */
export function withSidecars({ picked, others, unreadable }: Collected): Collected {
  const sidecars = new Map<string, Picked>();
  for (const found of [...picked, ...others]) if (isSidecar(found)) sidecars.set(subject(found), found);
  if (sidecars.size === 0) return { picked, others, unreadable };
  const used = new Set<Picked>();
  const originals = picked
    .filter((one) => !isSidecar(one))
    .map((one) => {
      const found = sidecars.get(one.path.toLowerCase()) ?? sidecars.get(stem(one.path).toLowerCase());
      if (found) used.add(found);
      return found ? { ...one, sidecar: found.file } : one;
    });
  const alone = picked.filter((one) => isSidecar(one) && !used.has(one));
  return { picked: originals, others: [...others.filter((one) => !used.has(one)), ...alone], unreadable };
}

function isSidecar({ path }: Picked): boolean {
  return path.toLowerCase().endsWith(ENDING);
}

/** What a sidecar speaks of; upper and lower case are alike, as on the disks of cameras. */
function subject({ path }: Picked): string {
  return path.slice(0, -ENDING.length).toLowerCase();
}

function stem(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  return dot > name ? path.slice(0, dot) : path;
}
