import { statusWords } from './status-words.js';
import { numberOf, type Step, type StepOf } from './step-schema.js';

const IDENTIFIER_DIGITS = 4;
const LENGTH_UNSAID = 125;
const OK = '9000';
/** A step that expects one of these says that the record is not there. */
const ABSENT = ['6A82', '6A83'];

type CappStep = StepOf<'readCapp' | 'updateCapp' | 'appendRecord'>;

/** Records of one file that steps use without having appended them, so that they are on the card from the beginning. */
export interface RecordsInUse {
  /** Bytes of data behind identifier and length, by identifier in hex. */
  readonly variable: ReadonlyMap<string, number>;
  /** Some step touches the file. */
  readonly isTouched: boolean;
  /** The first of them appends a record: the file is empty until then. */
  readonly isAppendedFirst: boolean;
}

export function recordsInUse(steps: readonly Step[], shortFileIdentifier: number): RecordsInUse {
  const ofFile = steps.filter(
    (step): step is CappStep => isCapp(step) && (fileOf(step) ?? shortFileIdentifier) === shortFileIdentifier,
  );
  const appended = new Set<string>();
  const variable = new Map<string, number>();
  for (const step of ofFile) {
    const identifier = identifierOf(step);
    if (identifier === undefined) continue;
    if (step.do === 'appendRecord') appended.add(identifier);
    else if (!appended.has(identifier) && !variable.has(identifier) && !isSaidAbsent(step))
      variable.set(identifier, lengthOf(ofFile, identifier));
  }
  return { variable, isTouched: ofFile.length > 0, isAppendedFirst: ofFile[0]?.do === 'appendRecord' };
}

const isCapp = (step: Step): step is CappStep =>
  step.do === 'readCapp' || step.do === 'updateCapp' || step.do === 'appendRecord';

function fileOf({ p2, sfi }: CappStep): number | undefined {
  if (p2 !== undefined) return Number.parseInt(p2, 16) >> 3;
  return sfi === undefined ? undefined : numberOf(sfi);
}

function identifierOf(step: CappStep): string | undefined {
  const written = step.id ?? ('data' in step ? step.data : undefined);
  return written === undefined || written === 'none' ? undefined : written.slice(0, IDENTIFIER_DIGITS).toUpperCase();
}

const isSaidAbsent = ({ expect }: CappStep): boolean =>
  statusWords(expect.sw).length > 0 && statusWords(expect.sw).every((sw) => ABSENT.includes(sw));

/** As long as what an update writes that is to succeed. */
function lengthOf(ofFile: readonly CappStep[], identifier: string): number {
  const update = ofFile.find(
    (step): step is StepOf<'updateCapp'> =>
      step.do === 'updateCapp' &&
      identifierOf(step) === identifier &&
      (step.expect.sw === undefined || statusWords(step.expect.sw).includes(OK)),
  );
  if (update?.data !== undefined) return update.data.length / 2 - 3;
  return update?.length ?? LENGTH_UNSAID;
}
