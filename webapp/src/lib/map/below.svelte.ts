/** What lies beneath the photographs: our own outlines, or what the server is set to, and what became of that. */

import { query } from '$lib/api/client';
import { presence } from '$lib/api/presence.svelte';
import { MapGround } from './map.gql';

/** A ground that a map library draws: a file on our server, or a style on another one. */
export type Setting = { kind: 'file'; url: string } | { kind: 'style'; url: string };

/** Why our own outlines are drawn in its place. */
export type Failure = 'webgl' | 'file' | 'layers' | 'style';

const PAUSE_MS = 3000;
let asked: Promise<Setting | null> | null = null;

/** Asked once; after a failure the next call asks again. */
function setting(): Promise<Setting | null> {
  return (asked ??= ask().catch((error: unknown) => {
    asked = null;
    throw error;
  }));
}

async function ask(): Promise<Setting | null> {
  const { mapPmtiles, mapStyleUrl } = (await query(MapGround)).server;
  if (mapPmtiles) return { kind: 'file', url: mapPmtiles };
  return mapStyleUrl ? { kind: 'style', url: mapStyleUrl } : null;
}

export class Below {
  /** Null where there is none, and until it is known. */
  setting = $state.raw<Setting | null>(null);
  /** True once it is drawn: until then, our outlines are. */
  ready = $state(false);
  failure = $state<Failure | null>(null);
  /** Some of it did not come. */
  holes = $state(false);
  /** Whom it is owed to, as its makers ask for; HTML. */
  credits = $state.raw<readonly string[]>([]);
  #stop: () => void = () => {};

  /** Asks until there is an answer, or until the returned function is called. */
  begin(): () => void {
    let gone = false;
    const go = () =>
      void setting().then(
        (found) => void (gone || (this.setting = found)),
        () => void (gone || (this.#stop = presence.again(PAUSE_MS, go))),
      );
    go();
    return () => {
      gone = true;
      this.#stop();
    };
  }

  drawn = (): void => void (this.ready = true);

  missed = (): void => void (this.holes = true);

  owed = (credits: readonly string[]): void => void (this.credits = credits);

  fail = (failure: Failure): void => {
    this.failure = failure;
    this.ready = this.holes = false;
    this.credits = [];
  };

  /** Tries it once more. */
  again = (): void => void (this.failure = null);
}
