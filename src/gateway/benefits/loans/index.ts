export { loadLoanPolicy, parseLoanPolicy } from './load-loan-policy.js';
export { contributionClassSchema, type LoanPolicy, loanPolicySchema } from './loan-policy-schema.js';
export type { LoanStep } from './loan-step.js';
export { type LoanMember, type LoanQuestion, type LoanQuote, type LoanRequest, quoteLoan } from './quote-loan.js';
export { type Instalment, type RepaymentPlan, repaymentPlan } from './repayment-plan.js';
