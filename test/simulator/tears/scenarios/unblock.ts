import {
  arpc,
  buildDataObjectList,
  concat,
  decode,
  decodeResponse,
  deriveSessionKey,
  encodeCommand,
  externalAuthenticate,
  findFirst,
  flatten,
  fromAscii,
  fromHex,
  getProcessingOptions,
  scriptMac,
  select,
  TlvError,
} from '../../../../emv/index.js';
import type { CardFile } from '../../../../simulator/index.js';
import { type CardChannel, ChannelError } from '../../../../src/readers/index.js';
import { APPLICATION, issue, terminalData } from '../../card-in-hand.js';
import { SHOP } from '../../contact-in-hand.js';
import { type Belief, nothingBooked, type Scenario } from '../scenario.js';

const ARC = fromAscii('00');
const UNBLOCK = fromHex('8418000004');

/** The bank's own terminal: a blocked application declines, its issuer is authenticated, and a script unblocks it. */
async function unblock(channel: CardChannel, file: CardFile): Promise<Belief> {
  const [application] = file.applications;
  const ask = async (command: Uint8Array) => decodeResponse(await channel.transmit(command)).data;
  const valuesOf = (list: string) => buildDataObjectList(fromHex(list), terminalData(SHOP));
  try {
    const selected = decode(await ask(encodeCommand(select(APPLICATION))));
    const list = findFirst(selected, '6F', 'A5', '9F38')?.value;
    if (list === undefined) return nothingBooked;
    await ask(encodeCommand(getProcessingOptions(buildDataObjectList(list, terminalData(SHOP)))));
    const data = valuesOf(application!.data['8C']!);
    const answer = flatten(decode(await ask(encodeCommand({ cla: 0x80, ins: 0xae, p1: 0, p2: 0, data, le: 0 }))));
    const bare = answer.get('80');
    if (bare === undefined || bare.length < 11) return nothingBooked;
    const [atc, cryptogram] = [bare.subarray(1, 3), bare.subarray(3, 11)];
    const key = (name: 'applicationCryptogram' | 'messageAuthentication') =>
      deriveSessionKey({ method: 'pboc', algorithm: '3des', key: fromHex(application!.keys[name]), atc });
    const acKey = key('applicationCryptogram');
    const approval = arpc({ method: '1', algorithm: '3des', key: acKey, arqc: cryptogram, arc: ARC });
    await ask(encodeCommand(externalAuthenticate(concat(approval, ARC))));
    const mac = scriptMac({
      algorithm: '3des',
      key: key('messageAuthentication'),
      header: UNBLOCK.subarray(0, 4),
      atc,
      applicationCryptogram: cryptogram,
      data: new Uint8Array(0),
    });
    await ask(concat(UNBLOCK, mac));
  } catch (error) {
    if (!(error instanceof ChannelError || error instanceof TlvError)) throw error;
  }
  return nothingBooked;
}

const blocked = (): CardFile => {
  const file = issue('service-card-51');
  file.state[0]!.blocked = 'application';
  return file;
};

export const unblockScenario: Scenario = {
  over: 'contact',
  name: 'contact, a script: the application is unblocked',
  file: blocked,
  run: (channel) => unblock(channel, blocked()),
  writes: [{ applicationTransactionCounter: 1 }, {}, {}, { blocked: undefined }],
};
