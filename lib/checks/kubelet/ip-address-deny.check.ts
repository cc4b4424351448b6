import { clusterSubject, defineCheck, manual } from '../check.ts';

export const ipAddressDeny = defineCheck({
  id: 'kubelet/ip-address-deny',
  title: 'The kubelet service refuses addresses it was not told of',
  severity: 'low',
  why: 'A service manager that lets the kubelet speak to named addresses only keeps a taken-over kubelet, and whoever attacks it, in a small circle.',
  repair:
    'Add `IPAddressDeny=any` and `IPAddressAllow=` with the addresses of the control plane, the pods and the image registries to a drop-in of kubelet.service.',
  lookAt:
    'Look at `systemctl show kubelet --property IPAddressDeny,IPAddressAllow` on the nodes: everything should be denied but the addresses the kubelet needs.',
  reads: [],
  evaluate: ({ cluster }) => [
    manual(clusterSubject(cluster), 'Which addresses systemd lets the kubelets speak to can be seen on the nodes only.', {
      source: 'nodes',
      looked: 'IPAddressDeny of kubelet.service',
      found: 'not looked at: neither the API nor the kubelet tells',
    }),
  ],
});
