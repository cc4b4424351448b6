import { defineProbe } from '../probe.ts';
import { judgeFamilies, offerFamilies } from './families.ts';
import { oldFamilies } from './old-suites.ts';
import { tlsDoors } from './tls-door.ts';

export const oldCiphers = defineProbe({
  id: 'exposure/transport/old-ciphers',
  covers: ['API-11'],
  title: 'TLS accepts no outdated cipher suite',
  severity: 'medium',
  why: 'Blocks of 64 bits give way after some gigabytes, keys exchanged by RSA open every recording once stolen, and CBC with SHA-1 has fallen to a line of attacks on its padding; it is what Go accepts by default and counts as low.',
  repair:
    'Name the suites to use: `--tls-cipher-suites` of Kubernetes components, `--cipher-suites` of etcd, `ssl-ciphers` of ingress controllers; ECDHE with AES-GCM or ChaCha20 is enough for every client.',
  techniques: ['T1557'],
  references: [
    'https://www.rfc-editor.org/rfc/rfc9325',
    'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
  ],
  intrusiveness: 'passive',
  leaves: 'Up to four failed TLS handshakes in the log of the server.',
  doors: tlsDoors,
  send: offerFamilies(oldFamilies),
  judge: (door, asked) =>
    judgeFamilies(door, asked, oldFamilies, {
      open: 'TLS accepts what nobody needs any more:',
      closed: 'TLS turns down 3DES, keys exchanged by RSA, and CBC with SHA-1.',
    }),
});
