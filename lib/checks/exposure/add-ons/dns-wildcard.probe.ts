import { defineProbe, once, shown } from '../probe.ts';
import { hex } from './bytes.ts';
import { dnsAnswer, question, refusals, types } from './dns.ts';
import { bytesOf } from './talk.ts';

export const dnsWildcard = defineProbe({
  id: 'exposure/add-ons/dns-wildcard',
  covers: ['ADD-10'],
  title: 'The DNS of the cluster lists Services to nobody by wildcard',
  severity: 'low',
  why: 'CoreDNS before 1.9 answers `any.any.svc` with the addresses of all Services: a map of the cluster by one question.',
  repair: 'Update CoreDNS to 1.9 or newer, which knows no wildcards any more.',
  techniques: ['T1046'],
  references: ['https://coredns.io/plugins/kubernetes/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the DNS server, if it logs questions.',
  doors: { places: ['dns', 'published', 'service', 'node'], ports: [53], transport: 'udp' },
  send: once(() =>
    // a name that no Service can have shows whether the zone answers everything
    ['any.any.svc.cluster.local', 'no-such-service.no-such-namespace.svc.cluster.local'].map((name) => ({
      is: 'udp',
      send: hex(question(name, types.a)),
    })),
  ),
  judge: (_door, asked) => {
    const [any, nothing] = bytesOf(asked);
    const head = any && dnsAnswer(any.bytes.bytes);
    if (any === undefined || head === undefined) return undefined;
    const other = nothing && dnsAnswer(nothing.bytes.bytes);
    // a long list does not fit into a datagram: then it is cut and may hold no address at all
    if (head.code === 0 && head.answers > 0 && other?.code === 3)
      return {
        outcome: 'fail',
        message: 'The DNS of the cluster lists Services by wildcard to anybody who asks.',
        evidence: [shown(any.asked, 'addresses for any.any.svc.cluster.local')],
      };
    return {
      outcome: 'pass',
      message: 'The DNS server knows no wildcards of Services.',
      evidence: [shown(any.asked, `${refusals[head.code] ?? 'nothing'} for any.any.svc.cluster.local`)],
    };
  },
});
