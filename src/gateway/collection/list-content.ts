import { z } from 'zod';
import type { PersonalDataCipher } from '../membership/personal-data-cipher.js';
import { type Person, personSchema } from './check/person.js';

const cellsSchema = z.array(z.string());

const placeOfRow = (list: string, row: number) => ({
  table: 'member_list_rows',
  column: 'content',
  row: `${list}/${row}`,
});

const placeOfHeadings = (list: string) => ({ table: 'member_lists', column: 'headings', row: list });

/** What lists hold of people, sealed for its place and opened again. */
export interface ListContent {
  sealPerson(list: string, row: number, person: Person): string;
  openPerson(list: string, row: number, sealed: string): Person;
  sealCells(list: string, row: number, cells: readonly string[]): string;
  openCells(list: string, row: number, sealed: string): readonly string[];
  sealHeadings(list: string, headings: readonly string[]): string;
  openHeadings(list: string, sealed: string): readonly string[];
}

export const listContent = (cipher: PersonalDataCipher): ListContent => ({
  sealPerson: (list, row, person) => cipher.seal(JSON.stringify(person), placeOfRow(list, row)),
  openPerson: (list, row, sealed) => personSchema.parse(JSON.parse(cipher.open(sealed, placeOfRow(list, row)))),
  sealCells: (list, row, cells) => cipher.seal(JSON.stringify(cells), placeOfRow(list, row)),
  openCells: (list, row, sealed) => cellsSchema.parse(JSON.parse(cipher.open(sealed, placeOfRow(list, row)))),
  sealHeadings: (list, headings) => cipher.seal(JSON.stringify(headings), placeOfHeadings(list)),
  openHeadings: (list, sealed) => cellsSchema.parse(JSON.parse(cipher.open(sealed, placeOfHeadings(list)))),
});
