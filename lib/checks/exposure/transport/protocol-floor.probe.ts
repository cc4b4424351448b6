import type { HelloRequest } from '../../../core/probing/index.ts';
import { defineProbe, once, type ProbeVerdict, shown } from '../probe.ts';
import { couldNotOffer, hellosOf, shakesHands, tlsDoors } from './tls-door.ts';

/** What any server of that time accepts one of. */
const suites = [
  0xc014, 0xc013, 0xc00a, 0xc009, 0x0039, 0x0033, 0x0035, 0x002f, 0xc012, 0xc008, 0x0016, 0x000a, 0xc011, 0xc007, 0x0005, 0x0004, 0x0038,
  0x0032, 0x0009,
];
const old = ['SSLv3', 'TLSv1', 'TLSv1.1'] as const;
const names: Readonly<Record<string, string>> = { SSLv3: 'SSL 3.0', TLSv1: 'TLS 1.0', 'TLSv1.1': 'TLS 1.1' };
const nameOf = (version: string): string => names[version] ?? version;

const offer = (version: (typeof old)[number]): HelloRequest => ({ is: 'hello', version, suites });

export const protocolFloor = defineProbe({
  id: 'exposure/transport/protocol-floor',
  covers: ['API-10'],
  title: 'TLS starts at version 1.2',
  severity: 'medium',
  why: 'SSL 3.0, TLS 1.0 and TLS 1.1 rest on MD5 and SHA-1 and were withdrawn; whoever sits on the way may talk both sides down to them.',
  repair:
    'Set `--tls-min-version=VersionTLS12` (Kubernetes components), `--tls-min-version=TLS1.2` (etcd), or `ssl-protocols` of the ingress controller, or update what cannot be set.',
  techniques: ['T1557'],
  references: ['https://www.rfc-editor.org/rfc/rfc8996', 'https://www.rfc-editor.org/rfc/rfc7568'],
  intrusiveness: 'passive',
  leaves: 'Three failed TLS handshakes in the log of the server.',
  doors: tlsDoors,
  // by hand, because Node offers no SSL 3.0, and the older versions only where its OpenSSL was built so
  send: once(() => old.map(offer)),
  judge: (door, asked): ProbeVerdict => {
    const hellos = hellosOf(asked);
    const evidence = asked.map((one) => ({
      ...shown(one),
      looked: one.request.is === 'hello' ? `ClientHello of ${nameOf(one.request.version)}` : one.request.is,
    }));
    const spoken = old.filter((version) => hellos.some(({ answer }) => answer.accepted && answer.version === version));
    if (spoken.length > 0)
      return {
        outcome: 'fail',
        severity: spoken.includes('SSLv3') ? 'high' : 'medium',
        message: `It accepts ${spoken.map(nameOf).join(', ')}.`,
        evidence,
      };
    if (hellos.length < asked.length || !shakesHands(door)) return couldNotOffer(evidence);
    return { outcome: 'pass', message: 'It accepts nothing older than TLS 1.2.', evidence };
  },
});
