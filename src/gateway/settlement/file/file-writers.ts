import type { FileFormat } from '../settlement.js';
import { csvWriter } from './csv-writer.js';
import type { FileWriter } from './file-writer.js';
import { jsonWriter } from './json-writer.js';

export const fileWriters: Readonly<Record<FileFormat, FileWriter>> = { csv: csvWriter, json: jsonWriter };

export const fileFormats: readonly FileFormat[] = ['csv', 'json'];
