import type { Job } from '../jobs/index.js';
import { type Survey, surveyTerminals } from './survey-terminals.js';

/** The survey of terminals as a job of the gateways that share the books. */
export const surveyJob = (survey: Survey): Job => ({
  name: 'survey-terminals',
  everySeconds: survey.policy.survey.everySeconds,
  async run(signal) {
    await surveyTerminals(survey, signal);
  },
});
