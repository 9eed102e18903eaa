import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import staticAdapter from '@sveltejs/adapter-static';

/**
 * SvelteKit's static adapter, with the start script of the page moved from an inline block to a file of its own (so the
 * server can send `script-src 'self'` without a hash that would change with each build), and the font asked for early.
 *
 * @param {{ out: string }} options
 * @returns {import('@sveltejs/kit').Adapter}
 */
export default function adapter({ out }) {
  const inner = staticAdapter({ pages: out, assets: out, fallback: 'index.html', precompress: false });
  return {
    ...inner,
    name: 'tessera-static',
    async adapt(builder) {
      await inner.adapt(builder);
      moveInlineScript(out);
      preloadFont(out);
      await builder.compress(out);
    },
  };
}

/** @param {string} out */
function moveInlineScript(out) {
  const page = join(out, 'index.html');
  const html = readFileSync(page, 'utf8');
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  if (inline.length !== 1) throw new Error(`expected one inline script in ${page}, found ${inline.length}`);
  const [block, code] = /** @type {RegExpMatchArray & [string, string]} */ (inline[0]);
  const name = `_app/immutable/boot.${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
  writeFileSync(join(out, name), `${code.trim()}\n`);
  writeFileSync(
    page,
    html.replace(block, () => `<script src="/${name}"></script>`),
  );
}

/**
 * Asks for the letters together with the styles that name them, so that words don't change their face while one reads.
 *
 * @param {string} out
 */
function preloadFont(out) {
  const page = join(out, 'index.html');
  const assets = '_app/immutable/assets';
  const font = readdirSync(join(out, assets)).find((name) => /^inter-latin-wght-normal\..*woff2$/.test(name));
  if (!font) throw new Error(`no font to preload in ${join(out, assets)}`);
  const link = `<link rel="preload" href="/${assets}/${font}" as="font" type="font/woff2" crossorigin />`;
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace('</head>', () => `  ${link}\n  </head>`),
  );
}
