import { tapSchemaView } from '../receipt/posted-tap.js';
import type { Morning } from './morning.js';
import type { DemoResult } from './run-demo.js';
import { addsUp } from './totals.js';

/** The morning for programs: each tap with what the terminal and the gateway said, and the sums. */
export function demoAsJson({ scenes, ...result }: DemoResult, { riders, serviceDay }: Morning) {
  return {
    serviceDay,
    scenes: scenes.map(({ scene, at, result: { accepted, outcome, reason }, debitedFen, tap }) => ({
      ...scene,
      at,
      who: riders[scene.rider]?.who,
      accepted,
      outcome,
      reason,
      debitedFen,
      ...(tap === undefined ? {} : { gateway: tapSchemaView.tap.parse(tap) }),
    })),
    ...result,
    addsUp: addsUp(result.totals),
  };
}
