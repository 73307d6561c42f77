import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningGateway, startGatewayProcess, temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();
const PAN = '6228000100000000017';
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGatewayProcess({ cwd });
});
afterAll(() => gateway.end('SIGKILL'));

const tap = (...options: string[]) => yongtap(['tap', ...options], { cwd });

test('an approved tap ends with 0 and tells the decision, the amount and the tap that was kept', async () => {
  const { code, stdout, stderr } = await tap('--card', 'service-card-51', '--profile', 'bus-validator');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^approved .*approved-offline.*\[approved\]/);
  expect(stdout).toContain('2.00 yuan debited');
  expect(stdout).toMatch(/tap ningbo-bus \/ bench-bus-validator \/ \d+, bus single/);
});

test.each([
  ['wrong-signature', 'offline-data-authentication-failed'],
  ['old-card-pboc2', 'no-payment-directory'],
  ['empty-purse', 'declined-by-card'],
])('a tap of %s is a no, with its reason', async (card, reason) => {
  const { code, stdout } = await tap('--card', card, '--profile', 'bus-validator', '--json');
  const result = JSON.parse(stdout);
  expect(code).toBe(1);
  expect(result).toMatchObject({ accepted: false, reason });
  expect(result.record).toBeUndefined();
});

test('a PIN on the command line is refused at a tap; in the environment it does no harm', async () => {
  const { code, stderr } = await tap('--card', 'service-card-51', '--pin', '123456');
  expect([code, stderr]).toEqual([2, expect.stringContaining('--pin is for a card in a slot [option-impossible]')]);
  const env = { YONGTAP_PIN: '123456' };
  expect(await yongtap(['tap', '--card', 'service-card-51'], { cwd, env })).toMatchObject({ code: 0, stderr: '' });
});

test('with --json there is one document: result, record and trace', async () => {
  const { stdout } = await tap(
    ...['--card', 'service-card-51', '--profile', 'metro-gate', '--event', 'exit', '--json', '--trace'],
    ...['--place', 'line=2,station=客运中心', '--at', '2016-01-05T08:26:31', '--terminal', 'gate-7'],
  );
  const { accepted, record, trace, maskedPan } = JSON.parse(stdout);
  expect(accepted).toBe(true);
  expect(record).toMatchObject({
    terminal: 'gate-7',
    event: 'exit',
    place: { line: '2', station: '客运中心' },
    amountFen: 0,
  });
  expect(Date.parse(record.at)).toBe(Date.parse('2016-01-05T00:26:31Z'));
  expect(trace[0]).toMatchObject({ name: 'select-ppse', command: expect.stringMatching(/^00A40400/) });
  expect(maskedPan).toBe('622800*********0017');
});

test('a trace explains every exchange and shows no card number unless told to', async () => {
  const options = ['--card', 'service-card-51', '--profile', 'bus-validator', '--trace'];
  const { stdout } = await tap(...options);
  expect(stdout.match(/^> /gm)!.length).toBeGreaterThan(4);
  expect(stdout).toContain('SELECT PPSE');
  expect(stdout).toContain('9F66 Terminal Transaction Qualifiers');
  expect(stdout).not.toContain(PAN);
  expect((await tap(...options, '--show-pan')).stdout).toContain(PAN);
});

test('a posted tap comes back with its receipt', async () => {
  const { code, stdout } = await tap(
    ...['--card', 'service-card-51', '--profile', 'bus-validator', '--terminal', 'bus-1'],
    ...['--post', gateway.url, '--key', gateway.key],
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/accepted by the gateway/);
  expect(stdout).toContain("member: no, the card is no member's");
  expect(stdout).toMatch(/2\.00 yuan = fare 2\.00 − discount 0\.00; debited 2\.00, still due 0\.00/);
});

test('a terminal that lost its state is told of the conflict, and nothing of the tap that came before', async () => {
  const { code, stdout } = await tap(
    ...['--card', 'prepaid', '--profile', 'bus-validator', '--terminal', 'bus-1', '--state', 'lost-state'],
    ...['--post', gateway.url, '--key', gateway.key],
  );
  expect(code).toBe(1);
  expect(stdout).toContain('it knows another tap as ningbo-bus / bus-1 / 1 [content-conflict]');
  expect(stdout).toContain('--terminal');
  expect(stdout).not.toMatch(/accepted by the gateway|= fare/);
});

test('a tap that nobody takes is told, kept, and sent with the next one', async () => {
  // A card that has not been tapped later: its counter would tell on it.
  const bus = ['--card', 'service-card-51-rural-credit', '--profile', 'bus-validator', '--terminal', 'bus-2', '--json'];
  const lost = await tap(...bus, '--at', '2016-03-01T08:00:00', '--post', 'http://127.0.0.1:1', '--key', 'x');
  expect(lost.code).toBe(3);
  expect(JSON.parse(lost.stdout)).toMatchObject({
    accepted: true,
    gateway: { error: { code: 'gateway-unreachable' } },
  });
  expect(lost.stderr).toMatch(/1 tap is kept/);

  const forbidden = await tap(...bus, '--at', '2016-03-01T12:00:00', '--post', gateway.url, '--key', 'no-key');
  expect(forbidden.code).toBe(1);
  expect(forbidden.stderr).toMatch(/key-unknown[\s\S]*2 taps are kept/);

  const sent = await tap(...bus, '--at', '2016-03-01T16:00:00', '--post', gateway.url, '--key', gateway.key);
  expect(sent.code).toBe(0);
  const answer = await fetch(`${gateway.url}/v1/taps/${JSON.parse(sent.stdout).gateway.id}`, {
    headers: { authorization: `Bearer ${gateway.key}` },
  });
  expect(answer.status).toBe(200);
  const { record } = JSON.parse(lost.stdout);
  const again = await fetch(`${gateway.url}/v1/taps`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(record),
  });
  expect(again.status, 'the first tap is known already').toBe(200);
});
