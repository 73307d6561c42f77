import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fareRefusals, fareRules } from '../../src/gateway/fares/index.js';

/** The codes of each section of docs/errors.md, by the section's title. */
const sections = new Map(
  readFileSync('docs/errors.md', 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string[]] => {
      const [title = ''] = section.split('\n');
      return [title, [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code]) => code!)];
    }),
);

const read = (path: string): string => readFileSync(path, 'utf8');
const codesIn = (text: string): string[] =>
  [...text.matchAll(/'([a-z][a-z0-9]*(?:-[a-z0-9]+)*)'/g)].map(([, code]) => code!);

/** The members of `type NAME = 'one' | 'two';`, or the keys of the table that it is made from. */
function codesOfType(path: string, name: string): string[] {
  const text = read(path).replace(/\/\*\*.*?\*\//gs, '');
  const [, union = ''] = new RegExp(`type ${name} =([^;]*);`).exec(text)!;
  const [, table] = /keyof typeof (\w+)/.exec(union) ?? [];
  if (table === undefined) return codesIn(union);
  const [, entries = ''] = new RegExp(`const ${table} = \\{(.*?)\\}`, 's').exec(text)!;
  return [...entries.matchAll(/^ *'?([a-z-]+)'?:/gm)].map(([, code]) => code!);
}

const keysOf = (path: string): string[] => Object.keys(JSON.parse(read(path)));

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** What the command line throws and reports by itself. */
const codesOfCommandLine = (): string[] =>
  sourcesBelow('src/cli')
    .flatMap((path) => [...read(path).matchAll(/(?:CommandError\(\s*|\bcode: )'([a-z]+(?:-[a-z]+)+)',/g)])
    .map(([, code]) => code!);

const codes: Record<string, () => string[]> = {
  'Hex: `HexError`': () => [...read('emv/bytes.ts').matchAll(/'(hex-[a-z-]+)'/g)].map(([, code]) => code!),
  'BER-TLV: `TlvError`': () => codesOfType('emv/tlv/tlv-error.ts', 'TlvErrorCode'),
  'Commands and responses: `ApduError`': () => codesOfType('emv/apdu/apdu-error.ts', 'ApduErrorCode'),
  'Values: `ValueError`': () => codesOfType('emv/values/value-error.ts', 'ValueErrorCode'),
  'Answers to reset: `AnswerToResetError`': () =>
    codesOfType('emv/values/answer-to-reset.ts', 'AnswerToResetErrorCode'),
  'Tracks: `TrackError`': () => codesOfType('emv/values/track.ts', 'TrackErrorCode'),
  'Certification authority keys: `KeyError`': () => codesOfType('emv/keys/key-error.ts', 'KeyErrorCode'),
  'Cryptograms: `CryptogramError`': () => codesOfType('emv/cryptogram/cryptogram-error.ts', 'CryptogramErrorCode'),
  'PIN blocks': () => codesOfType('emv/cryptogram/pin/read-pin-field.ts', 'PinBlockRefusal'),
  'Offline data authentication': () => keysOf('emv/authentication/oda-refusals.json'),
  'Outcome of a tap': () => keysOf('emv/kernel/outcome-reasons.json'),
  'The way to the card: `ChannelError`': () => codesOfType('src/readers/card-channel.ts', 'ChannelErrorCode'),
  'Virtual reader: `ReaderServiceError`': () =>
    codesOfType('simulator/virtual-reader/start-reader-service.ts', 'ReaderServiceErrorCode'),
  'Software cards: `CardError`': () => codesOfType('simulator/card/card-error.ts', 'CardErrorCode'),
  'Faults on purpose: `FaultError`': () => codesOfType('simulator/card/faults/fault-error.ts', 'FaultErrorCode'),
  "Issuer's decisions": () => keysOf('simulator/issuer/decisions.json'),
  'Orders of an issuer: `IssuerError`': () => codesOfType('simulator/issuer/issuer-error.ts', 'IssuerErrorCode'),
  'Issuer: HTTP problems': () => keysOf('src/cli/issuer/http/problems.json'),
  'Changes to a card: `CardEditError`': () =>
    codesOfType('simulator/personalization/issued/card-edit-error.ts', 'CardEditErrorCode'),
  'Card profiles: `ProfileError`': () =>
    codesOfType('simulator/personalization/profile/profile-error.ts', 'ProfileErrorCode'),
  "Issuer's host: `IssuerHostError`": () => keysOf('simulator/issuer/host/host-errors.json'),
  'Terminals: `TerminalError`': () => codesOfType('src/terminal/terminal-error.ts', 'TerminalErrorCode'),
  'Queue of a terminal: `QueueError`': () => codesOfType('src/terminal/queue/queue-error.ts', 'QueueErrorCode'),
  'Lists of a terminal': () => keysOf('src/terminal/lists/list-refusals.json'),
  Upload: () => ['answer-incomplete', 'no-connection'].filter((code) => sourcesHold('src/terminal/upload', code)),
  'Fields that are wrong': () => [
    ...codesOfType('src/tap/parse-tap-record.ts', 'TapIssueCode'),
    ...codesOfType('src/gateway/field-issues.ts', 'FieldIssueCode'),
    ...codesOfType('src/gateway/membership/membership-error.ts', 'MembershipIssueCode'),
  ],
  'Steps of cards': () => keysOf('src/gateway/cards/card-refusals.json'),
  'Tap refused: evidence': () => keysOf('src/gateway/evidence/refusals.json'),
  'Tap refused: identity, card, place': () => [...keysOf('src/gateway/intake/refusals.json'), ...fareRefusals],
  'Steps of a price': () => [...fareRules],
  'HTTP problems': () => keysOf('src/gateway/http/problem-codes.json'),
  'Fares: `FareError`': () => codesOfType('src/gateway/fares/fare-error.ts', 'FareErrorCode'),
  'Members: `MembershipError`': () => codesOfType('src/gateway/membership/membership-error.ts', 'MembershipErrorCode'),
  'Units: `UnitsError`': () => [
    ...codesOfType('src/gateway/units/units-error.ts', 'UnitsErrorCode'),
    ...withoutCommon(codesOfType('src/gateway/units/units-error.ts', 'UnitIssueCode')),
  ],
  'Members who are not certified': () => keysOf('src/gateway/certification/reason-words.json'),
  'Lists of officers: `CertificationFileError`': () => ownCode('src/gateway/certification/read-certification-file.ts'),
  'Short messages: `MessageError`': () => ownCode('src/gateway/messages/message-templates.ts'),
  'Accounts of people': () => [
    ...codesOfType('src/gateway/people/accounts.ts', 'AccountFault'),
    ...codesOfType('src/gateway/people/judge-password.ts', 'PasswordFault'),
  ],
  'Rows of a list of members': () => keysOf('src/gateway/collection/data/row-issues.json'),
  'Lists of members: `TableError`': () => codesOfType('src/gateway/sheets/table.ts', 'TableIssue'),
  'Steps of a list of members': () => keysOf('src/gateway/collection/data/list-refusals.json'),
  'Personal data: `PersonalDataError`': () => ownCode('src/gateway/membership/personal-data-cipher.ts'),
  'Intake: `IntakeError`': () => codesOfType('src/gateway/intake/intake-error.ts', 'IntakeErrorCode'),
  'Reconciliation: `ReconciliationError`': () =>
    codesOfType('src/gateway/settlement/reconcile/reconciliation-error.ts', 'ReconciliationErrorCode'),
  'Books: `StorageError`': () => codesOfType('src/gateway/storage/storage-error.ts', 'StorageErrorCode'),
  'TLS: `TlsError`': () => ownCode('src/gateway/http/open-server.ts'),
  'Backups: `BackupError`': () => codesOfType('src/gateway/backup/backup-error.ts', 'BackupErrorCode'),
  'Issuer keys: `IssuerKeysError`': () => ownCode('src/gateway/evidence/parse-issuer-keys.ts'),
  'Keys of a gateway: `GatewayKeysError`': () =>
    codesOfType('src/gateway/keys/gateway-keys-error.ts', 'GatewayKeysErrorCode'),
  'Test vectors: `VectorError`': () => ownCode('src/cli/replay/vector-error.ts'),
  'Command line: `CommandError`': codesOfCommandLine,
};

/** Codes that every file shares are told with fields. */
const withoutCommon = (list: readonly string[]): string[] =>
  list.filter((code) => code !== 'file-malformed' && code !== 'contradiction');

const sourcesHold = (folder: string, code: string): boolean =>
  sourcesBelow(folder).some((path) => read(path).includes(`'${code}'`));

const ownCode = (path: string): string[] =>
  [...read(path).matchAll(/readonly code = '([a-z-]+)'/g)].map(([, code]) => code!);

const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();

test.each(Object.keys(codes))('%s: the page has each code, and none that does not exist', (title) => {
  const expected = sorted(codes[title]!());
  expect(expected.length).toBeGreaterThan(0);
  expect([...sections.get(title)!].sort()).toEqual(expected);
});

test('every section is held against the code', () => {
  expect([...sections.keys()].sort()).toEqual(Object.keys(codes).sort());
});

test('every class of errors has its section', () => {
  const classes = ['emv', 'simulator', 'src'].flatMap(sourcesBelow).flatMap((path) => {
    return [...read(path).matchAll(/class (\w+Error) extends Error/g)].map(([, name]) => name!);
  });
  expect(classes.length).toBeGreaterThan(15);
  expect(classes.filter((name) => ![...sections.keys()].some((title) => title.includes(`\`${name}\``)))).toEqual([]);
});

test('what the command line says of errors it says of codes that there are', () => {
  const guide = JSON.parse(read('src/cli/error-guide.json')) as Record<string, Record<string, unknown>>;
  for (const [name, guidance] of Object.entries(guide)) {
    const [, known = []] = [...sections].find(([title]) => title.includes(`\`${name}\``)) ?? [];
    expect(
      Object.keys(guidance).filter((code) => code !== '*' && !known.includes(code)),
      name,
    ).toEqual([]);
  }
});
