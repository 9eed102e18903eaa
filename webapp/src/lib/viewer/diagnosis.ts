/**
 * What is the matter with a file, said once: where it can't be shown, the stage and the panel beside it give the same
 * reason.
 */
import { problemWords } from '$lib/i18n/problem';
import { sentence } from '$lib/i18n/viewer';
import type { Asset } from './asset';

type File = Pick<Asset, 'state' | 'problem' | 'notes'>;
type Film = File & Pick<Asset, 'playback'>;

/** How the server begins a note on a file as a whole. Its stages may each have met another sign of the same damage. */
const OF_THE_WHOLE = 'the file';

/** Why it can't be shown; null where it can. */
export function problemOf({ state, problem }: File): string | null {
  return state === 'UNREADABLE' && problem ? problemWords(problem) : null;
}

/** What the panel tells beside the file's name. */
export function notesOf(asset: File): string[] {
  const problem = problemOf(asset);
  if (problem === null) return asset.notes.map(sentence);
  return [problem, ...asset.notes.filter((note) => !note.startsWith(OF_THE_WHOLE)).map(sentence)];
}

/** Why a film that has a picture does not play, where the file or the server tells. */
export function filmProblemOf({ notes, playback }: Film): string | null {
  const damage = notes.find((note) => note.startsWith(OF_THE_WHOLE));
  const failed = playback?.state === 'FAILED' ? playback.reason : null;
  return damage ? sentence(damage) : failed ? sentence(failed) : null;
}
