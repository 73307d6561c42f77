import { fromHex, toHex } from '../../../../emv/bytes.js';
import { readPinChangeData } from '../../../../emv/cryptogram/index.js';
import type { ApplicationState } from '../../card-file.js';
import { isSameRecord } from '../../changed-records.js';
import { RECORD_LENGTH_MAX } from '../../pack-objects.js';
import { byteOf } from '../../personalized.js';
import { putData, writableLength } from './put-data.js';
import type { ScriptCommand, ScriptInput } from './run-script.js';

const NO_PARAMETERS = 0;
const UNBLOCK_PIN = 0x00;
const CHANGE_WITH_CURRENT = 0x01;
const CHANGE = 0x02;
/** Length, 8 bytes of PIN block and padding, enciphered: two blocks of DES or one of SM4. */
const ENCIPHERED_PIN_LENGTH = 16;
const RECORD_BY_NUMBER = 0x04;
const RECORD_FILE_MAX = 10;

const macOnly = ({ p1, p2 }: { readonly p1: number; readonly p2: number }) =>
  p1 === NO_PARAMETERS && p2 === NO_PARAMETERS ? 0 : ('incorrect-parameters' as const);

const pinTriesLimit = ({ application }: ScriptInput): number => byteOf(application.data, '9F17') ?? 0;

function changePin(input: ScriptInput): ApplicationState | 'conditions-not-satisfied' | 'wrong-data' {
  const { application, state, keys, p2, data } = input;
  const { encipherment } = application.keys;
  const sessionKey = keys.get('encipherment');
  const current = state.changedPin ?? application.pin;
  if (encipherment === undefined || sessionKey === undefined || current === undefined)
    return 'conditions-not-satisfied';
  const read = readPinChangeData({
    algorithm: keys.algorithm,
    cardKey: fromHex(encipherment),
    sessionKey,
    data,
    ...(p2 === CHANGE_WITH_CURRENT ? { currentPin: current } : {}),
  });
  return read.ok ? { ...state, changedPin: read.pin, pinTriesLeft: pinTriesLimit(input) } : 'wrong-data';
}

function updateRecord({ p1, p2, data, application, state }: ScriptInput) {
  const place = { shortFileIdentifier: p2 >> 3, recordNumber: p1 };
  if (place.shortFileIdentifier > RECORD_FILE_MAX) return 'file-type-incompatible';
  const ofFile = application.records.filter(
    ({ shortFileIdentifier }) => shortFileIdentifier === place.shortFileIdentifier,
  );
  if (ofFile.length === 0) return 'file-not-found';
  const record = ofFile.find((one) => isSameRecord(one, place));
  if (record?.bytes === undefined) return 'record-not-found';
  if (data.length > RECORD_LENGTH_MAX) return 'not-enough-memory';
  const others = state.changedRecords.filter((one) => !isSameRecord(one, place));
  return { ...state, changedRecords: [...others, { ...place, bytes: toHex(data) }] };
}

function unblocked({ blocked, ...state }: ApplicationState): ApplicationState {
  return blocked === 'card' ? { ...state, blocked } : state;
}

/** JR/T 0025.5-2013 annex B; all of them answer 9000 whatever the state was before. */
export const scriptCommands: readonly ScriptCommand[] = [
  {
    cla: 0x84,
    ins: 0x1e,
    reference: 'JR/T 0025.5-2013 B.3 APPLICATION BLOCK',
    length: macOnly,
    apply: ({ state }) => ({ ...state, blocked: state.blocked ?? 'application' }),
  },
  {
    cla: 0x84,
    ins: 0x18,
    reference: 'JR/T 0025.5-2013 B.4 APPLICATION UNBLOCK',
    length: macOnly,
    apply: ({ state }) => unblocked(state),
  },
  {
    cla: 0x84,
    ins: 0x16,
    reference: 'JR/T 0025.5-2013 B.5 CARD BLOCK',
    length: macOnly,
    apply: ({ state }) => ({ ...state, blocked: 'card' }),
  },
  {
    cla: 0x84,
    ins: 0x24,
    reference: 'JR/T 0025.5-2013 B.10 PIN CHANGE/UNBLOCK',
    length: ({ p1, p2 }) => {
      if (p1 !== 0 || p2 > CHANGE) return 'incorrect-parameters';
      return p2 === UNBLOCK_PIN ? 0 : ENCIPHERED_PIN_LENGTH;
    },
    apply: (input) =>
      input.p2 === UNBLOCK_PIN ? { ...input.state, pinTriesLeft: pinTriesLimit(input) } : changePin(input),
  },
  {
    cla: 0x04,
    ins: 0xda,
    reference: 'JR/T 0025.5-2013 B.12 PUT DATA',
    length: (command) => writableLength(command) ?? 'function-not-supported',
    apply: putData,
  },
  {
    cla: 0x04,
    ins: 0xdc,
    reference: 'JR/T 0025.5-2013 B.17 UPDATE RECORD',
    length: ({ p1, p2 }) => (p1 === 0 || (p2 & 0x07) !== RECORD_BY_NUMBER ? 'incorrect-parameters' : 'any'),
    apply: updateRecord,
  },
];
