import { toHex } from '../bytes.js';
import layouts from './data/file-layouts.json';
import type { Layout } from './explain-layout.js';

/** Where bytes without tags stand: which application, command and file, or the data object that holds them. */
export interface FileLayout extends Layout {
  readonly name: string;
  /** Beginnings of application identifiers. */
  readonly applications: readonly string[];
  readonly instruction: string;
  /** Short file identifier. */
  readonly file?: number;
  readonly tag?: string;
  /** Document and place. */
  readonly source: string;
}

/** All of them. */
export const fileLayouts = layouts as readonly FileLayout[];

/** The layout of what an application answers to an instruction, about a file where it names one. */
export function findLayout(application: string, instruction: number, file?: number): FileLayout | undefined {
  const hex = toHex(Uint8Array.of(instruction));
  return fileLayouts.find((layout) => layout.instruction === hex && layout.file === file && isOf(layout, application));
}

/** The layout of a data object of an application. */
export const findTagLayout = (application: string, tag: string): FileLayout | undefined =>
  fileLayouts.find((layout) => layout.tag === tag && isOf(layout, application));

const isOf = ({ applications }: FileLayout, application: string): boolean =>
  applications.some((beginning) => application.startsWith(beginning));
