export { loadLoanPolicy, parseLoanPolicy } from './load-loan-policy.js';
export { contributionClassSchema, loanPolicySchema } from './loan-policy-schema.js';
export { type LoanMember, type LoanRequest, quoteLoan } from './quote-loan.js';
export { repaymentPlan } from './repayment-plan.js';
