import type { CardFile } from '../../card/index.js';
import { CardEditError } from './card-edit-error.js';
import { editableState } from './edit-state.js';
import { signedTags } from './signed-tags.js';

/** What of an application can be changed, as `editCard` takes it: fields of the state, then data objects by tag. */
export function editableValues(file: CardFile, application = 0): ReadonlyMap<string, string> {
  const personalized = file.applications[application];
  const state = file.state[application];
  if (personalized === undefined || state === undefined) {
    throw new CardEditError('card-application-unknown', `application ${application + 1}`, 'the card has none');
  }
  const signed = signedTags(personalized);
  const shown = new Set(editableState.flatMap(({ tag }) => tag ?? []));
  const data = { ...personalized.data, ...state.changedData };
  return new Map([
    ...editableState
      .filter(({ kind }) => kind !== 'empty' && kind !== 'pin')
      .map(({ name, field }) => [name, String(state[field as keyof typeof state] ?? 'none')] as const),
    ...Object.keys(data)
      .filter((tag) => !signed.has(tag) && !shown.has(tag))
      .sort()
      .map((tag) => [tag, data[tag]!] as const),
  ]);
}
