import type { Job } from '../jobs/index.js';
import { recheckGaps } from './follow-gaps.js';
import { type Survey, surveyTerminals } from './survey-terminals.js';

const RECHECKED_MS = 3_600_000;

/** The survey of terminals as a job of the gateways that share the books. */
export const surveyJob = (survey: Survey): Job => ({
  name: 'survey-terminals',
  everySeconds: survey.policy.survey.everySeconds,
  async run(signal) {
    await surveyTerminals(survey, signal);
    const now = survey.clock();
    await survey.database.inTransaction((transaction) => recheckGaps(transaction, now.getTime() - RECHECKED_MS, now));
  },
});
