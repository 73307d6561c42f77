import { VectorError } from '../../vector-error.js';

type Rule = (locator: Uint8Array) => boolean;

function entriesOf(locator: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(locator.length / 4) }, (_, index) =>
    locator.subarray(index * 4, index * 4 + 4),
  );
}

const every =
  (holds: (entry: Uint8Array) => boolean): Rule =>
  (locator) =>
    locator.length > 0 && locator.length % 4 === 0 && entriesOf(locator).every(holds);

/** How a file locator has to be coded, by the words of the vectors (EMV 4.3 Book 3 §10.2). */
const rules: Readonly<Record<string, Rule>> = {
  '1<=SFI<=10': every(([file = 0]) => file >> 3 >= 1 && file >> 3 <= 10),
  '1<=SFI<=30': every(([file = 0]) => file >> 3 >= 1 && file >> 3 <= 30),
  'byte1 low 3 bits zero': every(([file = 0]) => (file & 0x07) === 0),
  'byte2 not zero': every(([, first]) => first !== 0),
  'byte3>=byte2': every(([, first = 0, last = 0]) => last >= first),
  'byte4<=byte3-byte2+1': every(([, first = 0, last = 0, signed = 0]) => signed <= last - first + 1),
  'at least one element has byte4>0': (locator) => entriesOf(locator).some(([, , , signed = 0]) => signed > 0),
};

export function fileLocatorRules(name: string): Rule {
  const rule = rules[name.replaceAll(/\s*(<=|>=)\s*/g, '$1')];
  if (rule === undefined) throw new VectorError('expect', `no rule for file locators: ${name}`);
  return rule;
}
