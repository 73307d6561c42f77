import { commandName, commandNames, instructions } from '../../../emv/apdu/index.js';
import { equalBytes, fromAscii } from '../../../emv/bytes.js';

const kebab = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

const APPLICATION = 'select-application';
const SCRIPT = 'issuer-script';
const NAME_OFFSET = 5;
/** Bit of the class byte: secure messaging. */
const SECURE_MESSAGING = 0x04;

const environments = [
  { name: 'select-pse', file: fromAscii('1PAY.SYS.DDF01') },
  { name: 'select-ppse', file: fromAscii('2PAY.SYS.DDF01') },
] as const;

/** What an issuer's script is made of (JR/T 0025.5-2013 17.6.2). */
const scripted: ReadonlySet<string> = new Set([
  'application-block',
  'application-unblock',
  'card-block',
  'pin-change-unblock',
  'put-data',
  'update-record',
]);

/** Every name by which a command can be told, those of the trace among them. */
export const knownCommandNames: readonly string[] = [
  ...new Set([...commandNames.map(kebab), APPLICATION, ...environments.map(({ name }) => name), SCRIPT]),
];

/** The names of a command: that of its instruction, and the closer one of what it selects or belongs to. */
export function namesOfCommand(bytes: Uint8Array): readonly string[] {
  const [cla = 0, ins = 0] = bytes;
  const name = kebab(commandName({ cla, ins }));
  if (ins === instructions.select) {
    const file = bytes.subarray(NAME_OFFSET, NAME_OFFSET + (bytes[NAME_OFFSET - 1] ?? 0));
    return [name, environments.find((one) => equalBytes(one.file, file))?.name ?? APPLICATION];
  }
  return scripted.has(name) && (cla & SECURE_MESSAGING) !== 0 ? [name, SCRIPT] : [name];
}
