import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createCardFile,
  createTestPki,
  issueCard,
  loadProfile,
  openCard,
  type ReaderService,
  readCardFile,
} from '../../../simulator/index.js';
import { buildProgram, type RunningProgram, runProgram } from '../../readers/run-program.js';
import { startVirtualReaders } from '../../readers/virtual-readers.js';
import { requirePart } from '../../support/require-part.js';

/** A card in the slot of a reader: one process shows it to the PC/SC service, another runs the transaction. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders();
});

describe.runIf(hasPcsc)('a contact transaction with readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-contact-'));
  const cardFile = join(folder, 'card.json');
  let command: Awaited<ReturnType<typeof buildProgram>>;
  let presenting: RunningProgram | undefined;

  const yongtap = (...args: string[]) => runProgram(command.path, args, { YONGTAP_STATE: folder });
  const purseFen = () =>
    openCard(readCardFile(cardFile), { random: () => new Uint8Array(0) }).inspect().applications[0]!.purse.balanceFen;

  beforeAll(async () => {
    command = await buildProgram('yongtap', 'src/cli/main.ts');
    createCardFile(cardFile, issueCard(loadProfile('service-card-51'), createTestPki()), { replace: false });
    const socket = service.slots[0]!.socketPath;
    presenting = yongtap('card', 'present', cardFile, '--interface', 'contact', '--socket', socket);
  });
  afterAll(async () => {
    presenting?.process.kill();
    await presenting?.ended;
    command?.remove();
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(['smartcard', 'nfc-pcsc'])('a card is loaded in the slot of a reader through %s', async (binding) => {
    const before = purseFen();
    const run = yongtap(
      ...['tap', '--interface', 'contact', '--reader', 'front', '--binding', binding, '--json'],
      ...['--type', 'load', '--amount', '20', '--pin', '123456', '--issuer', 'simulator'],
    );
    expect(await run.ended).toBe(0);
    expect(JSON.parse(run.lines.join('\n'))).toMatchObject({
      accepted: true,
      outcome: 'approved-online',
      offlineDataAuthentication: { ok: true },
      cardholderVerification: { results: { value: '410302' } },
      electronicCashFen: before + 2_000,
    });
    expect(purseFen()).toBe(before + 2_000);
  });
});
