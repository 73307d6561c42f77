import { StringDecoder } from 'node:string_decoder';
import sax from 'sax';
import { notReadable } from './open-zip.js';

export interface XmlHandler {
  /** Names without their prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Whether the rest need not be read. */
  isDone?(): boolean;
}

/**
 * Reads XML as it comes, in bounded memory. Entities beside the five of XML are refused, and so is a document type,
 * which could define some. Throws TableError.
 */
export async function readXml(content: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const parser = sax.parser(true, { position: false });
  const decoder = new StringDecoder('utf8');
  parser.onerror = () => {
    throw notReadable('a part of it is no XML');
  };
  parser.ondoctype = () => {
    throw notReadable('a part of it has a document type');
  };
  parser.onopentag = ({ name, attributes }) => {
    const plain = Object.entries(attributes).map(([key, value]) => [localName(key), String(value)] as const);
    handler.open(localName(name), Object.fromEntries(plain));
  };
  parser.onclosetag = (name) => handler.close?.(localName(name));
  parser.ontext = (text) => handler.text?.(text);
  parser.oncdata = (text) => handler.text?.(text);
  for await (const chunk of content) {
    parser.write(decoder.write(chunk));
    if (handler.isDone?.()) return;
  }
  parser.write(decoder.end()).close();
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
