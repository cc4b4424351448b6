import type { Probe } from '../probe.ts';
import { clearText } from './clear-text.probe.ts';
import { figures } from './figures.probe.ts';
import { members } from './members.probe.ts';
import { readableKeys } from './readable-keys.probe.ts';
import { withoutCertificate } from './without-certificate.probe.ts';
import { withoutLogin } from './without-login.probe.ts';

export const etcdProbes: readonly Probe[] = [clearText, figures, members, readableKeys, withoutCertificate, withoutLogin];
