import tls from 'node:tls';
import type { Connection } from './connection.ts';

let system: readonly string[] | undefined;

/** PEM certificates to trust: the kubeconfig's or, as kubectl does when it names none, the operating system's, which are read once because that takes a while. */
export const authoritiesFor = ({ trust, server }: Pick<Connection, 'trust' | 'server'>): string | readonly string[] | undefined => {
  if (trust.ca !== undefined) return trust.ca;
  if (trust.skipVerification || server.protocol === 'http:') return undefined;
  system ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  return system;
};
