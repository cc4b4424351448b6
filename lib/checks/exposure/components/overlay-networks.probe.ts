import { defineProbe, once, shown } from '../probe.ts';

/** A header of VXLAN without its one valid bit, of no network, with nothing inside: every end drops it. */
const nothing = '0000000000000000';

export const overlayNetworks = defineProbe({
  id: 'exposure/components/overlay-networks',
  covers: ['CMP-12'],
  title: 'The overlay network of the pods takes packets from its own nodes only',
  severity: 'medium',
  why: 'VXLAN and Geneve know no sender: whoever reaches the port puts packets into the network of the pods, past every NetworkPolicy at its edge.',
  repair: 'Let the firewall of the nodes admit UDP 4789, 8472 and 6081 from nodes only, or encrypt the overlay (WireGuard, IPsec).',
  techniques: ['T1557'],
  references: ['https://www.rfc-editor.org/rfc/rfc7348#section-7'],
  intrusiveness: 'passive',
  leaves: 'Nothing; the packet is dropped.',
  doors: { places: ['node'], ports: [4789, 6081, 8472], transport: 'udp' },
  send: once(() => [{ is: 'udp', send: nothing }]),
  // an overlay never answers, and neither does a firewall: only a refusal says that nothing is there
  judge: (_door, asked) => {
    const [one] = asked;
    if (one === undefined || one.answer.is !== 'none') return undefined;
    if (one.answer.why === 'closed') return { outcome: 'pass', message: 'Nothing listens there.', evidence: [shown(one)] };
    if (one.answer.why !== 'timed-out') return undefined;
    return {
      outcome: 'manual',
      certainty: 'potential',
      message: 'Nobody refuses packets for an overlay network here: see whether a firewall drops them, or an overlay takes them.',
      evidence: [shown(one, 'silence, as of an overlay and of a firewall')],
    };
  },
});
