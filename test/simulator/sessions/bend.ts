import { type DataObject, decode, encode, fromHex, toHex } from '../../../emv/index.js';

/** Another answer in the place of a card's; both in hex with their status word. An empty one: the card has left. */
export type Bend = (response: string) => string;

type Change = (objects: readonly DataObject[]) => readonly DataObject[];

/** Puts the objects of an answer through `change`, at every level, and leaves the status word. */
const rewrite =
  (change: Change): Bend =>
  (response) => {
    const walk = (objects: readonly DataObject[]): DataObject[] =>
      change(objects).map((object) => (object.children ? { ...object, children: walk(object.children) } : object));
    const objects = walk(decode(fromHex(response.slice(0, -4))));
    return toHex(encode(objects)) + response.slice(-4);
  };

/** A data object with another value, wherever it stands. */
export const replaced = (tag: string, value: string): Bend =>
  rewrite((objects) => objects.map((object) => (object.tag === tag ? { ...object, value: fromHex(value) } : object)));

export const removed = (tag: string): Bend => rewrite((objects) => objects.filter((object) => object.tag !== tag));

/** One more object at the end of the template. */
export const added =
  (tag: string, value: string): Bend =>
  (response) => {
    const [template] = decode(fromHex(response.slice(0, -4)));
    const children = [...template!.children!, { tag, value: fromHex(value) }];
    return toHex(encode([{ tag: template!.tag, children }])) + response.slice(-4);
  };

export const refused =
  (statusWord: string): Bend =>
  () =>
    statusWord;

export const left: Bend = () => '';

/** The answer to GET PROCESSING OPTIONS in format 1: profile and file locator, nothing else. */
export const inFormat1: Bend = (response) => {
  const [template] = decode(fromHex(response.slice(0, -4)));
  const value = (tag: string) => toHex(template!.children!.find((object) => object.tag === tag)!.value);
  return toHex(encode([{ tag: '80', value: fromHex(value('82') + value('94')) }])) + response.slice(-4);
};

/** Template 70 of a record becomes 71. */
export const inAnotherTemplate: Bend = (response) => `71${response.slice(2)}`;
