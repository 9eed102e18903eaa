import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the API. */
const api = process.env.TESSERA_API ?? 'http://127.0.0.1:2283';

export default defineConfig({
  plugins: [sveltekit()],
  server: {
    fs: { allow: ['.'] },
    proxy: {
      '/graphql': { target: api, ws: true },
      '/media': api,
      // Not /uploads, which is a page.
      '^/upload($|[/?])': api,
    },
  },
  test: { include: ['src/**/*.test.ts'], benchmark: { include: ['src/**/*.bench.ts'] } },
});
