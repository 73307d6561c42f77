import type { CappPlace, CappTransaction } from './capp/capp-transaction.js';
import type {
  ApplicationState,
  CardApplication,
  CardFile,
  CardInterface,
  CardState,
  PublicKeyAlgorithm,
} from './card-file.js';
import { withChangedRecords } from './changed-records.js';
import type { SigningKey } from './cryptography/signing-key.js';
import { issuerDataChoices } from './issuer-data-choices.js';
import type { ContactTransaction, Verification } from './transaction/contact-transaction.js';
import type { Purse } from './transaction/purse.js';

/** An offline approval on its way: nothing of it is kept until the last record has been asked for. */
export interface Approval {
  /** What the records of this transaction carry beside the application's own data. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly lastRecord: { readonly shortFileIdentifier: number; readonly recordNumber: number };
  readonly stateAfter: ApplicationState;
  readonly committed: boolean;
  /** A transaction of the small-payment extension. */
  readonly capp?: CappTransaction;
}

/** JR/T 0025.12-2013 7.4 to 7.7 over contactless, JR/T 0025.5-2013 over contact; all of it is lost with the power. */
export type Stage =
  | { readonly name: 'idle' }
  /** The directory over contact (PSE). */
  | { readonly name: 'directory' }
  /** The transport card's application. */
  | { readonly name: 'transport' }
  | {
      readonly name: 'selected';
      readonly application: number;
      readonly verification: Verification;
      readonly lastRead?: CappPlace;
    }
  /** Answered with ARQC or AAC, or refused: only a new selection goes on. */
  | { readonly name: 'ended'; readonly application: number; readonly purse: Purse }
  | { readonly name: 'approved'; readonly application: number; readonly purse: Purse; readonly approval: Approval }
  /** Over contact, from GET PROCESSING OPTIONS on. */
  | {
      readonly name: 'initiated';
      readonly application: number;
      readonly verification: Verification;
      readonly transaction: ContactTransaction;
    };

/** The card's memory could not be written; what it holds then is not known before the next power-on. */
export class MemoryFailure extends Error {
  override readonly name = 'MemoryFailure';
}

export interface CardMemory {
  /** Called with the whole new state before the card answers; when it throws, the card answers 6581. */
  readonly save?: ((state: CardState) => void) | undefined;
  /** The state as it was last kept, read again after a failure of `save`. */
  readonly load?: (() => CardState) | undefined;
  /** That many unpredictable bytes. */
  readonly random: (length: number) => Uint8Array;
}

/** The keys that the card signs with at the tap. */
export type SigningKeys = Readonly<Partial<Record<PublicKeyAlgorithm, SigningKey>>>;

/** An application put together, and what scripts had changed of it then. */
interface KnownApplication {
  readonly of: Pick<ApplicationState, 'changedData' | 'changedRecords'>;
  readonly application: CardApplication;
}

/** What the commands of a card work on between power-on and power-off. */
export class CardSession {
  stage: Stage = { name: 'idle' };
  /** The instruction of the command before. */
  previousInstruction: number | undefined;
  /** What GET PROCESSING OPTIONS came to; it counts as long as that transaction lasts. */
  algorithm: PublicKeyAlgorithm | undefined;
  #interface: CardInterface;
  #state: CardState;
  #broken = false;
  readonly #applications: Readonly<Record<CardInterface, Record<PublicKeyAlgorithm, KnownApplication[]>>> = {
    contact: { rsa: [], sm2: [] },
    contactless: { rsa: [], sm2: [] },
  };

  constructor(
    readonly file: CardFile,
    private readonly signingKeys: SigningKeys,
    private readonly memory: CardMemory,
  ) {
    this.#state = file.state;
    this.#interface = file.interface === 'contact' ? 'contact' : 'contactless';
  }

  /** By which the terminal speaks to the card. */
  get interface(): CardInterface {
    return this.#interface;
  }

  /** Whether CARD BLOCK has put an end to the card. */
  get isBlocked(): boolean {
    return this.#state.some(({ blocked }) => blocked === 'card');
  }

  get state(): CardState {
    return this.#state;
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  random(length: number): Uint8Array {
    return this.memory.random(length);
  }

  /** An application with what holds on this interface and for these algorithms, and with what scripts have changed. */
  application(index: number): CardApplication {
    const { changedData, changedRecords } = this.applicationState(index);
    const algorithm = this.#algorithmOf(index);
    const applications = this.#applications[this.#interface][algorithm];
    const known = applications[index];
    if (known?.of.changedData === changedData && known.of.changedRecords === changedRecords) return known.application;
    const personalized = withAlgorithm(this.file.applications[index]!, algorithm);
    const ofInterface = this.#interface === 'contact' ? personalized.contactData : undefined;
    const data = { ...personalized.data, ...ofInterface, ...changedData };
    const application = {
      ...personalized,
      ...(data['9F10'] === undefined ? {} : issuerDataChoices(data['9F10'])),
      data,
      records: withChangedRecords(personalized.records, changedRecords),
    };
    applications[index] = { of: { changedData, changedRecords }, application };
    return application;
  }

  /** Whether the card has a key of its own at all. */
  get signs(): boolean {
    return Object.keys(this.signingKeys).length > 0;
  }

  /** The key that signs for an application in this transaction. */
  signingKey(index: number): SigningKey | undefined {
    return this.signingKeys[this.#algorithmOf(index)];
  }

  /** Before the terminal has chosen, an application begins with the first of its algorithms. */
  #algorithmOf(index: number): PublicKeyAlgorithm {
    const isUnderWay = this.stage.name === 'initiated' || this.stage.name === 'approved' || this.stage.name === 'ended';
    const chosen = isUnderWay ? this.algorithm : undefined;
    return chosen ?? this.file.applications[index]!.publicKeyAlgorithms[0]!;
  }

  applicationState(index: number): ApplicationState {
    return this.#state[index]!;
  }

  /** Keeps a new state of one application; the former one stays when that fails. Throws {@link MemoryFailure}. */
  keep(index: number, changed: ApplicationState): void {
    const next = this.#state.with(index, changed);
    try {
      this.memory.save?.(next);
    } catch (error) {
      this.#broken = true;
      throw new MemoryFailure('the state of the card could not be kept', { cause: error });
    }
    this.#state = next;
  }

  /**
   * Forgets the transaction under way, and after a failure what it believed its memory to hold. As long as the memory
   * cannot be read either, the card stays broken.
   */
  restart(by: CardInterface): void {
    this.#interface = by;
    this.stage = { name: 'idle' };
    if (!this.#broken) return;
    try {
      this.#state = this.memory.load?.() ?? this.#state;
      this.#broken = false;
    } catch {
      this.#broken = true;
    }
  }
}

function withAlgorithm(application: CardApplication, algorithm: PublicKeyAlgorithm): CardApplication {
  const { smTransaction: sm, ...personalized } = application;
  if (algorithm === 'rsa' || sm === undefined) return personalized;
  const { data, contactData, electronicCashData } = personalized;
  return {
    ...personalized,
    ...sm,
    data: { ...data, ...sm.data },
    ...(contactData && { contactData: { ...contactData, ...sm.contactData } }),
    ...(electronicCashData && { electronicCashData: { ...electronicCashData, ...sm.electronicCashData } }),
  };
}
