import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();

beforeAll(() => {
  writeFileSync(join(cwd, 'broken.yaml'), 'name: x\ninterface: [\n');
  writeFileSync(join(cwd, 'wrong.yaml'), 'name: x\ntitle: x\ninterface: contactless\nissuer: icbc\n');
  writeFileSync(join(cwd, 'one-word.yaml'), 'service-card-51');
  writeFileSync(join(cwd, 'no-card.json'), '{}');
  writeFileSync(join(cwd, 'taken.json'), '{}');
  writeFileSync(join(cwd, 'empty.yaml'), '# nothing yet\n');
  writeFileSync(join(cwd, 'card.json'), '{"format":"yongtap-card"}');
  mkdirSync(join(cwd, 'other'));
  writeFileSync(join(cwd, 'other', 'gateway.db'), 'no database');
  writeFileSync(join(cwd, 'members.csv'), 'member,name,card\nA,Chen,6228000100000000018\n');
  writeFileSync(join(cwd, 'service-card.log'), '> 00A4040000\n< 9000\n');
  writeFileSync(join(cwd, 'vectors.json'), '{"suite":"x"}');
});

const cases: [line: string, exitCode: number, code: string, said: RegExp][] = [
  ['decod 77', 2, 'wrong-use', /Did you mean decode\?/],
  ['tap --profle x', 2, 'wrong-use', /Did you mean --profile\?/],
  ['card isue x', 2, 'wrong-use', /Did you mean issue\?/],
  ['card issue', 2, 'wrong-use', /missing required argument/],
  ['replay', 2, 'wrong-use', /missing required argument/],
  ['decode 9F0', 2, 'hex-odd-length', /odd number/],
  ['decode 9F0206', 2, 'length-truncated|value-truncated', /9F0206/],
  ['tap --card service-card-51 --amount x', 2, 'wrong-use', /an amount in yuan/],
  ['tap --card service-card-51 --at yesterday', 2, 'instant-invalid', /2016-01-05T08:00:00\+08:00/],
  ['tap --card service-card-51 --place line', 2, 'place-invalid', /KEY=VALUE/],
  ['tap --card service-card-51 --place colour=red', 2, 'place-invalid', /there are line, station/],
  ['tap --card service-card-51 --profile metro-door', 2, 'profile-unknown', /metro-gate/],
  ['tap --card service-card-51 --event single', 2, 'event-invalid', /entry, exit/],
  ['tap --card service-card-51 --reader ACS', 2, 'card-ambiguous', /one of --card/],
  ['tap --card service-card-51 --post http://127.0.0.1:8051', 2, 'key-missing', /--key/],
  ['tap --card service-card-51 --post nowhere --key x', 2, 'wrong-use', /http:\/\//],
  ['tap --card nobody', 2, 'card-not-found', /service-card-51/],
  ['tap --card service-card', 2, 'card-not-found', /Did you mean service-card-51 or service-card-51-rural-credit/],
  ['tap --card wrong.yaml', 2, 'card-not-issued', /yongtap card issue wrong\.yaml/],
  ['card show no-card.json', 2, 'card-file-invalid', /yongtap card issue PROFILE/],
  ['card issue servise-card-51', 2, 'profile-unknown', /did you mean service-card-51\?/],
  ['card issue absent.yaml', 2, 'file-unreadable', /absent\.yaml is no file/],
  ['card issue empty.yaml', 2, 'profile-invalid', /empty\.yaml, there is nothing in it/],
  ['card issue card.json', 2, 'profile-invalid', /card\.json is a card.*card clone/s],
  ['tap --card no-card.json', 2, 'card-file-invalid', /not a card file/],
  ['tap --transcript absent.json', 2, 'transcript-unreadable', /ENOENT/],
  ['tap --transcript no-card.json', 2, 'transcript-invalid', /not a transcript/],
  ['tap', 3, 'service-absent|binding-missing', /Mend it with: /],
  ['apdu 00A4G4', 2, 'hex-invalid-character', /00A4G4\n {6}\^/],
  ['apdu select ppse reset --card service-card-51', 2, 'apdu-invalid', /in quotes/],
  ['apdu selct', 2, 'apdu-invalid', /selct is neither hex nor a command/],
  ['apdu 00A40400 --card x --reader y', 2, 'card-ambiguous', /one of --card/],
  ['apdu --script . --card service-card-51', 2, 'file-unreadable', /EISDIR.*'\.'/],
  ['apdu --script empty.yaml --card service-card-51', 2, 'input-missing', /no command to send/],
  ['apdu --script absent.apdu --card service-card-51', 2, 'file-unreadable', /ENOENT/],
  ['apdu 00A4040000', 3, 'service-absent|binding-missing', /Mend it with: /],
  ['readers', 3, 'service-absent|binding-missing', /Mend it with: /],
  ['card issue nothing', 2, 'profile-unknown', /service-card-51/],
  ['card issue broken.yaml', 2, 'profile-not-yaml', /broken\.yaml, line 3, column 1/],
  ['card issue wrong.yaml', 2, 'profile-invalid', /wrong\.yaml, line 4, column 1: issuer/],
  ['card issue wrong.yaml', 2, 'profile-invalid', /^line 1, column 1: cardholderName is missing$/m],
  ['card issue one-word.yaml', 2, 'profile-invalid', /one-word\.yaml, line 1, column 1/],
  ['card issue toString', 2, 'profile-unknown', /no profile toString;/],
  ['card issue service-card-51 -o taken.json', 2, 'card-file-exists', /--force/],
  ['card issue service-card-51 -o absent/card.json', 2, 'system-error', /ENOENT/],
  ['card issue service-card-51 -o other --force', 2, 'system-error', /EISDIR.*folder/s],
  ['card clone service-card-51 -o absent/card.json', 2, 'system-error', /ENOENT/],
  ['card new x.yaml --set electronicCash.balanceFen.x=1', 2, 'profile-invalid', /electronicCash\.balanceFen\.x/],
  ['card new x.yaml --set electronicCash=[}', 2, 'profile-invalid', /electronicCash/],
  ['card export service-card-51 -o taken.json', 2, 'export-exists', /--force/],
  ['card new taken.json', 2, 'profile-exists', /--force/],
  ['card new x.yaml --from nothing', 2, 'profile-unknown', /service-card-51/],
  ['card show absent.json', 2, 'card-not-found', /neither a card file nor a profile/],
  ['card present no-card.json --port x', 2, 'port-invalid|card-file-invalid', /x|not a card file/],
  ['replay absent', 2, 'vector-file-unreadable', /ENOENT/],
  ['replay vectors.json', 2, 'vector-file-unreadable', /^error vectors\.json: vectors is missing \[/],
  ['decode 9F36020001 --dol 9F6604', 2, 'option-impossible', /--as command/],
  ['tap --card service-card-51 --share exclusive', 2, 'option-impossible', /--share.*on a reader/],
  ['tap --transcript absent.json --feedback', 2, 'option-impossible', /--feedback.*on a reader/],
  ['tap --interface contact --card service-card-51 --binding smartcard', 2, 'option-impossible', /--binding/],
  ['apdu reset --card service-card-51 --timeout 5', 2, 'option-impossible', /--timeout.*on a reader/],
  ['oda --card service-card-51 --id x', 2, 'option-impossible', /--id is for the vectors of a file/],
  ['oda service-card.log --id x', 2, 'vector-unknown', /has no vector x/],
  ['card present service-card-51 --reader a"b', 2, 'wrong-use', /--reader.*without quotation marks/],
  ['oda --card service-card-51 --timeout 5', 2, 'option-impossible', /--timeout.*on a reader/],
  ['oda --card service-card-51 --reader ACS', 2, 'card-ambiguous', /--card or --reader/],
  ['tap --card service-card-51 --amount 1000000.01', 2, 'amount-invalid', /1000000\.00 yuan at most.*--amount/s],
  ['tap --card service-card-51 --operator=', 2, 'wrong-use', /--operator.*1 to 64 characters/],
  ['tap --card service-card-51 --terminal=', 2, 'wrong-use', /--terminal.*1 to 64 characters/],
  ['tap --interface contact --card service-card-51 --issuer-key x', 2, 'option-impossible', /--issuer/],
  ['tap --card service-card-51 --key x', 2, 'option-impossible', /--post/],
  ['tap --card service-card-51 --budget 5', 2, 'option-impossible', /--trace/],
  ['tap --card service-card-51 --session tap-1', 2, 'option-impossible', /--session.*recording/s],
  ['members import members.txt', 2, 'format-unknown', /--format/],
  ['members import absent.csv', 2, 'file-unreadable', /ENOENT/],
  ['members import members.csv', 2, 'members-invalid', /line 2/],
  ['members import members.csv --post http://127.0.0.1:9 --key x', 3, 'gateway-unreachable', /127\.0\.0\.1:9/],
  ['audit verify --data absent', 2, 'books-missing', /absent\/gateway\.db/],
  ['settle verify --data absent', 2, 'books-missing', /--data/],
  ['settle verify --data absent --database postgresql://x@127.0.0.1:9/x', 2, 'books-missing', /absent\/keys\.json/],
  ['gateway --port many', 2, 'config-invalid', /--port: "many" is no number/],
  ['decode /absent', 2, 'file-unreadable', /\/absent is not there/],
  ['card new absent/x.yaml', 2, 'system-error', /'absent\/x\.yaml'.*Look at the path/s],
  ['gateway --data taken.json', 2, 'folder-unusable', /taken\.json.*--data/s],
  ['gateway --data /proc/none', 2, 'folder-unusable', /\/proc\/none.*--data/s],
  ['gateway --data other', 2, 'database-foreign', /other\/gateway\.db.*Give another folder/s],
  ['fleet --cards 1 --taps 1 --out /proc/none', 2, 'system-error', /'\/proc\/none'.*Look at the path/s],
  ['gateway --port 70000', 2, 'config-invalid', /--port: .*65535/],
  [
    'config --tls-cert absent.pem --issuer-keys other --tariff ningbo mine.yaml',
    2,
    'config-invalid',
    /^error --tariff: mine\.yaml: there is no such file.*\n--issuer-keys: other: it is a folder\n--tls-cert: absent\.pem: there/m,
  ],
  ['gateway --config other', 2, 'config-unreadable', /EISDIR.*'other'/],
  ['issuer --keys other', 2, 'file-unreadable', /EISDIR.*'other'/],
  ['tap --transcript other', 2, 'transcript-unreadable', /EISDIR.*'other'/],
  ['gateway --config absent.yaml', 2, 'config-unreadable', /ENOENT/],
  ['tariff check atlantis', 2, 'fares-unknown', /Tariffs: ningbo, .*Campaigns: /],
  ['tariff check absent.yaml', 2, 'file-unreadable', /absent\.yaml/],
  ['tariff diff ningbo-2015 atlantis', 2, 'fares-unknown', /Campaigns: .*ningbo-seniors/],
  ['tariff diff ningbo ningbo-2015', 2, 'fares-ambiguous', /ningbo-2014, ningbo-2015, ningbo-2016/],
  ['gateway --tariff atlantis', 2, 'tariff-unknown', /atlantis/],
  ['gateway --database postgresql://x:secret@127.0.0.1:9/x', 3, 'database-unreachable', /127\.0\.0\.1:9/],
];

test.each(cases)('yongtap %s ends with %i', async (line, exitCode, code, said) => {
  const { code: ended, stdout, stderr } = await yongtap(line.split(' '), { cwd });
  expect(stderr).toMatch(said);
  expect(stderr).toMatch(new RegExp(`^error .*\\[(${code})\\]$`, 'ms'));
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stderr).not.toContain('secret');
  expect({ ended, stdout }).toEqual({
    ended: exitCode,
    stdout: code === 'vector-file-unreadable' ? '0 passed, 0 failed\n' : '',
  });
});

const told = [
  'tap --profle x',
  'decode 9F0',
  'tap --card nobody',
  'readers',
  'replay absent',
  'members import members.csv',
];

test.each(cases.filter(([line]) => told.includes(line)))(
  'yongtap %s --json tells the error as one document',
  async (line, exitCode, code) => {
    const { code: ended, stdout } = await yongtap([...line.split(' '), '--json'], { cwd });
    expect(JSON.parse(stdout).error.code).toMatch(new RegExp(`^(${code})$`));
    expect(ended).toBe(exitCode);
  },
);

test('a command that reads books makes none', () => {
  expect(existsSync(join(cwd, 'absent'))).toBe(false);
});

test('a card that could not be written leaves none of its keys behind', () => {
  expect(existsSync(join(cwd, 'other.writing'))).toBe(false);
});

test('without a command it shows the help and ends with 2', async () => {
  const { code, stdout, stderr } = await yongtap([], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Commands:');
});
