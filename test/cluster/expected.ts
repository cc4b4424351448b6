import type { ClusterName } from './bed.ts';

const ids = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\s+/)
    .flatMap((item) => {
      const [, prefix, first, last] = /^(.*\.)(\d+)-(\d+)$/.exec(item) ?? [];
      return prefix === undefined
        ? [item]
        : Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${prefix}${Number(first) + index}`);
    });

/**
 * What a person who looked at the configuration, flags, files and objects of each cluster says of every control that does not pass, with node facts. Derived from the kubeadm
 * documents in test/bed/clusters and what kubeadm does by default, not from a scan; everything that is not named must pass.
 */
interface Expected {
  readonly fail: readonly string[];
  readonly notApplicable: readonly string[];
  readonly manual: readonly string[];
}

/** What the bed's nodes are: no systemd unit for the kubelet, kube-proxy in a DaemonSet, Linux only. */
const notApplicable = ids('4.1.1-4 5.2.10');
/** What only people know. */
const manual = ids('3.1.1-3 5.1.7 5.3.1 5.4.2 5.6.1');
/** The bed's network plugin files and kubeadm's kubelet configuration are readable by all; etcd runs as root; nobody verifies images. */
const everywhere = ids('1.1.9 1.1.12 4.1.9 5.5.1');
/** What `kubeadm init` leaves as it is. */
const stock = ids('5.1.5 1.2.1 1.2.3 1.2.5 1.2.9 1.2.11 1.2.15-19 1.2.27-30 1.3.1-2 1.4.1 3.2.1-2 4.2.9 4.2.11-14 5.2.1-9 5.2.11-12 5.3.2');

export const expected: Readonly<Record<Exclude<ClusterName, 'aging'>, Expected>> = {
  plain: {
    fail: [...everywhere, ...stock],
    // nothing runs there but Kubernetes itself; and what is not configured has no content
    notApplicable: [...notApplicable, ...ids('5.6.2-3')],
    manual,
  },
  exposed: {
    fail: [
      ...everywhere,
      ...stock,
      ...ids('1.2.2 1.2.10 1.2.21 1.3.3 1.3.7 1.4.2 2.1-2 2.5 2.7 4.2.1-2 4.2.4 4.2.6 4.2.8 4.3.1 5.1.1-4 5.1.6 5.1.8-13 5.4.1 5.6.2-3'),
    ],
    notApplicable,
    manual,
  },
  hardened: {
    fail: [...everywhere, ...ids('1.2.1 1.2.11')],
    notApplicable,
    // the limits of EventRateLimit are in a file that no control reads
    manual: [...manual, '1.2.9'],
  },
};
