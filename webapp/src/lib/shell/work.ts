/** The state of the background work, in the few numbers that people ask for. */
import type { WorkData } from './work.gql';

export interface Work {
  /** Assets and bytes stored in all libraries. */
  assets: number;
  bytes: number;
  /** Folders being scanned: files dealt with so far, and those of them that were new. */
  scanning: boolean;
  checked: number;
  imported: number;
  /** Pictures still to be prepared. */
  left: number;
  /** Folders that aren't connected. */
  offline: number;
}

/** What nobody waits for to see an asset. */
const LATER: ReadonlySet<string> = new Set(['transcode', 'stream']);

export function summarise({ libraries, jobs }: WorkData): Work {
  const nodes = libraries.edges.map(({ node }) => node);
  const folders = nodes.flatMap((library) => library.folders);
  const active = folders.filter(({ state }) => state === 'SCANNING');
  return {
    assets: total(nodes.map((library) => library.assetCount)),
    bytes: total(nodes.map((library) => library.bytes)),
    scanning: active.length > 0,
    // The server counts a file as found once it has dealt with it, also one that is as it was.
    checked: total(active.map((folder) => folder.found)),
    imported: total(active.map((folder) => folder.imported)),
    // Each asset passes through several stages; the longest queue says how many assets are left. What is under way is
    // pending, too. Films are shown long before they are made anew.
    left: Math.max(0, ...jobs.stages.filter(({ stage }) => !LATER.has(stage)).map(({ pending }) => pending)),
    offline: folders.filter(({ state }) => state === 'OFFLINE').length,
  };
}

function total(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0);
}
