/** Where uploads go unless the person says otherwise. */

import type { Target } from './upload.gql';

/** What they chose last; else a library of their own that no folder fills; else the first that they may add to. */
export function preset(targets: readonly Target[], chosen: string | null): Target | null {
  const own = ({ role, folders }: Target) => role === 'OWNER' && folders.length === 0;
  return targets.find(({ id }) => id === chosen) ?? targets.find(own) ?? targets[0] ?? null;
}
