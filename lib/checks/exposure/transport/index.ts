import type { Probe } from '../probe.ts';
import { brokenCiphers } from './broken-ciphers.probe.ts';
import { certificateEmails } from './certificate-emails.probe.ts';
import { certificateExpiry } from './certificate-expiry.probe.ts';
import { certificateNames } from './certificate-names.probe.ts';
import { certificateStrength } from './certificate-strength.probe.ts';
import { keyExchange } from './key-exchange.probe.ts';
import { oldCiphers } from './old-ciphers.probe.ts';
import { protocolFloor } from './protocol-floor.probe.ts';

export const transportProbes: readonly Probe[] = [
  protocolFloor,
  brokenCiphers,
  oldCiphers,
  keyExchange,
  certificateExpiry,
  certificateStrength,
  certificateNames,
  certificateEmails,
];
