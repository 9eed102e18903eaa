/** Recorded tracks that say where photographs were taken: the public face. */
import type { Fitting } from './fitting.svelte';

export { Fitting } from './fitting.svelte';
export { default as TrackPanel } from './TrackPanel.svelte';

export interface PanelProps {
  fitting: Fitting;
  onclose: () => void;
  /** Photographs have got other positions. */
  onapplied: () => void;
}
