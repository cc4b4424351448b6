import type { GateWorkload } from '../../../core/gate/index.ts';
import { defineGateCheck, isUnknown, namesText } from '../../check.ts';
import { compatibility, type MatrixAddon } from '../../data/compatibility.ts';
import { findAddon } from './find.ts';
import { judgeMatrix } from './matrix.ts';

/** Plugins the data has rows for, by the image of what runs on every node. */
const known: readonly { readonly addon: MatrixAddon; readonly title: string; readonly repository: RegExp }[] = [
  { addon: 'calico', title: 'Calico', repository: /(^|\/)calico\/node$/ },
  { addon: 'cilium', title: 'Cilium', repository: /(^|\/)cilium\/cilium(-ci)?$/ },
  { addon: 'antrea', title: 'Antrea', repository: /(^|\/)antrea\/antrea-(agent-)?(ubuntu|ubi)$/ },
];

/** What else brings the network to nodes: flannel and the rest name no Kubernetes they are tested with. */
const looksLikeOne =
  /(^|[-/])(flannel|canal|calico|cilium|antrea|weave|weave-net|kube-router|kindnet|kindnetd|kube-ovn|ovn-kubernetes|ovnkube|contiv|romana|nsx-node-agent|nsx-ncp|aws-node|azure-cns|terway|multus|cni)([-/:@.]|$)/;

const looksLike = ({ kind, name, images }: GateWorkload): boolean =>
  kind === 'DaemonSet' && [name, ...images].some((text) => looksLikeOne.test(text));

export const cni = defineGateCheck({
  id: 'addon.cni',
  category: 'addon',
  title: 'The network plugin is tested with the target',
  severity: 'medium',
  why: 'The network plugin runs on every node and speaks to the API server: with a Kubernetes it was never tested with, pods may come up without a network.',
  repair: 'Upgrade the plugin to a release whose makers name the target.',
  links: [
    'https://docs.tigera.io/calico/latest/getting-started/kubernetes/requirements',
    'https://docs.cilium.io/en/stable/network/kubernetes/compatibility/',
    compatibility.source,
  ],
  reads: ['workloads'],
  evaluate: ({ workloads, upgrade: { target } }) => {
    for (const { addon, title, repository } of known) {
      const found = findAddon(
        workloads.filter(({ kind }) => kind === 'DaemonSet'),
        repository,
      );
      if (found.length > 0) return judgeMatrix(addon, title, 'is tested with', found, target);
    }
    const others = workloads
      .filter(looksLike)
      .map(({ kind, namespace, name, images }) => ({ kind, namespace, name, detail: images.join(', ') }));
    return others.length > 0
      ? isUnknown(
          `The data of ${compatibility.dataAsOf} has no row for the network plugin that ${namesText(others)} looks like; ask its release notes.`,
          others,
        )
      : isUnknown('No DaemonSet looks like a network plugin; find out what gives pods their network, and ask its release notes.');
  },
});
