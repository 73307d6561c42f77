import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import life from '../../src/gateway/cards/card-life.json';

interface Life {
  readonly first: string;
  readonly states: Readonly<Record<string, { readonly text: string }>>;
  readonly steps: Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>>;
  readonly comesBack?: { readonly from: string; readonly to: readonly string[]; readonly when: string };
}

const page = readFileSync('docs/card-life.md', 'utf8');

/** The diagram of a life, as the page has it. */
function diagramOf({ first, steps, comesBack }: Life): string {
  const back = comesBack?.to.map((to) => `  ${comesBack.from} --> ${to}: ${comesBack.when}`) ?? [];
  const lines = Object.entries(steps).flatMap(([step, { from, to }]) =>
    from.map((one) => `  ${one} --> ${to}: ${step}`),
  );
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${first}`, ...lines, ...back, '```'].join('\n');
}

test.each(Object.entries(life as Readonly<Record<string, Life>>))(
  'the page shows the life of %s as it is',
  (_, one) => {
    expect(page).toContain(diagramOf(one));
    for (const [state, { text }] of Object.entries(one.states)) expect(page).toContain(`| \`${state}\` | ${text} |`);
  },
);
