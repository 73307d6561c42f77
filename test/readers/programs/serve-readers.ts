import { startReaderService } from '../../../simulator/index.js';

/** Starts a PC/SC service, says where it is and which process it is, and is then killed. */
const service = await startReaderService({ waitMs: 60_000 });
console.log(`socket ${service.environment.PCSCLITE_CSOCK_NAME}`);
console.log(`reader ${service.slots[0]!.socketPath}`);
setInterval(() => {}, 60_000);
