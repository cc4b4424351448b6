import type { Severity } from '../../../core/outcome.ts';
import { type Asked, defineProbe, once, type ProbeVerdict } from '../probe.ts';
import { couldNotOffer, type Hello, hellosOf, shakesHands, tlsDoors } from './tls-door.ts';

const overPrimes = [0x009f, 0x009e, 0xccaa, 0x006b, 0x0067, 0x0039, 0x0033, 0x0016];
const overCurves = [0xc02f, 0xc02b, 0xc030, 0xc02c, 0xcca8, 0xcca9, 0xc014, 0xc013, 0xc00a, 0xc009];
/** Curves of fewer than 224 bits, by IANA number: worth less than 112 bits. */
const weakCurves = [1, 2, 3, 4, 5, 15, 16, 17, 18, 19];

const weakness = ({ answer }: Hello): { readonly text: string; readonly severity: Severity } | undefined => {
  const { primeBits, curve } = answer;
  if (primeBits !== undefined && primeBits < 2048)
    return { text: `a prime of ${primeBits} bits`, severity: primeBits < 1024 ? 'high' : 'medium' };
  return curve !== undefined && weakCurves.includes(curve) ? { text: `curve ${curve}`, severity: 'medium' } : undefined;
};

const lineOf = ({ request, answer }: Asked): ProbeVerdict['evidence'][number] => {
  const looked = `ClientHello with Diffie-Hellman over ${request.is === 'hello' && request.suites[0] === overCurves[0] ? 'curves' : 'primes'}`;
  if (answer.is !== 'hello') return { looked, found: answer.is === 'none' ? answer.why : answer.is };
  if (!answer.accepted) return { looked, found: 'turned down' };
  const { primeBits, curve } = answer;
  return {
    looked,
    found: primeBits !== undefined ? `${primeBits} bits` : curve !== undefined ? `curve ${curve}` : 'parameters of its own',
  };
};

export const keyExchange = defineProbe({
  id: 'exposure/transport/key-exchange',
  covers: ['API-11'],
  title: 'Keys are agreed on over large primes and strong curves',
  severity: 'medium',
  why: 'A prime of 1024 bits is in reach of whoever can spend enough (Logjam), and one such effort opens every connection that uses the same prime.',
  repair:
    'Leave out DHE suites, which nobody needs beside ECDHE, or give the server a prime of 2048 bits or more, and curves such as X25519 and P-256.',
  techniques: ['T1557'],
  references: ['https://weakdh.org/', 'https://www.rfc-editor.org/rfc/rfc9325'],
  intrusiveness: 'passive',
  leaves: 'Two failed TLS handshakes in the log of the server.',
  doors: tlsDoors,
  send: once(() => [
    { is: 'hello', version: 'TLSv1.2', suites: overPrimes },
    { is: 'hello', version: 'TLSv1.2', suites: overCurves },
  ]),
  judge: (door, asked): ProbeVerdict => {
    const hellos = hellosOf(asked);
    const evidence = asked.map(lineOf);
    const weak = hellos.flatMap((hello) => weakness(hello) ?? []);
    if (weak.length > 0)
      return {
        outcome: 'fail',
        severity: weak.some(({ severity }) => severity === 'high') ? 'high' : 'medium',
        message: `Keys are agreed on over ${weak.map(({ text }) => text).join(' and ')}.`,
        evidence,
      };
    const isTalking = shakesHands(door) || hellos.some(({ answer }) => answer.accepted);
    if (hellos.length < asked.length || !isTalking) return couldNotOffer(evidence);
    const isSeen = hellos.every(({ answer }) => !answer.accepted || answer.primeBits !== undefined || answer.curve !== undefined);
    if (!isSeen)
      return {
        outcome: 'unknown',
        message: 'The server sent parameters of a kind that could not be judged, so nobody could look.',
        evidence,
      };
    return { outcome: 'pass', message: 'Keys are agreed on over nothing weak.', evidence };
  },
});
