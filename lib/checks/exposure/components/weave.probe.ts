import { defineProbe } from '../probe.ts';

export const weave = defineProbe({
  id: 'exposure/components/weave',
  covers: ['CMP-11'],
  title: 'Weave Net is reachable from its own nodes only',
  severity: 'medium',
  why: 'Without a password whoever reaches the port joins the network of the pods; with one, the port tells at least what network it is.',
  repair:
    'Let the firewall of the nodes admit ports 6783 and 6784 from nodes only, and set `WEAVE_PASSWORD`; Weave Net is no longer developed.',
  techniques: ['T1133', 'T1557'],
  references: ['https://github.com/weaveworks/weave'],
  intrusiveness: 'passive',
  leaves: 'A line in the log of Weave Net about a connection that ended.',
  doors: { places: ['node'], ports: [6783] },
  send: () => [],
  judge: ({ greeting: { banner } }) =>
    banner?.startsWith('weave')
      ? {
          outcome: 'fail',
          message: 'The port at which nodes join Weave Net is open to others.',
          evidence: [{ looked: 'wait for a greeting', found: 'the greeting of Weave Net' }],
        }
      : undefined,
});
