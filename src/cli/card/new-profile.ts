import { basename, extname } from 'node:path';
import { type Document, parse, parseDocument } from 'yaml';
import {
  loadProfile,
  ProfileError,
  parseProfile,
  profileJsonSchema,
  profileText,
  schemaNodeAt,
} from '../../../simulator/index.js';
import blankProfile from './blank-profile.yaml';
import { commentsFor } from './profile-comments.js';

export interface ProfileSetting {
  /** Leads to a field of the card, or of its first application: `keyBits`, `pan`, `applications.1.pan`. */
  readonly path: string;
  readonly value: string;
}

/** Where there is nothing to begin from but what every card needs. */
const BLANK = 'blank';

/**
 * The text of a profile of one's own, made from one of the box: the same card under the file's name, with what else can
 * be said as comments; JSON where the file is called so. Throws `ProfileError` for settings that make no profile.
 */
export function newProfile(path: string, from: string, settings: readonly ProfileSetting[] = []): string {
  const document = parseDocument(from === BLANK ? blankProfile : profileText(from));
  document.commentBefore = null;
  if (document.contents) document.contents.commentBefore = null;
  document.set('name', profileName(path));
  for (const { path: field, value } of settings) apply(document, field, value);
  const text = extname(path) === '.json' ? asJson(document, from) : asYaml(document, path, from);
  parseProfile(text);
  return text;
}

function apply(document: Document, path: string, value: string): void {
  const steps = path.split('.');
  const isOfCard = schemaNodeAt(steps.slice(0, 1)) !== undefined;
  const whole = isOfCard ? steps : ['applications', '0', ...steps];
  const isText = schemaNodeAt(whole)?.type === 'string';
  try {
    document.setIn(
      whole.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
      document.createNode(isText ? value : parse(value)),
    );
  } catch {
    // Of YAML: a value that is none, or a step below something that has no fields.
    throw new ProfileError('profile-invalid', `${path}=${value}: there is no such field, or the value is no YAML`, {
      path: whole.join('.'),
    });
  }
}

function asYaml(document: Document, path: string, from: string): string {
  const { applications = [], ...card } = document.toJS() as { applications?: object[] };
  const schema = profileJsonSchema();
  const said = (fields: object) => new Set(Object.keys(fields));
  return [
    `# A card profile, made from ${from}${from === BLANK ? '' : ` (${loadProfile(from).title})`}. Edit it, then issue the card:`,
    `#   yongtap card issue ${path}`,
    document.toString({ lineWidth: 0 }).trimEnd(),
    '    # What else can be said of an application; what stands here holds without it, or is an example:',
    ...commentsFor(schemaNodeAt(['applications', '0'], schema)!, said(applications.at(-1) ?? {}), '    '),
    '# And of the card:',
    ...commentsFor(schema, said({ ...card, applications }), ''),
    '',
  ].join('\n');
}

const asJson = (document: Document, from: string): string =>
  `// A card profile, made from ${from}. Every field: docs/card-profiles.md\n${JSON.stringify(document.toJS(), undefined, 2)}\n`;

/** Lower-case words joined by hyphens, as a profile's name has to be. */
function profileName(path: string): string {
  const words = basename(path, extname(path))
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? 'my-card';
}
