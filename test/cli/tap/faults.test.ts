import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startYongtap, temporaryFolder, yongtap } from '../support/yongtap.js';

/** Several processes each. */
vi.setConfig({ testTimeout: 90_000 });

const cwd = temporaryFolder();
const bus = ['tap', '--card', 'service-card-51', '--profile', 'bus-validator'];
const faults = (...texts: string[]) => texts.flatMap((text) => ['--fault', text]);

const balance = async (card = 'service-card-51') => {
  const { stdout } = await yongtap(['card', 'show', card, '--json'], { cwd });
  return JSON.parse(stdout).applications[0].purse.balanceFen as number;
};

const documents = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a torn tap is told with its fault and with what to do next, and ends with 1; the purse is as it was', async () => {
  const before = await balance();
  const { code, stdout } = await yongtap([...bus, ...faults('tear@3')], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('[card-removed]');
  expect(stdout).toContain('fault tear@3 at command 3');
  expect(stdout).toContain('the card has paid nothing: tap it again');
  expect(await balance()).toBe(before);
});

test('torn at its last answer the card may have paid, and the page of the card tells', async () => {
  const before = await balance();
  const { code, stdout } = await yongtap([...bus, ...faults('tear@8')], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('yongtap card show service-card-51 tells whether it did');
  expect(await balance()).toBe(before - 200);
});

test('scripts are told of every fault that struck, and at which command', async () => {
  const wanted = faults('late@read-record:20', 'status@2:6A82', 'flip@99');
  const { code, stderr, stdout } = await yongtap([...bus, ...wanted, '--json'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('fault flip@99 has not struck');
  expect(stderr).not.toContain('status@2');
  const told = JSON.parse(stdout);
  expect(told.faults).toEqual([{ fault: 'status@2:6A82', command: 2 }]);
  const intact = JSON.parse((await yongtap([...bus, ...faults('late@read-record:20'), '--json'], { cwd })).stdout);
  expect(intact.outcome).toBe('approved-offline');
  expect(intact.faults).toHaveLength(5);
  expect(intact.timing.cardMs).toBeGreaterThanOrEqual(5 * 19);
});

test('a card that is pulled out of its slot is told in the same way', async () => {
  const slot = ['tap', '--card', 'service-card-51', '--interface', 'contact', '--pin', '123456'];
  const { code, stdout } = await yongtap([...slot, ...faults('tear@get-processing-options')], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('fault tear@get-processing-options at command');
  expect(stdout).toContain('the card has paid nothing: put it in again');
  const last = await yongtap([...slot, ...faults('tear@generate-ac'), '--json'], { cwd });
  expect(JSON.parse(last.stdout)).toMatchObject({ reason: 'card-removed', faults: [{ fault: 'tear@generate-ac' }] });
});

test('a tear happens once in a command: the second tap is approved', async () => {
  const { stdout } = await yongtap([...bus, ...faults('drop@4'), '--count', '2', '--json'], { cwd });
  const [first, second] = documents(stdout);
  expect(first).toMatchObject({ outcome: 'torn', faults: [{ fault: 'drop@4', command: 4 }] });
  expect(second.outcome).toBe('approved-offline');
  expect(second).not.toHaveProperty('faults');
});

let minutes = 0;
/** A minute later at each call: a journey is open while its entry is later than the last exit, to the second. */
const nextMinute = () => ['--at', new Date(Date.UTC(2026, 0, 5, 1, minutes++)).toISOString()];

test.each([
  ['tear@10', 'completed', 'is let through without paying again'],
  ['tear-before@10', 'not-completed', 'is tapped again'],
])('an exit with %s is %s, says the card, and %s', async (fault, verdict) => {
  const gate = ['tap', '--card', 'small-payment', '--profile', 'metro-gate-offline', '--json'];
  const entry = [...gate, '--event', 'entry', ...nextMinute()];
  const exit = [...gate, '--event', 'exit', '--place', 'station=客运中心', '--count', '2', ...nextMinute()];
  expect((await yongtap(entry, { cwd })).code).toBe(0);
  const before = await balance('small-payment');
  const { code, stdout } = await yongtap([...exit, ...faults(fault)], { cwd });
  const [torn, recovery, again] = documents(stdout);
  expect(code).toBe(1);
  expect(torn).toMatchObject({ outcome: 'torn', mayHaveDebited: true });
  expect(recovery).toEqual({ recovery: { verdict, evidence: 'cryptogram', amountFen: 300 } });
  if (verdict === 'completed') expect(again).toBeUndefined();
  else expect(again).toMatchObject({ accepted: true, amountFen: 300 });
  expect(await balance('small-payment')).toBe(before - 300);
});

test.each(['tear', 'drop'])(
  'a card that is lost (%s) while it is asked what became of its tap pays once',
  async (kind) => {
    const gate = ['tap', '--card', 'small-payment', '--profile', 'metro-gate-offline', '--json'];
    const entry = [...gate, '--event', 'entry', ...nextMinute()];
    const exit = [...gate, '--event', 'exit', '--place', 'station=客运中心', '--count', '3', ...nextMinute()];
    expect((await yongtap(entry, { cwd })).code).toBe(0);
    const before = await balance('small-payment');
    const { code, stdout } = await yongtap([...exit, ...faults('tear@10', `${kind}@get-trans-prove`)], { cwd });
    const [torn, ...recoveries] = documents(stdout);
    expect(code).toBe(1);
    expect(torn).toMatchObject({ outcome: 'torn', mayHaveDebited: true });
    expect(recoveries).toEqual([
      { recovery: { verdict: 'unknown', evidence: 'none', amountFen: 300, error: 'card-removed' } },
      { recovery: { verdict: 'completed', evidence: 'cryptogram', amountFen: 300 } },
    ]);
    expect(await balance('small-payment')).toBe(before - 300);
  },
);

const SELECT_PPSE = '00A404000E325041592E5359532E444446303100';

/** The service's end of a virtual reader: what comes of a command, or that the card has gone. */
class ReaderEnd {
  readonly cards: Socket[] = [];
  #server!: Server;

  async listen(path: string): Promise<void> {
    this.#server = createServer((card) => this.cards.push(card.on('error', () => {})));
    await once(this.#server.listen(path), 'listening');
  }

  async close(): Promise<void> {
    for (const card of this.cards) card.destroy();
    this.#server.close();
  }

  async nextCard(number: number): Promise<Socket> {
    while (this.cards.length < number) await once(this.#server, 'connection');
    return this.cards[number - 1]!;
  }
}

const reader = new ReaderEnd();
const socketPath = join(cwd, 'faults.sock');
beforeAll(() => reader.listen(socketPath));
afterAll(() => reader.close());

function frame(hex: string): Buffer {
  const body = Buffer.from(hex, 'hex');
  return Buffer.concat([Buffer.of(body.length >> 8, body.length & 0xff), body]);
}

/** All that the card says to these frames until it has said so much, or has gone. */
async function hear(card: Socket, sent: readonly string[], bytes: number): Promise<string> {
  for (const hex of sent) card.write(frame(hex));
  let heard = '';
  while (heard.length < bytes * 2) {
    const piece = await Promise.race([once(card, 'data'), once(card, 'close').then(() => undefined)]);
    if (piece === undefined) break;
    heard += (piece[0] as Buffer).toString('hex').toUpperCase();
  }
  return heard;
}

test('a presented card is torn away in the middle of its answer, and lies there again', async () => {
  const present = ['card', 'present', 'service-card-51', '--socket', socketPath, ...faults('tear@2:5', 'drop@1')];
  const child = startYongtap(present, { cwd });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const exit = once(child, 'exit');
  expect(await hear(await reader.nextCard(1), ['01', SELECT_PPSE], 1), 'dropped').toBe('');
  const second = await reader.nextCard(2);
  expect(
    await hear(second, ['01', SELECT_PPSE, SELECT_PPSE], 1000),
    'an answer, and one of 6 bytes that has 5',
  ).toMatch(/^00[0-9A-F]{2}6F[0-9A-F]*900000066F[0-9A-F]{8}$/);
  const third = await reader.nextCard(3);
  expect(await hear(third, ['01', SELECT_PPSE], 20), 'presented again').toMatch(/^00[0-9A-F]{2}6F/);
  child.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
  expect(told).toContain('fault drop@1 at command 1');
  expect(told).toContain('fault tear@2:5 at command 2');
});
