import { ApduError, type Command, decodeCommand, decodeResponse, instructions as ins } from '../../apdu/index.js';
import { toHex } from '../../bytes.js';
import { type DataObject, flatten, tryDecode } from '../../tlv/index.js';
import { findLayout } from '../file-layouts.js';
import type { LogKind, SessionExchange, SessionStep } from './session-step.js';

/** Understands each exchange by what the card has said before: selected application, lists, log files. */
export function followSession(exchanges: readonly SessionExchange[]): SessionStep[] {
  const state = new SessionState();
  return exchanges.map((exchange) => state.follow(exchange));
}

const NOTHING = new Uint8Array(0);
/** Asks for the unpredictable number only (EMV 4.3 Book 2 §6.5.1). */
const DEFAULT_DDOL = Uint8Array.of(0x9f, 0x37, 0x04);
/** Where PBOC has its logs, if the card does not say (JR/T 0025.5-2013, JR/T 0025.13-2013). */
const PBOC = 'A000000333';
const logFiles: readonly { readonly kind: LogKind; readonly entry: string; readonly usual: number }[] = [
  { kind: 'transaction', entry: '9F4D', usual: 11 },
  { kind: 'load', entry: 'DF4D', usual: 12 },
];

class SessionState {
  #application = '';
  #values = new Map<string, Uint8Array>();
  #answered: Command | undefined;
  #cryptograms = 0;

  follow(exchange: SessionExchange): SessionStep {
    const command = exchange.command && tryDecodeCommand(exchange.command);
    if (command?.ins !== ins.getResponse || this.#answered === undefined) this.#answered = command;
    const answered = this.#answered;
    const { response } = exchange;
    const whole = response !== undefined && response.length >= 2 ? decodeResponse(response) : undefined;
    const data = whole?.data ?? NOTHING;
    if (command?.ins === ins.getProcessingOptions) this.#cryptograms = 0;
    const dataObjectList = command && this.#listFor(command);
    const log = answered && data.length > 0 ? this.#logOf(answered) : undefined;
    const layout = answered && this.#layoutOf(answered);
    const objects = log === undefined && layout === undefined ? tryDecode(data) : undefined;
    if (answered?.ins === ins.select && objects !== undefined && objects.length > 0) this.#selected(answered, objects);
    else for (const [tag, value] of flatten(objects ?? [])) this.#values.set(tag, value);
    return {
      exchange,
      data,
      application: this.#application,
      ...(command && { command }),
      ...(answered && { answered }),
      ...(whole && { statusWord: whole.statusWord }),
      ...(objects && { objects }),
      ...(dataObjectList && { dataObjectList }),
      ...(layout && { layout }),
      ...(log && { log }),
    };
  }

  #selected(command: Command, objects: readonly DataObject[]): void {
    this.#values = flatten(objects);
    this.#application = toHex(this.#values.get('84') ?? command.data ?? NOTHING);
  }

  #listFor(command: Command): Uint8Array | undefined {
    switch (command.ins) {
      case ins.getProcessingOptions:
        return this.#values.get('9F38');
      case ins.generateCryptogram:
        this.#cryptograms += 1;
        return this.#values.get(this.#cryptograms === 1 ? '8C' : '8D');
      case ins.internalAuthenticate:
        return this.#values.get('9F49') ?? DEFAULT_DDOL;
      default:
        return undefined;
    }
  }

  #logOf({ ins: instruction, p1, p2 }: Command): SessionStep['log'] {
    if (instruction !== ins.readRecord || (p2 & 0x07) !== 0x04) return undefined;
    const found = logFiles.find(({ entry, usual }) => {
      const file = this.#values.get(entry)?.[0] ?? (this.#application.startsWith(PBOC) ? usual : undefined);
      return file === p2 >> 3;
    });
    return found && { kind: found.kind, whole: p1 === 0 };
  }

  #layoutOf({ ins: instruction, p1, p2 }: Command): SessionStep['layout'] {
    if (instruction === ins.readRecord) return findLayout(this.#application, instruction, p2 >> 3);
    if (instruction === ins.readBinary && p1 >= 0x80) return findLayout(this.#application, instruction, p1 & 0x1f);
    return instruction === ins.getBalance ? findLayout(this.#application, instruction) : undefined;
  }
}

function tryDecodeCommand(bytes: Uint8Array): Command | undefined {
  try {
    return decodeCommand(bytes);
  } catch (error) {
    if (error instanceof ApduError) return undefined;
    throw error;
  }
}
