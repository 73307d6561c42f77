/** Status words that the kernels go by. */
export const STATUS_OK = 0x9000;
/** The application is blocked; what is in it can be read. */
export const STATUS_APPLICATION_BLOCKED = 0x6283;
export const STATUS_CARD_BLOCKED = 0x6a81;
export const STATUS_CONDITIONS_NOT_SATISFIED = 0x6985;
export const STATUS_NO_RECORD = 0x6a83;
