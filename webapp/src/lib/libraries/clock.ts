/** The time, for words such as "5 minutes ago": whoever shows it hears of it as it passes. */
import { createSubscriber } from 'svelte/reactivity';

const STEP_MS = 15_000;

const follow = createSubscriber((update) => {
  const timer = setInterval(update, STEP_MS);
  return () => clearInterval(timer);
});

/** Reactive; milliseconds since 1970. */
export function now(): number {
  follow();
  return Date.now();
}
