import { existsSync } from 'node:fs';
import { ChannelError } from '../card-channel.js';
import { bindingFinding, noReaderFinding, type PcscFinding, serviceFinding } from './findings.js';
import { openPcsc } from './open-pcsc.js';
import type { PcscBindingName } from './pcsc.js';
import { pcscServiceState } from './service.js';
import { toChannelError } from './to-channel-error.js';

const BINDINGS: readonly PcscBindingName[] = ['smartcard', 'nfc-pcsc'];
const HEADERS = '/usr/include/PCSC/winscard.h';
const SERVICE_PROGRAMS = ['/usr/sbin/pcscd', '/usr/local/sbin/pcscd', '/usr/bin/pcscd'];
/** A kernel driver that takes an ACR122U for itself, so that the service cannot have it. */
const RIVAL_DRIVER = '/sys/module/pn533_usb';

/**
 * Looks how far this machine is ready for real readers: binding, service, reader, in the order in which they would be
 * mended. What cannot be looked at because an earlier part is missing is left out. Never throws for a missing part.
 */
export async function diagnosePcsc(): Promise<PcscFinding[]> {
  const binding = bindingFinding(BINDINGS.map(tryBinding), process.platform !== 'linux' || existsSync(HEADERS));
  const service = serviceFinding(
    await pcscServiceState(),
    SERVICE_PROGRAMS.some(existsSync),
    existsSync('/run/systemd/system'),
  );
  return binding.ok && service.ok ? [binding, ...(await lookAtReaders(service))] : [binding, service];
}

function tryBinding(name: PcscBindingName): { name: PcscBindingName; failure?: Error } {
  try {
    openPcsc({ binding: name });
    return { name };
  } catch (error) {
    if (error instanceof ChannelError && error.cause instanceof Error) return { name, failure: error.cause };
    return { name, failure: error as Error };
  }
}

/** The service may answer and still refuse this user, which only a call shows. */
async function lookAtReaders(service: PcscFinding): Promise<PcscFinding[]> {
  const pcsc = openPcsc();
  try {
    const names = (await pcsc.readers()).map(({ name }) => name);
    if (names.length === 0) return [service, noReaderFinding(existsSync(RIVAL_DRIVER))];
    return [service, { name: 'reader', state: 'fine', ok: true, detail: names.join(', ') }];
  } catch (error) {
    const { code, message } = toChannelError(error, 'PC/SC service');
    const state = code === 'service-forbidden' ? 'forbidden' : 'absent';
    return [{ ...serviceFinding(state, true, existsSync('/run/systemd/system')), detail: message }];
  } finally {
    await pcsc.close();
  }
}
