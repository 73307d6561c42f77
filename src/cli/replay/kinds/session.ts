import { z } from 'zod';
import type { VectorRunner } from '../vector.js';

/** Who plays the sessions of a kernel; loaded when the first one comes. */
const players = {
  contact: async () => (await import('./session/contact.js')).play,
  qpboc: async () => (await import('./session/qpboc.js')).play,
  'small-payment': async () => (await import('./session/small-payment.js')).play,
} satisfies Readonly<Record<string, () => Promise<VectorRunner>>>;

const kernelSchema = z.object({ kernel: z.enum(Object.keys(players) as [keyof typeof players]) });

const loaded = new Map<keyof typeof players, Promise<VectorRunner>>();

/** `session`: a recorded or made conversation, played to the kernel that it names. */
export const runner: VectorRunner = async (input, expected) => {
  const { kernel } = kernelSchema.parse(input);
  const player = loaded.get(kernel) ?? players[kernel]();
  loaded.set(kernel, player);
  return (await player)(input, expected);
};
