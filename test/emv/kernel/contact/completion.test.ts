import { describe, expect, test } from 'vitest';
import { fromAscii, fromHex, toHex } from '../../../../emv/bytes.js';
import {
  type CardLines,
  cryptogram,
  LEAVES,
  marks,
  object,
  objects,
  PAN,
  type Ports,
  play,
  terminal,
  value,
} from './contact-card.js';

const ARQC = cryptogram('80');
const TC = cryptogram('40');
const AAC = cryptogram('00');
const ONLINE = terminal({}, { requestsOnline: true });
const EXTERNAL_AUTHENTICATE = '008200000A';
const ARPC = '1122334455667788';

const answered = (authorizationResponseCode: string, more: object = {}): Ports => ({
  'authorize-online': () => ({ result: 'answered', authorizationResponseCode, ...more }),
});
const unable: Ports = { 'authorize-online': () => ({ result: 'unable' }) };
const cryptogramsAsked = (commands: readonly string[]) =>
  commands.filter((command) => command.startsWith('80AE')).map((command) => command.slice(4, 6));
const scriptsSent = (commands: readonly string[]) => commands.filter((command) => /^(84|04)/.test(command));

describe('offline (JR/T 0025.6-2013 table 38)', () => {
  test('a TC approves with Y1', () => {
    const played = play({ cryptograms: [TC] });
    expect(played.outcome).toMatchObject({
      outcome: 'approved-offline',
      reason: 'approved',
      cryptogramType: 'TC',
      authorizationResponseCode: 'Y1',
      reversalRequired: false,
      adviceRequired: false,
      messages: ['approved', 'remove-card'],
    });
    expect(cryptogramsAsked(played.commands)).toEqual(['40']);
    expect(marks(played)).toEqual({ tvr: 'A000000000', tsi: '2800', cvm: '3F0000' });
  });

  test('an AAC declines with Z1, whoever wanted it', () => {
    expect(play({ cryptograms: [AAC] }).outcome).toMatchObject({
      outcome: 'declined',
      reason: 'declined-by-card',
      authorizationResponseCode: 'Z1',
    });
    const denied = play({ cryptograms: [AAC] }, {}, terminal({ DF13: 'FFFFFFFFFF' }));
    expect(denied.outcome).toMatchObject({ outcome: 'declined', reason: 'declined-by-terminal' });
    expect(cryptogramsAsked(denied.commands)).toEqual(['00']);
  });

  test.each([
    ['00', { DF13: 'FFFFFFFFFF' }, '40'],
    ['00', { DF13: 'FFFFFFFFFF' }, '80'],
    ['80', { DF12: 'FFFFFFFFFF' }, '40'],
  ])('asked %s, answered stronger: terminated', (asked, data, information) => {
    const played = play({ cryptograms: [cryptogram(information)] }, {}, terminal(data));
    expect(cryptogramsAsked(played.commands)).toEqual([asked]);
    expect(played.outcome).toMatchObject({ outcome: 'terminated', reason: 'cryptogram-type-wrong', tag: '9F27' });
  });

  test('the card tells that the service is not allowed, and that the issuer is to be told', () => {
    expect(play({ cryptograms: [cryptogram('09')] }).outcome).toMatchObject({
      outcome: 'declined',
      adviceRequired: true,
      messages: ['not-accepted', 'remove-card'],
    });
  });

  test.each([
    [' 6985', 'cryptogram-refused'],
    ['', 'answer-invalid'],
    [object('80', '40', '0001', '11223344556677'), 'answer-invalid'],
    [object('77', object('9F36', '0001'), object('9F26', ARPC)), 'mandatory-data-missing'],
    [object('77', object('9F27', '40'), object('9F36', '0001')), 'mandatory-data-missing'],
    [object('77', object('9F27', '4000'), object('9F36', '0001'), object('9F26', ARPC)), 'answer-invalid'],
    [cryptogram('C0'), 'cryptogram-type-unknown'],
  ])('an answer to GENERATE AC that is none (%#)', (line, reason) => {
    expect(play({ cryptograms: [line] }).outcome).toMatchObject({ outcome: 'terminated', reason });
  });

  test('format 2 without a signature', () => {
    const answer = object(
      '77',
      object('9F27', '40'),
      object('9F36', '0002'),
      object('9F26', ARPC),
      object('9F10', '07'),
    );
    const played = play({ cryptograms: [answer] });
    expect(played.outcome.outcome).toBe('approved-offline');
    expect(value(played, '9F36')).toBe('0002');
  });
});

describe('what an answer to GENERATE AC says beside its cryptogram', () => {
  const ANSWER = { '9F36': '0002', '9F26': ARPC, '9F10': '07' };
  const saying = (information: string, more = '') => object('77', objects({ '9F27': information, ...ANSWER }), more);

  test.each([
    ['another card number', '5A', '6228000100009999'],
    ['another profile', '82', '5C'],
    ['another list for the second one', '8D', '9F'],
    ['another last day', '5F24', '351231'],
    ['its own type once more', '9F27', '40'],
  ])('%s: it ends, and what was checked stays', (_, tag, other) => {
    const played = play({ cryptograms: [saying('80', object(tag, other)), TC] }, answered('00'), ONLINE);
    expect(played.outcome).toMatchObject({ outcome: 'terminated', reason: 'data-conflict', tag });
    expect(value(played, '5A')).toBe(PAN);
  });

  test('the same once more, or something new, does no harm; the second answer may say another thing', () => {
    const first = saying('80', object('5A', PAN) + object('DF7F', '01'));
    const played = play({ cryptograms: [first, saying('40', object('DF7F', '02'))] }, answered('00'), ONLINE);
    expect(played.outcome.outcome).toBe('approved-online');
    expect(value(played, 'DF7F')).toBe('02');
    expect(value(played, '5A')).toBe(PAN);
  });

  test('an approved transaction whose second answer puts another card in its place is to be reversed', () => {
    const second = saying('40', object('5A', '6228000100009999'));
    expect(play({ cryptograms: [ARQC, second] }, answered('00'), ONLINE).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'data-conflict',
      reversalRequired: true,
    });
  });
});

describe('online: who decides what is asked for in the second GENERATE AC (7.13.5)', () => {
  const lines = (second: string): CardLines => ({ cryptograms: [ARQC, second] });

  test.each([
    ['00', TC, '40', 'approved-online', 'approved-by-issuer', false],
    ['10', TC, '40', 'approved-online', 'approved-by-issuer', false],
    ['11', TC, '40', 'approved-online', 'approved-by-issuer', false],
    ['00', AAC, '40', 'declined', 'declined-by-card', true],
    ['00', ARQC, '40', 'terminated', 'cryptogram-type-wrong', true],
    ['05', AAC, '00', 'declined', 'declined-by-issuer', false],
    ['05', TC, '00', 'declined', 'declined-by-issuer', false],
    ['05', ARQC, '00', 'declined', 'declined-by-issuer', false],
    ['01', AAC, '00', 'declined', 'referral-declined', false],
    ['02', AAC, '00', 'declined', 'referral-declined', false],
  ])('code %s', (code, second, asked, outcome, reason, reversalRequired) => {
    const played = play(lines(second), answered(code), ONLINE);
    expect(cryptogramsAsked(played.commands)).toEqual(['80', asked]);
    expect(played.outcome).toMatchObject({ outcome, reason, reversalRequired, authorizationResponseCode: code });
    expect(played.commands.at(-1)!.slice(10, 14), 'CDOL2 begins with 8A').toBe(toHex(fromAscii(code)));
  });

  test.each([
    [true, '40', TC, 'approved-online'],
    [false, '00', AAC, 'declined'],
  ])('a referral, approved on the phone: %s', (approved, asked, second, outcome) => {
    const played = play(
      lines(second),
      { ...answered('01'), 'refer-to-issuer': () => ({ approved }) },
      terminal({}, { requestsOnline: true, supportsReferral: true }),
    );
    expect(cryptogramsAsked(played.commands)).toEqual(['80', asked]);
    expect(played.outcome.outcome).toBe(outcome);
  });

  test('the second GENERATE AC fails after an approval: terminated, to be reversed', () => {
    expect(play(lines(' 6985'), answered('00'), ONLINE).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'cryptogram-refused',
      reversalRequired: true,
    });
  });

  test('an answer that is not waited for', () => {
    const byTerminal = play(lines(TC), {}, ONLINE);
    expect(byTerminal.outcome).toMatchObject({ outcome: 'online-requested', reason: 'online-requested-by-terminal' });
    expect(byTerminal.outcome.authorizationResponseCode).toBeUndefined();
    expect(play(lines(TC)).outcome).toMatchObject({ outcome: 'online-requested', reason: 'online-requested-by-card' });
    expect(cryptogramsAsked(byTerminal.commands)).toEqual(['80']);
  });

  test('the request has all data, and whether the online PIN goes with it', () => {
    const { requests } = play(lines(TC), answered('00'), ONLINE);
    expect(requests.map(({ kind }) => kind)).toEqual(['authorize-online']);
    const [request] = requests;
    if (request?.kind !== 'authorize-online') throw new Error('no request');
    expect(request.onlinePin).toBe(false);
    expect(toHex(request.data.get('9F26')!)).toBe(ARPC);
    expect(toHex(request.data.get('95')!)).toBe('A000000000');
    expect(request.data.has('8A'), 'the code is the issuer’s to give').toBe(false);
  });
});

describe('no host (7.13.6, table 39)', () => {
  test.each([
    ['22', '0000000000', TC, '40', 'Y3', 'approved-offline', 'approved-without-host'],
    ['22', '0000000000', AAC, '40', 'Y3', 'declined', 'declined-by-card'],
    ['22', 'FFFFFFFFFF', AAC, '00', 'Z3', 'declined', 'online-impossible'],
    ['22', 'FFFFFFFFFF', TC, '00', 'Z3', 'declined', 'online-impossible'],
    ['21', '0000000000', TC, '40', 'Y3', 'approved-offline', 'approved-without-host'],
    ['23', '0000000000', TC, '40', 'Y3', 'approved-offline', 'approved-without-host'],
  ])('type %s, default action code %s', (type, code, second, asked, response, outcome, reason) => {
    const played = play({ cryptograms: [ARQC, second] }, unable, terminal({ '9F35': type, DF11: code }));
    expect(cryptogramsAsked(played.commands).at(-1)).toBe(asked);
    expect(played.outcome).toMatchObject({
      outcome,
      reason,
      authorizationResponseCode: response,
      reversalRequired: false,
    });
  });

  test('an offline-only terminal asks nobody', () => {
    expect(play({ cryptograms: [ARQC, TC] }, {}, terminal({ '9F35': '23' })).requests).toEqual([]);
  });

  test('option: an online-only terminal declines without looking', () => {
    const played = play(
      { cryptograms: [ARQC, AAC] },
      unable,
      terminal({ '9F35': '21' }, { onlineOnlyChecksDefaultActionCodes: false }),
    );
    expect(played.outcome).toMatchObject({ outcome: 'declined', authorizationResponseCode: 'Z3' });
  });
});

describe('issuer authentication (7.11.4.3)', () => {
  const issuerAuthenticationData = fromHex(`${ARPC}3030`);
  const run = (profile: string, status = '', options = {}) =>
    play(
      { profile, cryptograms: [ARQC, TC], externalAuthenticate: status },
      answered('00', { issuerAuthenticationData }),
      terminal({}, { requestsOnline: true, ...options }),
    );

  test('right: 9B says that it was performed', () => {
    const played = run('1C00');
    expect(played.commands).toContain(`${EXTERNAL_AUTHENTICATE}${ARPC}3030`);
    expect(marks(played)).toMatchObject({ tvr: 'A000000000', tsi: '3800' });
    expect(value(played, '91')).toBe(`${ARPC}3030`);
  });

  test.each([' 6300', ' 6985', ' 6A80'])('%s: 95 says that it failed, and the issuer still decides', (status) => {
    const played = run('1C00', status);
    expect(marks(played)).toMatchObject({ tvr: 'A000000040', tsi: '3800' });
    expect(played.outcome.outcome).toBe('approved-online');
  });

  test('option: 6985 ends it', () => {
    expect(run('1C00', ' 6985', { terminatesOnRefusedIssuerAuthentication: true }).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'issuer-authentication-refused',
      statusWord: 0x6985,
      reversalRequired: true,
    });
  });

  test('not where the profile has none, nor where the issuer sent nothing', () => {
    const without = run('1800');
    expect(without.commands.some((command) => command.startsWith('0082'))).toBe(false);
    expect(marks(without).tsi).toBe('2800');
    expect(play({ cryptograms: [ARQC, TC] }, answered('00'), ONLINE).commands.some((c) => c.startsWith('0082'))).toBe(
      false,
    );
  });
});

describe('issuer scripts (7.12)', () => {
  const COMMAND = '841E000004AABBCCDD';
  const OTHER = '04DA9F790A0000000500001122334455'.slice(0, 30);
  const IDENTIFIER = '11223344';
  const script = (tag: '71' | '72', commands: readonly string[], identifier = IDENTIFIER) =>
    fromHex(object(tag, object('9F18', identifier), ...commands.map((command) => object('86', command))));
  const run = (scripts: readonly Uint8Array[], answers: readonly string[] = [''], second = TC, code = '00') => {
    const played = play({ cryptograms: [ARQC, second], scripts: answers }, answered(code, { scripts }), ONLINE);
    return { played, results: played.outcome.scriptResults.map(toHex), ...marks(played) };
  };

  test.each([
    ['all well', [''], '20', '00', 2],
    ['a warning goes on', [' 6281', ' 63C1'], '20', '00', 2],
    ['the first fails', [' 6988'], '11', '10', 1],
    ['the second fails', ['', ' 6985'], '12', '10', 2],
  ])('72, %s', (_, answers, first, bits, sent) => {
    const { played, results, tvr, tsi } = run([script('72', [COMMAND, OTHER])], answers);
    expect(results).toEqual([`${first}${IDENTIFIER}`]);
    expect(tvr.slice(8)).toBe(bits);
    expect(tsi).toBe('2C00');
    expect(scriptsSent(played.commands)).toEqual([COMMAND, OTHER].slice(0, sent));
    expect(played.commands.findLastIndex((c) => c.startsWith('80AE'))).toBeLessThan(played.commands.indexOf(COMMAND));
    expect(played.outcome.outcome).toBe('approved-online');
  });

  test('71 runs before the second GENERATE AC and has its own bit', () => {
    const { played, tvr } = run([script('71', [COMMAND])], [' 6A80']);
    expect(tvr.slice(8)).toBe('20');
    expect(played.commands.findLastIndex((c) => c.startsWith('80AE'))).toBeGreaterThan(
      played.commands.indexOf(COMMAND),
    );
  });

  test('both kinds, whether approved or not; the results in the order in which they ran', () => {
    const scripts = [script('72', [COMMAND]), script('71', [OTHER], '55667788')];
    const { played, results } = run(scripts, [''], AAC, '05');
    expect(results).toEqual(['2055667788', `20${IDENTIFIER}`]);
    expect(played.outcome.outcome).toBe('declined');
  });

  test('a command beyond the fifteenth counts as F', () => {
    const { results } = run([script('72', Array(17).fill(COMMAND))], [...Array(16).fill(''), ' 6985']);
    expect(results).toEqual([`1F${IDENTIFIER}`]);
  });

  test.each([
    ['nothing in it', fromHex(object('72', object('9F18', IDENTIFIER))), `00${IDENTIFIER}`, '10'],
    ['no command', fromHex(object('72', object('86', '84'))), '0000000000', '10'],
    ['cut off', fromHex('72088603841E'), '0000000000', '10'],
    ['cut off before', fromHex('71088603841E'), '0000000000', '20'],
    ['no template', fromHex('8604841E0000'), '0000000000', '10'],
  ])('not to be read, %s: not performed, but marked', (_, bytes, result, bits) => {
    const { results, tvr, tsi, played } = run([bytes]);
    expect(results).toEqual([result]);
    expect(tvr.slice(8)).toBe(bits);
    expect(tsi).toBe('2C00');
    expect(scriptsSent(played.commands)).toEqual([]);
  });

  const [FIRST, SECOND] = ['11223344', '55667788'];

  test.each([
    ['72', ['', LEAVES], [`12${FIRST}`, `00${SECOND}`], '10', 'approved-online', 2],
    ['72', ['', '', LEAVES], [`20${FIRST}`, `11${SECOND}`], '10', 'approved-online', 3],
    ['72', [LEAVES], [`11${FIRST}`, `00${SECOND}`], '10', 'approved-online', 1],
    ['71', ['', LEAVES], [`12${FIRST}`, `00${SECOND}`], '20', 'terminated', 2],
  ] as const)('%s, the card leaves at %j', (tag, answers, results, bits, outcome, sent) => {
    const scripts = [script(tag, [COMMAND, OTHER], FIRST), script(tag, [OTHER], SECOND)];
    const { played, ...rest } = run(scripts, answers);
    expect(rest).toMatchObject({ results, tsi: '2C00' });
    expect(rest.tvr.slice(8)).toBe(bits);
    expect(scriptsSent(played.commands)).toHaveLength(sent);
    expect(played.commands.at(-1), 'nothing is sent to a card that has left').toBe(scriptsSent(played.commands).at(-1));
    expect(played.outcome.outcome).toBe(outcome);
    expect(played.outcome.reversalRequired, 'the issuer approved what the card did not').toBe(outcome === 'terminated');
  });

  test('no script leaves no mark', () => {
    expect(run([])).toMatchObject({ results: [], tvr: 'A000000000', tsi: '2800' });
  });

  test('no identifier is zeros', () => {
    expect(run([fromHex(object('72', object('86', COMMAND)))]).results).toEqual(['2000000000']);
  });
});

describe('the hash that a CDOL may ask for (98)', () => {
  const CDOL1 = '9F02069814';
  test('over what the TDOL names', () => {
    const played = play({ data: { '8C': CDOL1, '97': '9F0206' } });
    expect(marks(played).tvr).toBe('A000000000');
    // SHA-1 of 000000010000, computed apart.
    expect(value(played, '98')).toBe('DD990A81129013BE27E5C2043FCE492F007C0D6A');
  });

  test('without a TDOL over nothing, and 95 says so', () => {
    const played = play({ data: { '8C': CDOL1 } });
    expect(marks(played).tvr).toBe('A000000080');
    expect(value(played, '98')).toBe('DA39A3EE5E6B4B0D3255BFEF95601890AFD80709');
  });
});
