export { createSm2PublicKey, PBOC_SM2_IDENTITY, type Sm2PublicKey } from './sm2.js';
export { sm3 } from './sm3.js';
