import { defineProbe } from '../probe.ts';

/** What every pod needs: the API server and the DNS of the cluster. */
const isNeededByAll = (namespace: string | undefined, name: string): boolean =>
  (namespace === 'default' && name === 'kubernetes') || (namespace === 'kube-system' && /dns/.test(name));

export const egressToServices = defineProbe({
  id: 'exposure/pod/egress-to-services',
  covers: ['POD-03'],
  title: 'A pod of one namespace cannot reach services of another without a rule that lets it',
  severity: 'low',
  why: 'Where no NetworkPolicy bites, one compromised pod can knock at every service of the cluster.',
  repair: 'Give each namespace a NetworkPolicy that denies what is not named, with a network plugin that enforces it.',
  techniques: ['T1046', 'T1210'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  intrusiveness: 'passive',
  leaves: 'A connection that is closed at once.',
  doors: { places: ['service'], vantages: ['internal'] },
  send: () => [],
  judge: ({ subject: { namespace, name } }) =>
    isNeededByAll(namespace, name)
      ? undefined
      : {
          outcome: 'fail',
          message: 'A pod of a namespace that has nothing to do with it can connect to this service.',
          evidence: [{ looked: 'TCP connection from the namespace of the scan', found: 'accepted' }],
        },
});
