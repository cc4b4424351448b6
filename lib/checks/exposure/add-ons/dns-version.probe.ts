import { defineProbe, once, shown } from '../probe.ts';
import { hex, textOf } from './bytes.ts';
import { classes, dnsAnswer, question, refusals, types } from './dns.ts';
import { bytesOf } from './talk.ts';

/** The text of the answer: type, class, time and length of a TXT record, then the length of its text. The last place of that form is no longer the question. */
const textIn = (bytes: string): string | undefined => {
  const [, length, rest] = /.*(?:c00c|62696e6400)00100003.{12}(..)(.*)/.exec(bytes) ?? [];
  if (length === undefined || rest === undefined) return undefined;
  return textOf(rest.slice(0, Number.parseInt(length, 16) * 2));
};

export const dnsVersion = defineProbe({
  id: 'exposure/add-ons/dns-version',
  covers: ['ADD-10'],
  title: 'The DNS server does not tell its version',
  severity: 'low',
  why: 'The exact version tells which of the known flaws of the server work.',
  repair: 'Leave the `chaos` plugin out of the Corefile; in BIND set `version none;`.',
  techniques: ['T1046'],
  references: ['https://coredns.io/plugins/chaos/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the DNS server, if it logs questions.',
  doors: { places: ['dns', 'published', 'service', 'node'], ports: [53], transport: 'udp' },
  send: once(() => [{ is: 'udp', send: hex(question('version.bind', types.txt, classes.chaos, false)) }]),
  judge: (_door, asked) => {
    const [answer] = bytesOf(asked);
    const head = answer && dnsAnswer(answer.bytes.bytes);
    // silence to a datagram says nothing: nobody may be there
    if (answer === undefined || head === undefined) return undefined;
    const version = head.code === 0 && head.answers > 0 ? textIn(answer.bytes.bytes) : undefined;
    if (version === undefined)
      return {
        outcome: 'pass',
        message: 'The DNS server does not tell its version.',
        evidence: [shown(answer.asked, refusals[head.code] ?? 'no answer to version.bind')],
      };
    return {
      outcome: 'fail',
      message: 'The DNS server tells its version to anybody who asks.',
      evidence: [shown(answer.asked, `version.bind is ${version}`)],
    };
  },
});
