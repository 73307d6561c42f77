import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * tsc leaves JSON out of the types that it writes, and who installs the package would find codes that are `any`. Each
 * JSON file that they import gets a declaration beside them, and is imported by its name.
 */
export function declareJson(root, types) {
  for (const name of readdirSync(types, { recursive: true }).filter((each) => each.endsWith('.d.ts'))) {
    const path = join(types, name);
    const text = readFileSync(path, 'utf8');
    const declared = text.replace(/(['"])(\.[^'"]+)\.json\1/g, (_, quote, specifier) => {
      const source = join(root, relative(types, dirname(path)), `${specifier}.json`);
      const data = JSON.parse(readFileSync(source, 'utf8'));
      const declaration = join(dirname(path), `${specifier}-json.d.ts`);
      mkdirSync(dirname(declaration), { recursive: true });
      writeFileSync(declaration, `declare const data: ${typeOf(data)};\nexport default data;\n`);
      return `${quote}${specifier}-json.js${quote}`;
    });
    if (declared !== text) writeFileSync(path, declared);
  }
}

function typeOf(value) {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  if (Array.isArray(value)) return `readonly (${[...new Set(value.map(typeOf))].join(' | ') || 'never'})[]`;
  return `{ ${Object.entries(value)
    .map(([key, field]) => `readonly ${JSON.stringify(key)}: ${typeOf(field)}`)
    .join('; ')} }`;
}
