import { type CardFile, cardFileSchema } from '../../card/index.js';
import { nearestName } from '../profile/nearest-name.js';
import { CardEditError } from './card-edit-error.js';
import { type EditedApplication, editData } from './edit-data.js';
import { editableState, editState } from './edit-state.js';

export interface CardEdit {
  /** A name of `editable-state.json`, or a tag; `contact.` or `electronicCash.` before a tag means the value there. */
  readonly name: string;
  readonly value: string;
}

/**
 * An issued card with changes to its state and its data objects. `application` counts from 0. What the issuer has signed
 * cannot be changed. Throws {@link CardEditError}.
 */
export function editCard(file: CardFile, edits: readonly CardEdit[], application = 0): CardFile {
  if (file.applications[application] === undefined) {
    const message = `the card has ${file.applications.length}, counted from 1`;
    throw new CardEditError('card-application-unknown', `application ${application + 1}`, message);
  }
  return edits.reduce((card, edit) => editCardOnce(card, edit, application), file);
}

function editCardOnce(file: CardFile, edit: CardEdit, application: number): CardFile {
  const before = { application: file.applications[application]!, state: file.state[application]! };
  const after = editOne(before, edit);
  const edited = cardFileSchema.safeParse({
    ...file,
    applications: file.applications.with(application, after.application),
    state: file.state.with(application, after.state),
  });
  if (edited.success) return edited.data;
  throw new CardEditError('card-value-invalid', edit.name, edited.error.issues[0]!.message);
}

function editOne({ application, state }: EditedApplication, { name, value }: CardEdit): EditedApplication {
  const field = editableState.find((one) => one.name === name || one.tag === name);
  if (field !== undefined) {
    return { application, state: editState(state, withChangedData({ application, state }), { ...field, name }, value) };
  }
  if (/^((contact|electronicCash)\.)?([0-9A-F]{2}){1,3}$/.test(name)) {
    return editData({ application, state }, name, value);
  }
  const names = editableState.map((one) => one.name);
  const meant = nearestName(name, names);
  const hint =
    meant === undefined ? `neither a tag in upper-case hex nor one of ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new CardEditError('card-field-unknown', name, hint);
}

const withChangedData = ({ application, state }: EditedApplication) => ({
  ...application,
  data: { ...application.data, ...state.changedData },
});
