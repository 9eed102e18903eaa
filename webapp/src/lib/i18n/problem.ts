import { sentence } from './format';

/** How the server begins where it knows the kind of file but can't show it. */
const NOT_YET = 'not readable yet: ';

/** What is the matter with a file, beneath words that say already that it can't be shown. */
export function problemWords(problem: string): string {
  return sentence(problem.startsWith(NOT_YET) ? problem.slice(NOT_YET.length) : problem);
}
