/** A reader's name in its parts. */
export interface ReaderName {
  /** What all slots of one device share. */
  readonly device: string;
  /** From 0. */
  readonly slot: number;
}

/** pcsc-lite ends a name with the number of the device and that of the slot, two digits of hex each. */
const PCSC_LITE = /^(.*\S [0-9A-F]{2}) ([0-9A-F]{2})$/;

/** The device and the slot that a PC/SC name tells; a name of another form is a device with one slot. */
export function readReaderName(name: string): ReaderName {
  const [, device, slot] = PCSC_LITE.exec(name) ?? [];
  return device === undefined ? { device: name, slot: 0 } : { device, slot: Number.parseInt(slot!, 16) };
}
