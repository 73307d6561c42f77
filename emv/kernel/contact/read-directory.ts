import { readRecord, select } from '../../apdu/index.js';
import { equalBytes, fromAscii } from '../../bytes.js';
import { type DataObject, findFirst } from '../../tlv/index.js';
import { readTemplate } from '../read-template.js';
import { STATUS_CARD_BLOCKED, STATUS_NO_RECORD, STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type Candidate, readPriority, type TerminalApplication } from './candidate.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import { matches } from './match-application.js';

const PSE_NAME = fromAscii('1PAY.SYS.DDF01');
const RECORDS_MAX = 255;
const DIRECTORY_FILE_MAX = 10;

/**
 * The applications of the card's payment system environment that the terminal knows, in the order of the directory
 * (JR/T 0025.6-2013 7.2.4.1). An empty list sends the terminal to its own list: there is no directory, it is blocked
 * (6283) or wrong in some place, or has nothing in common with the terminal. Only a blocked card (6A81) ends it all.
 */
export function* readDirectory(known: readonly TerminalApplication[]): ContactExchange<Step<readonly Candidate[]>> {
  const answer = yield* transmit('select-pse', select(PSE_NAME));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord === STATUS_CARD_BLOCKED) return terminate('card-blocked', { statusWord });
  if (statusWord !== STATUS_OK) return proceed([]);
  const template = readTemplate(data, '6F');
  const file = template.ok ? findFirst([template.value], '6F', 'A5', '88')?.value : undefined;
  if (file?.length !== 1 || file[0]! < 1 || file[0]! > DIRECTORY_FILE_MAX) return proceed([]);
  return yield* readEntries(file[0]!, known);
}

function* readEntries(
  file: number,
  known: readonly TerminalApplication[],
): ContactExchange<Step<readonly Candidate[]>> {
  const found: Candidate[] = [];
  for (let recordNumber = 1; recordNumber <= RECORDS_MAX; recordNumber++) {
    const answer = yield* transmit('read-directory', readRecord(file, recordNumber));
    if (!answer.ok) return answer;
    if (answer.value.statusWord === STATUS_NO_RECORD) break;
    if (answer.value.statusWord !== STATUS_OK) return proceed([]);
    const template = readTemplate(answer.value.data, '70');
    if (!template.ok) return proceed([]);
    for (const candidate of entriesOf(template.value)) {
      const isNew = !found.some(({ applicationIdentifier: name }) => equalBytes(name, candidate.applicationIdentifier));
      if (isNew && known.some((application) => matches(candidate.applicationIdentifier, application))) {
        found.push(candidate);
      }
    }
  }
  return proceed(found);
}

function* entriesOf({ children = [] }: DataObject): Generator<Candidate> {
  for (const entry of children) {
    if (entry.tag !== '61') continue;
    const value = (tag: string) => findFirst(entry.children ?? [], tag)?.value;
    const applicationIdentifier = value('4F');
    if (applicationIdentifier === undefined) continue;
    yield {
      applicationIdentifier,
      ...readPriority(value('87')),
      label: value('50'),
      preferredName: value('9F12'),
    };
  }
}
