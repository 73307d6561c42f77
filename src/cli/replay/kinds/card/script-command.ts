import { concat, fromHex, pinChangeData, scriptMac } from '../../../../../emv/index.js';
import { VectorError } from '../../vector-error.js';
import type { CardRun } from './card-run.js';
import { numberOf, type StepOf } from './step-schema.js';

const NOTHING = new Uint8Array(0);

/** Scripts without data of their own (JR/T 0025.5-2013 annex B). */
const headers: Readonly<Record<string, string>> = {
  'APPLICATION BLOCK': '841E0000',
  'APPLICATION UNBLOCK': '84180000',
  'CARD BLOCK': '84160000',
  'PIN UNBLOCK': '84240000',
};

/** The command of a script step, with the MAC that it is to have. */
export function scriptCommandOf(run: CardRun, step: StepOf<'script'>): Uint8Array {
  const { header, data } = unprotected(run, step);
  const mac = step.mac === 'absent' ? NOTHING : macOf(run, header, data);
  if (step.mac === 'wrong' || step.mac === 'invalid') mac[0]! ^= 0xff;
  const body = concat(data, mac);
  return body.length === 0 ? header : concat(header, Uint8Array.of(body.length), body);
}

function macOf(run: CardRun, header: Uint8Array, data: Uint8Array): Uint8Array {
  const { cryptogramAlgorithm: algorithm } = run.application;
  const key = run.sessionKey('messageAuthentication');
  const applicationCryptogram = run.firstCryptogram ?? new Uint8Array(8);
  return scriptMac({ algorithm, key, header, atc: run.counter, applicationCryptogram, data });
}

function unprotected(run: CardRun, { command: written, value, ...step }: StepOf<'script'>) {
  const command = withPlace(written.trim().toUpperCase(), step);
  const bare = headers[command];
  if (bare !== undefined) return { header: fromHex(bare), data: NOTHING };
  const [, tag] = /^PUT DATA ([0-9A-F]{2,4})$/.exec(command) ?? [];
  if (tag !== undefined)
    return { header: fromHex(`04DA${tag.padStart(4, '0')}`), data: fromHex(required(command, value)) };
  const [, file, record] = /^UPDATE RECORD ([0-9A-F]{2})\/(\d+)$/.exec(command) ?? [];
  if (file !== undefined) {
    const header = Uint8Array.of(0x04, 0xdc, Number(record), (Number.parseInt(file, 16) << 3) | 4);
    return { header, data: fromHex(required(command, value)) };
  }
  if (command === 'PIN CHANGE') return changePin(run, required(command, value));
  if (command === 'PIN CHANGE WITH CURRENT') return changePin(run, required(command, value), run.pin);
  throw new VectorError('step.command', `no script command ${command}`);
}

/** The place of a command that names it beside. */
function withPlace(command: string, { tag, sfi, record }: Pick<StepOf<'script'>, 'tag' | 'sfi' | 'record'>): string {
  if (command === 'PUT DATA' && tag !== undefined) return `${command} ${tag.toUpperCase()}`;
  if (command === 'UPDATE RECORD' && sfi !== undefined && record !== undefined)
    return `${command} ${numberOf(sfi).toString(16).toUpperCase().padStart(2, '0')}/${record}`;
  return command;
}

function changePin(run: CardRun, newPin: string, currentPin?: string) {
  const { keys, cryptogramAlgorithm: algorithm } = run.application;
  const data = pinChangeData({
    algorithm,
    cardKey: fromHex(keys.encipherment!),
    sessionKey: run.sessionKey('encipherment'),
    newPin,
    ...(currentPin === undefined ? {} : { currentPin }),
  });
  run.pin = newPin;
  return { header: fromHex(currentPin === undefined ? '84240002' : '84240001'), data };
}

function required(command: string, value: string | undefined): string {
  if (value === undefined) throw new VectorError('step.value', `${command} needs one`);
  return value;
}
