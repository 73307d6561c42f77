export { checkDocument } from './check-document.js';
export { documentTypeNames, documentTypeOf, documentTypes } from './document-type.js';
export { hasRightIdentityCheckDigit, identityCheckDigit } from './identity-check-digit.js';
export { normalIdentityNumber } from './normal-identity-number.js';
export { isMobile, normalMobile } from './normal-mobile.js';
export { personTokens } from './person-tokens.js';
export { plainDigits } from './plain-digits.js';
