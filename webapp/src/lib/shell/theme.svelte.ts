/** Light, dark, or as the device has it: what the reader chose, kept by this browser. */
import { remembered } from './remembered.svelte';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const theme = remembered<Theme>('theme', 'system');

/** Follows the choice; all colours are written as `light-dark()`. */
export function applyTheme(): void {
  document.documentElement.style.colorScheme = theme.value === 'system' ? '' : theme.value;
}
