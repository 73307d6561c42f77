import { text } from 'node:stream/consumers';
import { askHost } from './ask-host.js';

/**
 * Stands for `yongtap` in a script of a shell: has the command done by a host that has it loaded, which takes a quarter
 * of the time of loading it. Its input is read to its end before, and its outputs come when it has ended.
 */
const [path, ...options] = process.argv.slice(2);
const input = process.stdin.isTTY ? '' : await text(process.stdin);
const env = { ...process.env } as Record<string, string>;
const { code, stdout, stderr } = await askHost(path!, { options, cwd: process.cwd(), env, input });
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = code;
