import { basename, extname } from 'node:path';
import { loadProfile, profileText } from '../../../simulator/index.js';
import moreFields from './more-fields.json';

/**
 * The text of a profile of one's own, made from one of the box: the same card under the file's name, with what else can
 * be said as comments.
 */
export function newProfile(path: string, from: string): string {
  const { title } = loadProfile(from);
  const [, ...body] = profileText(from).split(/^(?=name:)/m);
  const text = body.join('').replace(/^name: .*$/m, `name: ${profileName(path)}`);
  const unsaid = (fields: readonly string[]) => fields.filter((field) => !isSaid(field, text));
  return [
    `# A card profile, made from ${from} (${title}). Edit it, then issue the card:`,
    `#   yongtap card issue ${path}`,
    text.trimEnd(),
    '    # What else can be said of an application; what stands here holds without it. Each explained: docs/cards.md',
    ...unsaid(moreFields.application).map((field) => `    # ${field}`),
    '# And of the card:',
    ...unsaid(moreFields.card).map((field) => `# ${field}`),
    '',
  ].join('\n');
}

const isSaid = (field: string, text: string): boolean =>
  new RegExp(`^[ -]*${field.slice(0, field.indexOf(':'))}:`, 'm').test(text);

/** Lower-case words joined by hyphens, as a profile's name has to be. */
function profileName(path: string): string {
  const words = basename(path, extname(path))
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? 'my-card';
}
