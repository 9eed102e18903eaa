/** The stages that have work left, in words. */
import { t } from '$lib/i18n/libraries';
import type { StageCount } from './libraries.gql';

export interface StageLine {
  stage: string;
  name: string;
  left: string;
}

const words = t.libraries.work;

export function stageLines(stages: readonly StageCount[]): StageLine[] {
  const busy = stages.filter(({ pending }) => pending > 0);
  return busy.map(({ stage, pending, running }) => ({
    stage,
    name: words.stages[stage] ?? stage,
    // What is under way is pending, too: it has been counted.
    left: [words.left(pending), running ? words.running(running) : ''].filter(Boolean).join(', '),
  }));
}
