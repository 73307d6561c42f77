import type { ListKeys, ListKind, Parameters } from '../../lists/index.js';
import type { Job } from '../jobs/index.js';
import { publishJobs } from './list-jobs.js';
import type { ListOptions } from './list-options.js';
import { createListSigner, type ListSigner } from './list-signer.js';
import { type Publication, publishList } from './publish-list.js';
import { type ListOverview, readOverview } from './read-overview.js';
import { createUpdateReader, type PackedUpdate } from './read-update.js';

/** The lists for terminals: made, published and handed out. */
export interface Lists {
  overview(): Promise<readonly ListOverview[]>;
  keys(): Promise<ListKeys>;
  rotateKeys: ListSigner['rotate'];
  publish(kind: ListKind, parameters?: Parameters): Promise<Publication>;
  /** What brings a terminal with version `after` to the newest; `undefined`: nothing was published yet. */
  update(kind: ListKind, after: number): Promise<PackedUpdate | undefined>;
  /** What publishes by itself. */
  readonly jobs: readonly Job[];
}

export function createLists(options: ListOptions): Lists {
  const { clock, database, tokenKey } = options;
  const signer = createListSigner(database, { secret: tokenKey, clock });
  const updates = createUpdateReader(database);
  const publish = (kind: ListKind, parameters?: Parameters) => publishList({ ...options, signer }, kind, parameters);
  return {
    overview: () => readOverview(database),
    keys: () => signer.readKeys(),
    rotateKeys: (signsFrom) => signer.rotate(signsFrom),
    publish,
    update: (kind, after) => updates.read(kind, after),
    jobs: publishJobs(options, publish),
  };
}
