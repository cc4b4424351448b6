import { couldNotLook, defineProbe, isSilent, once, type ProbeVerdict, shown } from '../probe.ts';
import { uint16 } from './bytes.ts';
import { dnsAnswer, question, refusals, types } from './dns.ts';
import { bytesOf, talk } from './talk.ts';

const transfer = question('cluster.local', types.axfr, 1, false);

export const dnsZoneTransfer = defineProbe({
  id: 'exposure/add-ons/dns-zone-transfer',
  covers: ['ADD-10'],
  title: 'The DNS of the cluster hands its zone to nobody',
  severity: 'low',
  why: 'A zone transfer lists every Service and its address: a map of the cluster by one question.',
  repair: 'Remove `to *` from the `transfer` plugin of the Corefile; in BIND set `allow-transfer { none; };`.',
  techniques: ['T1046'],
  references: ['https://coredns.io/plugins/transfer/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the DNS server, if it logs questions.',
  doors: { places: ['dns', 'published', 'service', 'node'], ports: [53] },
  send: once((door) => talk(door, [...uint16(transfer.length), ...transfer])),
  judge: (_door, asked): ProbeVerdict | undefined => {
    // CoreDNS says nothing where it is to refuse: it hangs up
    if (asked.some(({ answer }) => answer.is === 'none' && answer.why === 'hung-up'))
      return { outcome: 'pass', message: 'The DNS server hands out no zone.', evidence: asked.map((one) => shown(one)) };
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = bytesOf(asked);
    const head = answer && dnsAnswer(answer.bytes.bytes, 2);
    if (answer === undefined || head === undefined) return undefined;
    if (head.code === 0 && head.answers > 0)
      return {
        outcome: 'fail',
        message: 'The DNS server hands its zone, with every Service of the cluster, to anybody who asks.',
        evidence: [shown(answer.asked, 'the zone cluster.local')],
      };
    return {
      outcome: 'pass',
      message: 'The DNS server hands out no zone.',
      evidence: [shown(answer.asked, refusals[head.code] ?? 'an empty answer')],
    };
  },
});
