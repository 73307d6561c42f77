import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { withCheckDigit } from './member-file.js';

const HEADER =
  'member,name,sex,unit,identityType,identityNumber,mobile,address,card,generation,state,stateFrom,certified';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const DAYS = 40 * 365;
const FIRST_DAY_MS = Date.UTC(1960, 0, 1);

/** An identity number of nobody, with its check digit (GB 11643, ISO 7064 MOD 11-2); no two of 14 million are the same. */
function identityNumberOf(index: number): string {
  const day = new Date(FIRST_DAY_MS + (index % DAYS) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const body = `330203${day}${String(Math.floor(index / DAYS) % 1000).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * WEIGHTS[place]!, 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

function lineOf(index: number): string {
  const pan = withCheckDigit(`622848${String(index).padStart(12, '0')}`);
  const mobile = `139${String(index).padStart(8, '0')}`;
  const who = `NB-${String(index).padStart(8, '0')},王芳,female,宁波港第${index % 4000}工会`;
  const secrets = `resident-identity-card,${identityNumberOf(index)},${mobile},江东区中山东路 ${index % 900} 号`;
  return `${who},${secrets},${pan},pboc3,active,2015-08-26T00:00:00+08:00,2016-02-01T10:00:00+08:00/self\n`;
}

/** Writes a file of so many members, each with a card, a state and a certification, in bounded memory. */
export async function writeMemberFile(path: string, members: number): Promise<void> {
  const stream = createWriteStream(path);
  stream.write(`${HEADER}\n`);
  const TOGETHER = 1000;
  for (let first = 0; first < members; first += TOGETHER) {
    const count = Math.min(TOGETHER, members - first);
    const lines = Array.from({ length: count }, (_, index) => lineOf(first + index)).join('');
    if (!stream.write(lines)) await once(stream, 'drain');
  }
  await finished(stream.end());
}
