import { CommandError, exitCodes } from '../exit-codes.js';

/** What Ctrl-C makes of a day. */
export const calledOff = () => new CommandError('called-off', 'the day was called off', exitCodes.no);
