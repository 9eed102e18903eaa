import adapter from './scripts/adapter.js';
import { version } from './scripts/version.js';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter({ out: 'build' }),
    output: { bundleStrategy: 'split' },
    version: { name: version() },
  },
};
