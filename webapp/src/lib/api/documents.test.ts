import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

const schema = buildSchema(readFileSync('../schema.graphql', 'utf8'));
const modules = import.meta.glob<Record<string, unknown>>('/src/lib/**/*.gql.ts', { eager: true });
const documents = Object.entries(modules).flatMap(([file, exported]) =>
  Object.entries(exported).map(([name, text]) => [`${file} ${name}`, text] as const),
);

test('there are documents', () => expect(documents.length).toBeGreaterThan(8));

test.each(documents)('%s is what the schema allows', (_, text) => {
  const document = parse(String(text));
  // A fragment on its own is used elsewhere.
  if (document.definitions.every(({ kind }) => kind === 'FragmentDefinition')) return;
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
});
