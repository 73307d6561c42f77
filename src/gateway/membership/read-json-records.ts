import { decodeUtf8 } from './decode-utf8.js';
import { MembershipError } from './membership-error.js';
import type { RawRecord } from './raw-record.js';

/** A record is some hundred characters; a text as long as this is no list of records. */
const RECORD_LENGTH_MAX = 64 * 1024;

/**
 * The records of a JSON array one after the other, none but the one being read held in memory. Throws
 * {@link MembershipError} where the file cannot be read any further.
 */
export async function* readJsonRecords(content: AsyncIterable<Uint8Array>): AsyncGenerator<RawRecord> {
  const splitter = new ArraySplitter();
  for await (const text of decodeUtf8(content)) {
    for (const character of text) {
      const record = splitter.take(character);
      if (record) yield record;
    }
  }
  splitter.end();
}

const columnOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** Where in the file: before the array, before an element (the first, or one after a comma), within one, behind one, at the end. */
type State = 'start' | 'first' | 'next' | 'element' | 'behind' | 'end';

/**
 * Cuts an array of objects into its elements. Only brackets and strings are understood here; whether an element is
 * JSON is for `JSON.parse` to say.
 */
class ArraySplitter {
  #state: State = 'start';
  #line = 1;
  #index = 0;
  #startLine = 1;
  #parts: string[] = [];
  #depth = 0;
  #isString = false;
  #isEscaped = false;

  take(character: string): RawRecord | undefined {
    if (character === '\n') this.#line++;
    if (this.#state === 'element') return this.#within(character);
    if (/[\s\ufeff]/.test(character)) return undefined;
    if (this.#state === 'start' && character === '[') this.#state = 'first';
    else if (this.#state === 'behind' && character === ',') this.#state = 'next';
    else if ((this.#state === 'first' || this.#state === 'behind') && character === ']') this.#state = 'end';
    else if ((this.#state === 'first' || this.#state === 'next') && character === '{') {
      this.#state = 'element';
      this.#startLine = this.#line;
      return this.#within(character);
    } else this.#fail('a JSON array of objects is expected');
    return undefined;
  }

  end(): void {
    if (this.#state !== 'end') this.#fail('the JSON array does not end');
  }

  #within(character: string): RawRecord | undefined {
    this.#parts.push(character);
    if (this.#parts.length > RECORD_LENGTH_MAX) this.#fail(`a record of more than ${RECORD_LENGTH_MAX} characters`);
    if (this.#isString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isString = false;
      return undefined;
    }
    if (character === '"') this.#isString = true;
    else if (character === '{' || character === '[') this.#depth++;
    else if (character === '}' || character === ']') this.#depth--;
    return this.#depth === 0 ? this.#element() : undefined;
  }

  #element(): RawRecord {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#state = 'behind';
    const origin = { index: this.#index++, line: this.#startLine };
    try {
      return { origin, value: JSON.parse(text), columnOf };
    } catch {
      return { origin, issue: { ...origin, column: '', code: 'file-malformed', message: 'this object is not JSON' } };
    }
  }

  #fail(message: string): never {
    throw new MembershipError([{ index: this.#index, line: this.#line, column: '', code: 'file-malformed', message }]);
  }
}
