import type { KubeletFact, NodeFilesFact, Slice } from '../../core/facts/index.ts';
import type { Evidence, Judgement } from '../../core/finding.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { flagValue } from '../shared/argv.ts';
import { judgeKubelets, kubeletSubject } from '../shared/kubelet-check.ts';

const looked = '--hostname-override';

/** The flag as the kubelet itself tells it, or as the process on the node was started; `undefined` when neither was seen. */
const find = ({ node, flags }: KubeletFact, nodeFiles: Slice<readonly NodeFilesFact[]>): Evidence | undefined => {
  const told = flags?.['hostname-override'];
  if (told !== undefined) return { source: `/flagz of the kubelet of ${node}`, looked, found: told };
  const files = nodeFiles.read ? nodeFiles.value.find((one) => one.node === node) : undefined;
  const argv = files?.read ? files.argv.kubelet : undefined;
  if (!argv) return undefined;
  const isGiven = argv.some((word) => /^--?hostname[-_]override(=|$)/.test(word));
  return { source: `kubelet process on ${node}`, looked, found: isGiven ? (flagValue(argv, 'hostname-override') ?? 'given') : '' };
};

const whyNot = (node: string, nodeFiles: Slice<readonly NodeFilesFact[]>): string => {
  if (!nodeFiles.read) return 'scan with --node-facts, or run Kubernetes 1.36 or later where the kubelet tells its flags';
  const files = nodeFiles.value.find((one) => one.node === node);
  return files && !files.read ? files.reason.replace(/\.$/, '') : 'no kubelet process was found on the node';
};

export const hostnameOverride = defineCheck({
  id: 'kubelet/hostname-override',
  title: 'Kubelets register under the name of their host',
  severity: 'low',
  why: 'A name of its own choice makes certificates, logs and nodes hard to match, and can take the place of another node.',
  repair:
    'Remove `--hostname-override` from the arguments of the kubelet (/var/lib/kubelet/kubeadm-flags.env, `nodeRegistration.name` or `kubeletExtraArgs` of kubeadm), unless a cloud provider needs it; where the two names differ the node has to join anew, because its name and its certificate change.',
  reads: ['kubelets'],
  mayRead: ['nodeFiles'],
  evaluate: ({ cluster, kubelets, nodeFiles }) =>
    judgeKubelets(cluster, kubelets, (fact): Judgement => {
      const subject = kubeletSubject(fact);
      const found = find(fact, nodeFiles);
      if (!found) {
        const reason = whyNot(fact.node, nodeFiles);
        return unknown(subject, `Only the command line of the kubelet tells; ${reason}.`, {
          source: `kubelet of ${fact.node}`,
          looked,
          found: 'not seen',
        });
      }
      return found.found === ''
        ? pass(subject, 'The kubelet registers under the name of its host.', { ...found, found: 'not set' })
        : fail(subject, 'The kubelet registers under a name it was given.', found);
    }),
});
