import { expect, test } from 'vitest';
import { optionsOfLine } from './support/options-of-line.js';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();

test.each([
  ['done, from its input', ['decode', '-', '--json'], '9F660428000080\n'],
  ['wrong use', ['tariff', 'diff', '--nothing'], ''],
  ['wrong input, in the environment of its own', ['decode', 'no-such-file.txt', '--json'], ''],
])('a host answers as a process of its own: %s', async (_, options, input) => {
  const run = { cwd, input, env: { FORCE_COLOR: '1', LC_ALL: 'C' } };
  const alone = await yongtap(options, { ...run, isAlone: true });
  expect(await yongtap(options, run)).toEqual(alone);
  expect(await yongtap(options, { cwd, input })).toMatchObject({ code: alone.code });
});

test('a command that holds something still has not ended', async () => {
  const issuer = yongtap(['issuer', '--port', '0', '--data', 'issuer-data', '--json'], { cwd });
  const answer = await Promise.race([issuer, new Promise((resolve) => setTimeout(resolve, 1500, 'goes on'))]);
  expect(answer).toBe('goes on');
});

test.each([
  ['yongtap decode 9F66', ['decode', '9F66']],
  [`npx yongtap apdu "select ppse" 'select $4F'`, ['apdu', 'select ppse', 'select $4F']],
  ['yongtap tap --place station=高桥西', ['tap', '--place', 'station=高桥西']],
  ['yongtap decode 9F66 | head', undefined],
  ['yongtap decode "$BYTES"', undefined],
  ['yongtap card show my-*.yaml', undefined],
  ['yongtap decode 9F66 > out.txt', undefined],
  ['echo 9F66', undefined],
])('%s needs a shell, or not', (line, options) => expect(optionsOfLine(line)).toEqual(options));
