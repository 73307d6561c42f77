import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import { createCertificationAuthorityKeyStore, fromHex } from '../../../emv/index.js';
import {
  type AuthorizationAnswer,
  type CardFile,
  createIssuerHost,
  createMemoryAccountBook,
  createTestIssuer,
  openCard,
  testCaKeys,
  testZonePinKey,
} from '../../../simulator/index.js';
import { startIssuer } from '../../../src/cli/issuer/start-issuer.js';
import type { Vector } from '../../../src/cli/replay/vector.js';
import type { ContactTransactionType } from '../../../src/cli/tap/contact/contact-options.js';
import { type ContactSetting, contactTerminal } from '../../../src/cli/tap/contact/contact-terminal.js';
import { contactVector } from '../../../src/cli/tap/contact/contact-vector.js';
import { httpIssuer } from '../../../src/cli/tap/contact/issuer/http-issuer.js';
import type { IssuerLine } from '../../../src/cli/tap/contact/issuer/issuer-line.js';
import { pinEntry } from '../../../src/cli/tap/contact/pin/pin-entry.js';
import { runContactTap } from '../../../src/cli/tap/contact/run-contact-tap.js';
import { timeSoftwareCard } from '../../../src/cli/tap/timing/time-software-card.js';
import { TimedChannel } from '../../../src/cli/tap/timing/timed-channel.js';
import { createLogger } from '../../../src/gateway/index.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import { issue, pki, random } from '../../simulator/card-in-hand.js';

export const AVAILABLE_FEN = 1_000_000;
export const PURSE_FEN = 10_000;
export const PIN = '123456';

/** The banks of the test cards behind real HTTP, for as long as the tests of a file run. */
export async function startBank() {
  const server = await startIssuer({
    host: createIssuerHost({
      issuer: createTestIssuer(pki),
      book: createMemoryAccountBook(),
      clock: () => new Date('2016-01-04T04:00:00Z'),
      tokenKey: new Uint8Array(32).fill(3),
      opensWith: { availableFen: AVAILABLE_FEN },
    }),
    address: '127.0.0.1',
    port: 0,
    makeId: () => 'made',
    logger: createLogger(process.stderr, 'silent'),
    version: 'test',
  });
  afterAll(() => server.close());
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape, looked into by the tests.
  const call = async (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<any> => {
    const response = await fetch(`${server.url}/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  return { url: server.url, call };
}

export interface Visit extends Partial<Omit<ContactSetting, 'trust' | 'random'>> {
  readonly pins?: readonly string[];
  /** Terminal data in the place of the bench's. */
  readonly data?: Readonly<Record<string, string>>;
  /** What happens on the line; `null`: there is none. */
  readonly line?: ((line: IssuerLine) => IssuerLine) | null;
}

/** A counter with a line to the bank, and a card that is put into its slot again and again. */
export class Counter {
  readonly card: ReturnType<typeof openCard>;
  readonly failures: string[] = [];
  /** Of every visit, as `--record` keeps it. */
  readonly vectors: Vector[] = [];
  token = '';

  constructor(
    private readonly bank: Pick<Awaited<ReturnType<typeof startBank>>, 'url' | 'call'>,
    file: CardFile = issue('service-card-51'),
  ) {
    this.card = openCard(file, { random });
  }

  async visit(type: ContactTransactionType, visit: Visit = {}) {
    const { amountFen = 30_000, at = new Date('2016-01-04T02:00:00Z'), pins = [PIN], data = {}, line } = visit;
    const trust = { caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)), revoked: new Set<string>() };
    const terminal = contactTerminal({ type, amountFen, at, random: randomBytes, trust, ...visit });
    for (const [tag, value] of Object.entries(data))
      (terminal.data as Map<string, Uint8Array>).set(tag, fromHex(value));
    const channel = new TimedChannel(createSoftwareChannel(this.card, 'slot', { interface: 'contact' }));
    const straight = httpIssuer({
      url: this.bank.url,
      onFailure: (message) => this.failures.push(message),
    });
    const tap = await runContactTap({
      type,
      amountFen,
      at,
      terminal,
      card: { channel, timekeeper: timeSoftwareCard(channel) },
      line: line === null ? undefined : (line?.(straight) ?? straight),
      pins: pinEntry(pins, undefined, () => {}),
      zonePinKey: testZonePinKey(pki),
    });
    this.vectors.push(contactVector(`visit-${this.vectors.length + 1}`, tap, channel));
    await channel.close();
    if (typeof tap.issuer === 'object' && tap.issuer.card) this.token = tap.issuer.card.token;
    return { ...tap, answer: tap.issuer as AuthorizationAnswer };
  }

  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape, looked into by the tests.
  account(): Promise<any> {
    return this.bank.call(`accounts/${this.token}`);
  }

  get purseFen(): number {
    return this.card.inspect().applications[0]!.purse.balanceFen;
  }
}
