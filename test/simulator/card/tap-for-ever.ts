import { writeSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import { openCardFile } from '../../../simulator/index.js';
import { random, tap } from '../card-in-hand.js';

/** Taps the card in a file without end, and says after each tap that the card has answered its last command. */
const card = openCardFile(argv[2]!, { random });
for (;;) {
  card.powerOn();
  const { response, data } = tap(card, { '9F66': '28000080', '9F02': '000000000001', '5F2A': '0156' });
  if (response.statusWord !== 0x9000) throw new Error('the card refused');
  writeSync(stdout.fd, `${(data.get('9F36')![0]! << 8) | data.get('9F36')![1]!}\n`);
}
