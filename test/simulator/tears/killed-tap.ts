import { writeSync } from 'node:fs';
import { argv, kill, pid, stdout } from 'node:process';
import { type Disk, disk } from '../../../simulator/card/durable/write-atomically.js';
import { openCardFile } from '../../../simulator/index.js';
import { random, tap } from '../card-in-hand.js';

/** Taps the card in a file, and dies by signal 9 in the given call to the disk: before it is made, or when it has been. */
const [, , path, call, when] = argv as [string, string, string, string, 'before' | 'after'];
let calls = 0;

const dying = (name: keyof Disk) =>
  ((...parameters: unknown[]) => {
    const isLast = ++calls === Number(call);
    if (isLast && when === 'before') kill(pid, 'SIGKILL');
    const result = (disk[name] as (...all: unknown[]) => unknown)(...parameters);
    if (isLast) kill(pid, 'SIGKILL');
    return result;
  }) as never;

const card = openCardFile(path, {
  random,
  disk: {
    openSync: dying('openSync'),
    writeFileSync: dying('writeFileSync'),
    fsyncSync: dying('fsyncSync'),
    closeSync: dying('closeSync'),
    renameSync: dying('renameSync'),
  },
});
card.powerOn('contactless');
const { records } = tap(card);
if (records.at(-1)!.bytes.length > 0) writeSync(stdout.fd, 'answered\n');
card.close();
