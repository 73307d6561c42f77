/** Whether a command has its Lc or Le in three or two bytes (ISO/IEC 7816-4 §5.1). */
export const isExtended = (command: Uint8Array): boolean => command.length > 5 && command[4] === 0;
