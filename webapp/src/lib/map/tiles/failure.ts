/** Why a ground could not be laid. */
import type { Failure, Setting } from '../below.svelte';

/** A file that holds another kind of map than those that are drawn here. */
export class OtherLayers extends Error {}

export function failureOf(error: unknown, kind: Setting['kind']): Failure {
  if (error instanceof OtherLayers) return 'layers';
  // The library's own error is not to be told by its class: that is in a part which may not have come.
  if (error instanceof Error && error.name === 'GPUInitializationError') return 'webgl';
  return kind;
}
