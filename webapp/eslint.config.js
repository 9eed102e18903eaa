import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What every feature may use; a feature may use another one only through its `index.ts`. */
const features = [
  'albums',
  'auth',
  'download',
  'folders',
  'libraries',
  'links',
  'map',
  'memories',
  'notifications',
  'partners',
  'places',
  'search',
  'share',
  'shelves',
  'tags',
  'timeline',
  'tracks',
  'upload',
  'users',
  'viewer',
];

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'src/lib/api/graphql-env.d.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Many sets and maps are of no concern to the screen.
      'svelte/prefer-svelte-reactivity': 'off',
      // The app lives at the root of its host and addresses are plain strings.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  ...features.map((feature) => ({
    files: [`src/lib/${feature}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: features
            .filter((other) => other !== feature)
            .map((other) => ({
              regex: `^(\\$lib|\\.\\.)/${other}/(?!index)`,
              message: `import from '$lib/${other}', its public face`,
            })),
        },
      ],
    },
  })),
);
