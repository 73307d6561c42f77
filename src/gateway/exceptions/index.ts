export { boxedExceptionPolicy } from './exception-policy.js';
export {
  type ExceptionKind,
  type ExceptionPage,
  type ExceptionQuery,
  type ExceptionView,
  exceptionKinds,
} from './exception-view.js';
export { countOpenExceptions, readException, readExceptions, resolveException } from './read-exceptions.js';
export { surveyJob } from './survey-job.js';
export { surveyTerminals } from './survey-terminals.js';
