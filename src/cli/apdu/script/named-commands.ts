import {
  type Command,
  externalAuthenticate,
  fromAscii,
  generateApplicationCryptogram,
  getChallenge,
  getData,
  getProcessingOptions,
  internalAuthenticate,
  plaintextOfflinePin,
  readRecord,
  select,
  verify,
} from '../../../../emv/index.js';
import { CommandError } from '../../exit-codes.js';
import { listedValues, parseValues } from './listed-values.js';
import { parseHex } from './parse-hex.js';
import type { Surroundings } from './statement.js';

/** A command by its name, as EMV and the trace call it. */
export interface NamedCommand {
  readonly usage: string;
  readonly meaning: string;
  /** Looks at the operands at once; throws {@link CommandError}. */
  readonly parse: (operands: readonly string[]) => (surroundings: Surroundings) => Command;
}

const environments: Readonly<Record<string, string>> = { ppse: '2PAY.SYS.DDF01', pse: '1PAY.SYS.DDF01' };
const cryptograms: Readonly<Record<string, number>> = { aac: 0x00, tc: 0x40, arqc: 0x80 };
const PLAINTEXT_PIN = 0x80;
const UNPREDICTABLE_NUMBER_LENGTH = 4;
const RECORDS_MAX = 255;
const FILES_MAX = 30;
const EMPTY = new Uint8Array(0);
/** Asks for the unpredictable number alone (EMV 4.3 Book 2 §6.5.1). */
const DEFAULT_DDOL = Uint8Array.of(0x9f, 0x37, UNPREDICTABLE_NUMBER_LENGTH);

export const namedCommands: Readonly<Record<string, NamedCommand>> = {
  select: {
    usage: 'select ppse | pse | AID',
    meaning: 'choose the directory or an application; AID can be $4F, what the directory said last',
    parse: (operands) => {
      const name = parseName(operands);
      return (surroundings) => select(name(surroundings));
    },
  },
  'select-next': {
    usage: 'select-next AID',
    meaning: 'choose the next application with that beginning',
    parse: (operands) => {
      const name = parseName(operands);
      return (surroundings) => select(name(surroundings), 'next');
    },
  },
  'get-processing-options': {
    usage: 'get-processing-options [TAG=HEX … | HEX]',
    meaning: 'begin; what the card’s list (9F38) asks for and is not given, is a bench’s',
    parse: (operands) => {
      const values = parseValues(operands);
      return (surroundings) =>
        getProcessingOptions(
          values instanceof Uint8Array
            ? values
            : listedValues(surroundings.said.get('9F38') ?? EMPTY, values, surroundings),
        );
    },
  },
  'read-record': {
    usage: 'read-record RECORD FILE',
    meaning: 'READ RECORD 2 of file 1: read-record 2 1',
    parse: (operands) => {
      const [record, file] = numbers(
        operands,
        [RECORDS_MAX, FILES_MAX],
        `read-record RECORD FILE, a record of 1 to ${RECORDS_MAX} and a file of 1 to ${FILES_MAX}`,
      );
      return () => readRecord(file!, record!);
    },
  },
  'get-data': {
    usage: 'get-data TAG',
    meaning: 'a data object: 9F79 the balance, 9F36 the transaction counter, 9F17 the PIN tries',
    parse: (operands) => {
      const [tag = ''] = operands;
      if (operands.length !== 1 || !/^(?:[0-9A-Fa-f]{2}){1,2}$/.test(tag)) throw wrongUse('get-data TAG');
      return () => getData(tag.toUpperCase());
    },
  },
  'get-challenge': {
    usage: 'get-challenge',
    meaning: '8 random bytes of the card',
    parse: (operands) => {
      if (operands.length > 0) throw wrongUse('get-challenge');
      return () => getChallenge();
    },
  },
  'internal-authenticate': {
    usage: 'internal-authenticate [TAG=HEX … | HEX]',
    meaning: 'have the card sign; without data what its list (9F49) asks for',
    parse: (operands) => {
      const values = parseValues(operands);
      return (surroundings) =>
        internalAuthenticate(
          values instanceof Uint8Array
            ? values
            : listedValues(surroundings.said.get('9F49') ?? DEFAULT_DDOL, values, surroundings),
        );
    },
  },
  'generate-ac': {
    usage: 'generate-ac aac | tc | arqc [TAG=HEX … | HEX]',
    meaning: 'ask for a cryptogram, with what the card’s list (8C, the second time 8D) asks for',
    parse: ([kind = '', ...operands]) => {
      const cryptogram = cryptograms[kind.toLowerCase()];
      if (cryptogram === undefined) throw wrongUse('generate-ac aac | tc | arqc');
      const values = parseValues(operands);
      return (surroundings) => {
        const list = surroundings.said.get(surroundings.cryptograms === 0 ? '8C' : '8D') ?? EMPTY;
        const data = values instanceof Uint8Array ? values : listedValues(list, values, surroundings);
        return generateApplicationCryptogram(cryptogram, false, data);
      };
    },
  },
  'external-authenticate': {
    usage: 'external-authenticate HEX',
    meaning: 'hand the issuer’s answer (91) to the card',
    parse: (operands) => {
      const data = parseHex(needed(operands, 'external-authenticate HEX'));
      return (surroundings) => externalAuthenticate(data(surroundings));
    },
  },
  verify: {
    usage: 'verify PIN',
    meaning: 'show the PIN in the clear; it is printed and recorded nowhere',
    parse: (operands) => {
      const [pin = ''] = operands;
      if (operands.length !== 1 || !/^\d{4,12}$/.test(pin)) throw wrongUse('verify PIN, of four to twelve digits');
      return () => verify(PLAINTEXT_PIN, plaintextOfflinePin(pin));
    },
  },
};

function parseName(operands: readonly string[]): (surroundings: Surroundings) => Uint8Array {
  const text = needed(operands, 'select ppse | pse | AID');
  const environment = environments[text.toLowerCase()];
  return environment === undefined ? parseHex(text) : () => fromAscii(environment);
}

function needed(operands: readonly string[], usage: string): string {
  if (operands.length === 0) throw wrongUse(usage);
  return operands.join(' ');
}

function numbers(operands: readonly string[], limits: readonly number[], usage: string): number[] {
  const found = operands.map(Number);
  const fits = (value: number, index: number) => Number.isInteger(value) && value >= 1 && value <= limits[index]!;
  if (found.length !== limits.length || !found.every(fits)) throw wrongUse(usage);
  return found;
}

const wrongUse = (usage: string): CommandError =>
  new CommandError(
    'apdu-invalid',
    `it is: ${usage}`,
    undefined,
    'Several commands on the command line are each in quotes.',
  );

/** Never tells a word after the name: it may be a PIN. */
export const unknownWord = (word: string): CommandError =>
  new CommandError(
    'apdu-invalid',
    `${word} is neither hex nor a command`,
    undefined,
    `Commands: ${Object.keys(namedCommands).join(', ')}; expect, reset, wait`,
  );
