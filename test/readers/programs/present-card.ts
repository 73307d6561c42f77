import { randomBytes } from 'node:crypto';
import { createTestPki, issueCard, loadProfile, openCard, presentCard } from '../../../simulator/index.js';

/** `present-card PROFILE SOCKET`: a card of that profile, in memory only, on a virtual reader until it is killed. */
const [, , profile, socketPath] = process.argv;
const card = openCard(issueCard(loadProfile(profile!), createTestPki()), { random: randomBytes });
await presentCard(card, { socketPath: socketPath! });
