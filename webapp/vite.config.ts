import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the API. */
const api = process.env.TESSERA_API ?? 'http://127.0.0.1:2283';

export default defineConfig({
  plugins: [sveltekit()],
  build: {
    // Browsers that know light-dark(): rewritten for older ones, it would follow the page's theme only, and the viewer
    // is dark in both.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // MapLibre, which is loaded only for a ground of its own.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: {
        // What most pages share is one file, for dozens of tiny ones compress badly.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/|lib\/(ui|i18n|api|shell)\//,
              minShareCount: 4,
            },
          ],
        },
      },
    },
  },
  server: {
    fs: { allow: ['.'] },
    proxy: {
      '/graphql': { target: api, ws: true },
      '/media': api,
      '/download': api,
      '/picture': api,
      // Not /map, which is a page.
      '/map/ground.pmtiles': api,
      // Not /uploads, which is a page.
      '^/upload($|[/?])': api,
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    benchmark: { include: ['src/**/*.bench.ts'] },
    // For what hangs. How long a test takes is the machine's affair.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
