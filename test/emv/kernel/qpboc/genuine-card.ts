import { fromHex } from '../../../../emv/bytes.js';
import type { QpbocTerminal } from '../../../../emv/kernel/qpboc/qpboc-terminal.js';
import { createCertificationAuthorityKeyStore } from '../../../../emv/keys/index.js';
import { decode, encode } from '../../../../emv/tlv/index.js';
import { readVectors } from '../../read-vectors.js';
import { type Card, dataMap } from './card-script.js';

interface Session {
  readonly terminal: Readonly<Record<string, string>>;
  readonly unpredictableNumber: string;
  readonly date: string;
  readonly caKeys: Parameters<typeof createCertificationAuthorityKeyStore>[0];
  readonly transcript: readonly { readonly command: string; readonly response: string }[];
}

/** A recorded transaction whose signatures are right: the card's answers by command, and its terminal. */
export function genuineSession(id: string) {
  const vector = readVectors('session-qpboc-minted', 'session').find((candidate) => candidate.id === id);
  const session = vector!.input as unknown as Session;
  const answers = new Map(session.transcript.map(({ command, response }) => [command, response]));
  return {
    commands: session.transcript.map(({ command }) => command),
    /** The answer to GET PROCESSING OPTIONS. */
    options: fromHex(session.transcript.find(({ command }) => command.startsWith('80A8'))!.response),
    answerTo: (command: Uint8Array): Uint8Array =>
      fromHex(answers.get(Buffer.from(command).toString('hex').toUpperCase()) ?? '6A82'),
    terminal: (values: Readonly<Record<string, string>> = {}): QpbocTerminal => ({
      data: dataMap({ ...session.terminal, ...values }),
      unpredictableNumber: fromHex(session.unpredictableNumber),
      date: session.date,
      caKeys: createCertificationAuthorityKeyStore(session.caKeys),
    }),
    /**
     * Gives the recorded answer to each command, whatever the terminal says in GET PROCESSING OPTIONS; `change` bends
     * the answer to the command at a place of the transcript.
     */
    card(change: (response: Uint8Array, place: number) => Uint8Array | undefined = (response) => response): Card {
      let place = 0;
      return ({ name, command }) => {
        const options = session.transcript.find(({ command: recorded }) => recorded.startsWith('80A8'))!;
        const hex = Buffer.from(command).toString('hex').toUpperCase();
        const answer = name === 'get-processing-options' ? options.response : answers.get(hex);
        return change(fromHex(answer ?? '6A82'), place++);
      };
    },
  };
}

/** An answer with one data object of its template put in, replaced or, with `undefined`, taken out. */
export function withObject(response: Uint8Array, tag: string, value: string | undefined): Uint8Array {
  const [template] = decode(response.subarray(0, -2));
  const others = template!.children!.filter((child) => child.tag !== tag);
  const added = value === undefined ? [] : [{ tag, value: fromHex(value) }];
  const bytes = encode([{ tag: template!.tag, children: [...others, ...added] }]);
  return Uint8Array.of(...bytes, ...response.subarray(-2));
}
