import { z } from 'zod';
import { profileSchema } from './profile-schema.js';

/** A node of the JSON Schema of profiles, as far as anything here looks at it. */
export interface SchemaNode {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
}

/** What a profile may hold, as JSON Schema: for editors, and for whoever writes profiles by a program. */
export function profileJsonSchema(): SchemaNode & Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(profileSchema, { io: 'input', target: 'draft-7' });
  return { ...(schema as SchemaNode), title: 'Yongtap card profile' };
}

/** The node that a path leads to (`applications.0.pan`); `undefined` where there is none. */
export function schemaNodeAt(path: readonly string[], from: SchemaNode = profileJsonSchema()): SchemaNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return from;
  const next = from.items ?? from.properties?.[step];
  return next && schemaNodeAt(rest, next);
}
