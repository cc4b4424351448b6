import { defineProbe } from '../probe.ts';
import { brokenFamilies } from './broken-suites.ts';
import { judgeFamilies, offerFamilies } from './families.ts';
import { tlsDoors } from './tls-door.ts';

export const brokenCiphers = defineProbe({
  id: 'exposure/transport/broken-ciphers',
  covers: ['API-11'],
  title: 'TLS accepts no broken cipher suite',
  severity: 'high',
  why: 'What is sent under these suites can be read or forged by whoever sits on the way, now or later.',
  repair:
    'Name the suites to use: `--tls-cipher-suites` of Kubernetes components, `--cipher-suites` of etcd, `ssl-ciphers` of ingress controllers; ECDHE with AES-GCM or ChaCha20 is enough for every client.',
  techniques: ['T1557'],
  references: [
    'https://www.rfc-editor.org/rfc/rfc9325',
    'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
  ],
  intrusiveness: 'passive',
  leaves: 'Up to six failed TLS handshakes in the log of the server.',
  doors: tlsDoors,
  send: offerFamilies(brokenFamilies),
  judge: (door, asked) =>
    judgeFamilies(door, asked, brokenFamilies, {
      open: 'TLS accepts what protects nothing any more:',
      closed: 'TLS turns down NULL, anonymous, export, RC4 and DES suites.',
    }),
});
