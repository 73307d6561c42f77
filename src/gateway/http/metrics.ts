import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const DURATION_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const EVIDENCE_BUCKETS_S = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05];
const TOGETHER_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200];
const JOB_BUCKETS_S = [0.01, 0.1, 1, 10, 60, 600, 3600];

/** What the gateway counts, in the form of Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  requestDone(route: string, status: number, seconds: number): void;
  tapAnswered(result: string, code: string | undefined): void;
  jobDone(name: string, outcome: 'done' | 'failed', seconds: number): void;
  tapExamined(seconds: number): void;
  groupCommitted(taps: number, seconds: number): void;
  commitFailed(code: string): void;
  webhookAttempted(outcome: string, seconds: number): void;
  inboxFileDone(outcome: string): void;
  recordUnreadable(): void;
  logInDone(outcome: string): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'yongtap_' });
  const registers = [registry];
  const requests = new Histogram({
    name: 'yongtap_http_request_duration_seconds',
    help: 'Requests by operation and status, from the last byte of the head to the last byte of the answer',
    labelNames: ['operation', 'status'],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const taps = new Counter({
    name: 'yongtap_taps_total',
    help: 'Taps by answer and reason',
    labelNames: ['result', 'code'],
    registers,
  });
  const jobs = new Histogram({
    name: 'yongtap_job_duration_seconds',
    help: 'Runs of periodic jobs in this process, by job and outcome',
    labelNames: ['job', 'outcome'],
    buckets: JOB_BUCKETS_S,
    registers,
  });
  const examined = new Histogram({
    name: 'yongtap_evidence_duration_seconds',
    help: 'From a record’s coming until what its card signed is checked and it is sealed, waiting for a thread included',
    buckets: EVIDENCE_BUCKETS_S,
    registers,
  });
  const committed = new Histogram({
    name: 'yongtap_commit_duration_seconds',
    help: 'Keeping, pricing and booking taps that came together, up to the disk’s word',
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const together = new Histogram({
    name: 'yongtap_commit_taps',
    help: 'How many taps were kept by one commit',
    buckets: TOGETHER_BUCKETS,
    registers,
  });
  const commitFailures = new Counter({
    name: 'yongtap_commit_failures_total',
    help: 'Commits that failed: the database as a whole, or a statement',
    labelNames: ['code'],
    registers,
  });
  const webhooks = new Histogram({
    name: 'yongtap_webhook_attempt_duration_seconds',
    help: 'Attempts to deliver an event, by outcome',
    labelNames: ['outcome'],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const inboxFiles = new Counter({
    name: 'yongtap_inbox_files_total',
    help: 'Files dropped in the inbox, by what became of them; postponed: tried again later',
    labelNames: ['outcome'],
    registers,
  });
  const unreadable = new Counter({
    name: 'yongtap_records_unreadable_total',
    help: 'Kept records of taps that did not open for a list, each time that one was looked at; the log names the taps',
    registers,
  });
  const logIns = new Counter({
    name: 'yongtap_log_ins_total',
    help: 'Log-ins of people by outcome; failed: name, password or code; locked and busy: not looked at',
    labelNames: ['outcome'],
    registers,
  });
  return {
    registry,
    requestDone: (operation, status, seconds) => requests.observe({ operation, status }, seconds),
    tapAnswered: (result, code) => taps.inc({ result, code: code ?? '' }),
    jobDone: (job, outcome, seconds) => jobs.observe({ job, outcome }, seconds),
    tapExamined: (seconds) => examined.observe(seconds),
    groupCommitted: (taps, seconds) => {
      together.observe(taps);
      committed.observe(seconds);
    },
    commitFailed: (code) => commitFailures.inc({ code }),
    inboxFileDone: (outcome) => inboxFiles.inc({ outcome }),
    recordUnreadable: () => unreadable.inc(),
    logInDone: (outcome) => logIns.inc({ outcome }),
    webhookAttempted: (outcome, seconds) => webhooks.observe({ outcome }, seconds),
  };
}
