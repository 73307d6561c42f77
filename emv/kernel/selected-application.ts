import { type DataMap, findFirst, flatten } from '../tlv/index.js';
import { beginsWith } from './candidates.js';
import { listedTags } from './listed-tags.js';
import { readTemplate } from './read-template.js';
import { proceed, type Step, terminate } from './transaction-outcome.js';

/** A selected application, ready for GET PROCESSING OPTIONS. */
export interface SelectedApplication {
  /** The whole name (84) where it goes on from the name selected, else that: the card cannot choose another provider. */
  readonly applicationIdentifier: Uint8Array;
  /** 9F38; absent where the card asks for nothing. */
  readonly processingOptionsDataObjectList?: Uint8Array | undefined;
  /** Every object of the answer to SELECT. */
  readonly data: DataMap;
}

/** The answer to SELECT of a candidate; its list (9F38) must be one. */
export function readSelection(candidate: Uint8Array, answer: Uint8Array): Step<SelectedApplication> {
  const template = readTemplate(answer, '6F');
  if (!template.ok) return template;
  const objects = [template.value];
  const processingOptionsDataObjectList = findFirst(objects, '6F', 'A5', '9F38')?.value;
  if (processingOptionsDataObjectList !== undefined && listedTags(processingOptionsDataObjectList) === undefined) {
    return terminate('answer-invalid', { tag: '9F38' });
  }
  const wholeName = findFirst(objects, '6F', '84')?.value ?? candidate;
  return proceed({
    applicationIdentifier: beginsWith(wholeName, candidate) ? wholeName : candidate,
    processingOptionsDataObjectList,
    data: flatten(objects),
  });
}
