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
    yield* splitter.take(text);
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
  /** What of the element under way stood in the text before. */
  #before = '';
  #depth = 0;
  #isString = false;
  #isEscaped = false;

  *take(text: string): Generator<RawRecord> {
    for (let place = 0; place < text.length; ) {
      if (this.#state !== 'element') this.#between(text, place++);
      if (this.#state !== 'element') continue;
      const start = this.#depth === 0 ? place - 1 : place;
      const end = this.#endOfElement(text, start);
      const length = this.#before.length + (end ?? text.length) - start;
      if (length > RECORD_LENGTH_MAX) this.#fail(`a record of more than ${RECORD_LENGTH_MAX} characters`);
      this.#before += text.slice(start, end);
      if (end === undefined) return;
      place = end;
      yield this.#element();
    }
  }

  end(): void {
    if (this.#state !== 'end') this.#fail('the JSON array does not end');
  }

  /** One character that belongs to no element, or begins one. */
  #between(text: string, place: number): void {
    const character = text[place]!;
    if (character === '\n') this.#line++;
    if (/[\s\ufeff]/.test(character)) return;
    if (this.#state === 'start' && character === '[') this.#state = 'first';
    else if (this.#state === 'behind' && character === ',') this.#state = 'next';
    else if ((this.#state === 'first' || this.#state === 'behind') && character === ']') this.#state = 'end';
    else if ((this.#state === 'first' || this.#state === 'next') && character === '{') {
      this.#state = 'element';
      this.#startLine = this.#line;
    } else this.#fail('a JSON array of objects is expected');
  }

  /** Behind the last character of the element; `undefined` where it goes on in the text that follows. */
  #endOfElement(text: string, start: number): number | undefined {
    for (let place = start; place < text.length; place++) {
      const code = text.charCodeAt(place);
      if (code === LINE_FEED) this.#line++;
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) this.#isString = false;
      } else if (code === QUOTE) this.#isString = true;
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.#depth++;
      else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --this.#depth === 0) return place + 1;
    }
    return undefined;
  }

  #element(): RawRecord {
    const text = this.#before;
    this.#before = '';
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

const [LINE_FEED, QUOTE, BACKSLASH] = [0x0a, 0x22, 0x5c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];
