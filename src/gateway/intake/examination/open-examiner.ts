import { createExaminer, type Examiner, type ExaminerOptions, type KeptCertificates } from './examiner.js';
import { ThreadedExaminer } from './threaded-examiner.js';

/** Examines in so many threads beside the caller's; 0: in the caller's own. */
export function openExaminer(options: ExaminerOptions, threads: number): Examiner {
  if (threads === 0) return createExaminer(options);
  const examiners = Array.from({ length: threads }, () => new ThreadedExaminer(options));
  const idlest = () => examiners.reduce((one, other) => (other.load < one.load ? other : one));
  return {
    examine: (record) => idlest().examine(record),
    read: (text) => idlest().read(text),
    keptCertificates: () => examiners.map((each) => each.keptCertificates()).reduce(sumOf),
    close: async () => {
      await Promise.all(examiners.map((each) => each.close()));
    },
  };
}

const OWNERS = ['issuer', 'card'] as const;
const COUNTS = ['hits', 'misses', 'size', 'sizeMax'] as const;

function sumOf(one: KeptCertificates, other: KeptCertificates): KeptCertificates {
  const [issuer, card] = OWNERS.map((owner) => {
    const [hits, misses, size, sizeMax] = COUNTS.map((count) => one[owner][count] + other[owner][count]);
    return { hits: hits!, misses: misses!, size: size!, sizeMax: sizeMax! };
  });
  return { issuer: issuer!, card: card! };
}
