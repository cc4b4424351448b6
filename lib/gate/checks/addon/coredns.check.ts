import { byVersion, type GateVersion, minorText } from '../../../core/gate/index.ts';
import { type CheckAnswer, defineGateCheck, doesNotApply, fails, isUnknown, type Named, namesText, passes } from '../../check.ts';
import { coreDns, migratableCoreDns } from '../../data/coredns.ts';
import { findAddon, tagVersion, versionsText } from './find.ts';

const newestKnown = migratableCoreDns.at(-1) ?? '';

const judge = (version: GateVersion, text: string, target: GateVersion, at: readonly Named[]): CheckAnswer => {
  const row = coreDns.rows.find(({ kubernetes }) => kubernetes === minorText(target));
  const deploys = row && tagVersion(row.coredns);
  if (!row || !deploys)
    return isUnknown(`Which CoreDNS kubeadm deploys with ${minorText(target)} is not in the data of ${coreDns.dataAsOf}.`, at);
  if (byVersion(version, deploys) === 0) return passes(`CoreDNS ${text} is what kubeadm deploys with ${minorText(target)}.`);
  if (byVersion(version, deploys) > 0)
    return fails(
      `CoreDNS ${text} is newer than the ${row.coredns} that kubeadm deploys with ${minorText(target)}; there is no way back: ${namesText(at)}.`,
      at,
    );
  if (!migratableCoreDns.includes(text))
    return fails(
      `The Corefile of CoreDNS ${text} cannot be migrated to ${row.coredns}: the migration does not know that release (${namesText(at)}).`,
      at,
    );
  return passes(`kubeadm takes CoreDNS from ${text} to ${row.coredns}, and migrates its Corefile.`);
};

export const coredns = defineGateCheck({
  id: 'addon.coredns',
  category: 'addon',
  title: 'CoreDNS can be taken to the release of the target',
  severity: 'high',
  why: 'Both kubeadm and Cluster API upgrade CoreDNS with the cluster and migrate its Corefile; they stop when they know no way from the release that runs.',
  repair:
    'Bring CoreDNS to a release of the list first, or keep it as it is: `--skip-phases=addon/coredns` for kubeadm, the annotation `controlplane.cluster.x-k8s.io/skip-coredns` for Cluster API.',
  links: ['https://github.com/coredns/corefile-migration', coreDns.source],
  reads: ['workloads'],
  evaluate: ({ workloads, upgrade: { target } }) => {
    const [found] = findAddon(
      workloads.filter(({ namespace, name }) => namespace === 'kube-system' && name === 'coredns'),
      /coredns$/,
    );
    if (!found) return doesNotApply('No Deployment kube-system/coredns runs an image of CoreDNS.');
    if (!found.version) return isUnknown(`The version of CoreDNS cannot be told from ${found.image}.`, [found.where]);
    const text = versionsText([found]).replace(/[-+_].*$/, '');
    const newest = tagVersion(newestKnown);
    if (newest && byVersion(found.version, newest) > 0)
      return isUnknown(`CoreDNS ${text} is newer than the data of ${coreDns.dataAsOf}, which ends at ${newestKnown}.`, [found.where]);
    return judge(found.version, text, target, [found.where]);
  },
});
