import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { environmentName, flagName } from '../../src/cli/gateway/config/config-option.js';
import { configJsonSchema } from '../../src/cli/gateway/config/config-schema.js';
import { optionNames, optionOf } from '../../src/cli/gateway/config/gateway-options.js';
import { maskSecret } from '../../src/cli/gateway/config/mask-secret.js';
import { resolveConfig } from '../../src/cli/gateway/config/resolve-config.js';
import { temporaryFolder } from './support/yongtap.js';

const folder = temporaryFolder();
const EMPTY = 'it is empty; unset it where there is no master key';
const write = (text: string): string => {
  const file = join(folder, 'gateway.yaml');
  writeFileSync(file, text);
  return file;
};

it('takes each value from whoever goes first, and says who that was', async () => {
  const file = write('port: 9000\nhost: 127.0.0.2\nlogLevel: warn\ndata: books\ncampaigns: [ningbo-2015, mine.yaml]\n');
  const environment = { YONGTAP_PORT: '9001', YONGTAP_LOG_LEVEL: 'error', YONGTAP_TEST_CARDS: 'no' };
  const { config, options } = await resolveConfig({ given: { port: '9002' }, environment, file });
  const sourceOf = (name: string) => options.find((each) => each.name === name);
  expect(config).toMatchObject({ port: 9002, host: '127.0.0.2', logLevel: 'error', testCards: false });
  expect(config).toMatchObject({ data: join(folder, 'books'), tariff: ['ningbo'] });
  expect(config.campaigns).toEqual(['ningbo-2015', join(folder, 'mine.yaml')]);
  expect(sourceOf('port')).toMatchObject({ source: 'command line', place: '--port' });
  expect(sourceOf('logLevel')).toMatchObject({ source: 'environment', place: 'YONGTAP_LOG_LEVEL' });
  expect(sourceOf('host')).toMatchObject({ source: 'file', place: `${file}, line 2` });
  expect(sourceOf('tariff')).toMatchObject({ source: 'default' });
  expect(sourceOf('database')).toMatchObject({ source: 'not set' });
  expect((await resolveConfig({ given: {}, environment: { YONGTAP_CONFIG: file } })).config.port).toBe(9000);
});

it('tells everything that is wrong at once, with its place', async () => {
  const file = write('port: 90000\nhots: x\ncampaigns:\n  - a\n  - 7\n');
  const wrong = resolveConfig({ given: { logLevel: 'loud' }, environment: { YONGTAP_TEST_CARDS: 'perhaps' }, file });
  const { code, message } = await wrong.then(
    () => expect.fail('it is wrong'),
    (error: { code: string; message: string }) => error,
  );
  expect(code).toBe('config-invalid');
  expect(message.split('\n').sort()).toEqual([
    expect.stringMatching(/^--log-level: /),
    expect.stringMatching(/line 1: port: /),
    expect.stringMatching(/line 2: there is no option hots; known: port, /),
    expect.stringMatching(/line 5: campaigns/),
    expect.stringMatching(/^YONGTAP_TEST_CARDS: /),
  ]);
  const noYaml = await resolveConfig({
    given: {},
    environment: {},
    file: write(`port: 1\n${'"x" y\n'.repeat(500)}`),
  }).then(
    () => expect.fail('it is none'),
    (error: { message: string }) => error.message.split('\n'),
  );
  expect(noYaml.length).toBeLessThan(20);
  for (const text of ['- 1', 'port: [', '7']) {
    await expect(resolveConfig({ given: {}, environment: {}, file: write(text) })).rejects.toMatchObject({
      code: 'config-invalid',
    });
  }
});

it('takes an empty variable for none, but for a master key that somebody meant to give', async () => {
  const { config } = await resolveConfig({ given: {}, environment: { YONGTAP_DATABASE: '', YONGTAP_PORT: '' } });
  expect([config.database, config.port]).toEqual([undefined, 8051]);
  for (const name of ['YONGTAP_MASTER_KEY', 'YONGTAP_MASTER_KEY_FILE', 'YONGTAP_MASTER_KEY_COMMAND']) {
    const resolved = resolveConfig({ given: {}, environment: { [name]: '' } });
    await expect(resolved).rejects.toMatchObject({ code: 'config-invalid', message: `${name}: ${EMPTY}` });
  }
});

it('knows every option everywhere, with a default that is one', () => {
  const validate = new Ajv2020({ strict: false }).compile(configJsonSchema());
  for (const name of optionNames) {
    const { default: value, flags, schema, notInFile } = optionOf(name);
    expect(environmentName(name)).toMatch(/^YONGTAP_[A-Z][A-Z_]*$/);
    if (flags !== undefined) expect(flags.split(' ')[0]).toBe(flagName(name));
    if (value === undefined) continue;
    expect(schema.safeParse(value).success, name).toBe(true);
    if (!notInFile) expect(validate({ [name]: value }), name).toBe(true);
  }
  expect(validate({ hots: 1 })).toBe(false);
});

it('shows no secret', () => {
  const url = 'postgresql://yongtap:hush@db.example/yongtap?sslpassword=hush';
  expect(String(maskSecret(optionOf('database'), url))).toMatch(/^postgresql:\/\/yongtap:\*+@db\.example\//);
  expect(maskSecret(optionOf('database'), url)).not.toContain('hush');
  expect(maskSecret({ ...optionOf('database'), secret: 'whole' }, 'hush')).not.toContain('hush');
});
