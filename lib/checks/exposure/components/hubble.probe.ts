import { asksForCertificate, behindCertificate, bytesOf, talk } from '../add-ons/talk.ts';
import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { grpcCall, grpcMessage } from './grpc.ts';

export const hubble = defineProbe({
  id: 'exposure/components/hubble',
  covers: ['CMP-11'],
  title: 'Hubble shows the traffic of the cluster to nobody without a client certificate',
  severity: 'medium',
  why: 'Hubble tells who talks to whom in the cluster, with names, ports and, where it looks that far, addresses of pages.',
  repair: 'Set `hubble.tls.enabled: true` (the default of the chart of Cilium), or let the firewall of the nodes admit the relay only.',
  techniques: ['T1613'],
  references: ['https://docs.cilium.io/en/stable/observability/hubble/configuration/tls/'],
  intrusiveness: 'reading',
  leaves: 'Nothing; Hubble does not log this call.',
  doors: { places: ['node', 'published', 'service'], ports: [4244] },
  send: once((door) =>
    asksForCertificate(door) ? [] : talk(door, grpcCall('/observer.Observer/ServerStatus', door.greeting.tls?.accepted ? 'https' : 'http')),
  ),
  judge: (door, asked) => {
    if (asksForCertificate(door)) return behindCertificate;
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = bytesOf(asked);
    const message = answer && grpcMessage(answer.bytes);
    // numbers of flows come first in a status, each a field of its own
    if (answer === undefined || !message?.slice(0, 1).some((tag) => [0x08, 0x10, 0x18].includes(tag))) return undefined;
    return {
      outcome: 'fail',
      message: 'Hubble shows the traffic of the cluster to anybody who can reach it.',
      evidence: [shown(answer.asked, 'the state of Hubble')],
    };
  },
});
