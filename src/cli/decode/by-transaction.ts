import { instructions, type SessionStep } from '../../../emv/index.js';

const BY_NAME = 0x04;

/** Neighbouring steps with the same application, from one selection of it to the next. */
export function byTransaction(steps: readonly SessionStep[]): SessionStep[][] {
  const groups: SessionStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0]?.application === step.application && !isSelection(step)) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

const isSelection = ({ command }: SessionStep): boolean =>
  command?.ins === instructions.select && command.p1 === BY_NAME;
