import { minorText } from '../../../core/gate/index.ts';
import { type CheckAnswer, defineGateCheck, doesNotApply, fails, isUnknown, type Named, namesText, passes } from '../../check.ts';
import { clusterApi } from '../../data/cluster-api.ts';
import { type FoundAddon, findAddon } from './find.ts';

const repository = /(^|\/)cluster-api-controller$/;

const judge = ({ version, where, image }: FoundAddon, minor: string): CheckAnswer => {
  const at: readonly Named[] = [where];
  const text = version?.text.replace(/^v/, '') ?? image;
  const row = version && clusterApi.rows.find(({ release }) => release === minorText(version));
  const firstPatch = row?.management[minor];
  if (row?.workloadOnly.includes(minor))
    return fails(`Cluster API ${text} takes Kubernetes ${minor} for workload clusters only, and runs in this one: ${namesText(at)}.`, at);
  if (!row || firstPatch === undefined)
    return isUnknown(`The data of ${clusterApi.dataAsOf} has no row for Cluster API ${text} on Kubernetes ${minor}: ${namesText(at)}.`, at);
  if (version.patch < firstPatch)
    return fails(`Cluster API ${text} does not support Kubernetes ${minor} yet; ${row.release}.${firstPatch} does: ${namesText(at)}.`, at);
  return passes(`Cluster API ${text} may run on Kubernetes ${minor}.`);
};

export const capi = defineGateCheck({
  id: 'addon.capi',
  category: 'addon',
  title: 'Cluster API supports the target for its management cluster',
  severity: 'high',
  why: 'Controllers of Cluster API that run in this cluster manage others: on a Kubernetes they were not made for they may stop doing so.',
  repair: 'Upgrade Cluster API (clusterctl upgrade) to a release that supports the target first.',
  links: [clusterApi.source],
  reads: ['workloads'],
  evaluate: ({ workloads, upgrade: { target } }) => {
    const [found, ...more] = findAddon(workloads, repository);
    if (!found) return doesNotApply('Cluster API does not run in this cluster.');
    const answers = [found, ...more].map((one) => judge(one, minorText(target)));
    return (
      answers.find(({ outcome }) => outcome === 'fail') ??
      answers.find(({ outcome }) => outcome === 'unknown') ??
      judge(found, minorText(target))
    );
  },
});
