import { z } from 'zod';
import { environmentName } from './config-option.js';
import { optionNames, optionOf } from './gateway-options.js';

/** The configuration file as JSON Schema 2020-12, for editors. */
export function configJsonSchema(): object {
  const names = optionNames.filter((name) => !optionOf(name).notInFile);
  const properties = names.map((name) => {
    const { schema, text, default: value, defaultText } = optionOf(name);
    const { $schema: _, ...shape } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
    const also = defaultText === undefined ? '' : ` Default: ${defaultText}.`;
    const description = `${text}.${also} In the environment: ${environmentName(name)}.`;
    return [name, { description, ...shape, ...(value !== undefined && { default: value }) }];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Yongtap gateway',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}
