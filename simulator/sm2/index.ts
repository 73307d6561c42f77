export { curve } from './curve.js';
export { type Sm2Key, signDigest, signSm2, sm2KeyOf } from './sign-sm2.js';
