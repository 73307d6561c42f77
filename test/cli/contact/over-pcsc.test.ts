import { describe, expect, test } from 'vitest';
import type { ReaderService } from '../../../simulator/index.js';
import { cardShownByProcess } from '../../readers/card-shown-by-process.js';
import { startVirtualReaders } from '../../readers/virtual-readers.js';
import { requirePart } from '../../support/require-part.js';

/** A card in the slot of a reader: one process shows it to the PC/SC service, another runs the transaction. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders();
});

describe.runIf(hasPcsc)('a contact transaction with readers', () => {
  const { yongtap, balanceFen } = cardShownByProcess(() => service, '--interface', 'contact');

  test.each(['smartcard', 'nfc-pcsc'])('a card is loaded in the slot of a reader through %s', async (binding) => {
    const before = balanceFen();
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
    expect(balanceFen()).toBe(before + 2_000);
  });
});
