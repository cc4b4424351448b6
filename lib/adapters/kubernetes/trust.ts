import tls from 'node:tls';

let known: readonly string[] | undefined;

/** Certificates to trust when a kubeconfig names none: Node's own and, as kubectl does, the operating system's. Read once, because that takes a while. */
export const systemAuthorities = (): readonly string[] => {
  known ??= [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  return known;
};
