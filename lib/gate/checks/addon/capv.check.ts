import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, doesNotApply, fails, isUnknown, passes } from '../../check.ts';
import { vsphereProvider } from '../../data/cluster-api.ts';
import { findAddon, versionsText } from './find.ts';

const providerRepository = /(^|\/)(cluster-api-vsphere-controller|cluster-api-provider-vsphere|release\/manager)$/;
const coreRepository = /(^|\/)cluster-api-controller$/;
const clusters = 'clusters.cluster.x-k8s.io';

export const capv = defineGateCheck({
  id: 'addon.capv',
  category: 'addon',
  title: 'The vSphere provider of Cluster API (CAPV) goes with Cluster API',
  severity: 'high',
  why: 'CAPV replaces the machines of a repave; it sets no Kubernetes limit of its own, but speaks one version of the types of Cluster API, and is tested with one minor of it.',
  repair: 'Upgrade CAPV and Cluster API together, by `clusterctl upgrade plan`.',
  links: [vsphereProvider.source],
  reads: ['workloads', 'crds'],
  evaluate: ({ workloads, crds }) => {
    const [provider] = findAddon(
      workloads.filter(({ namespace, name }) => /capv/.test(`${namespace}/${name}`)),
      providerRepository,
    );
    if (!provider) return doesNotApply('The vSphere provider of Cluster API does not run in this cluster.');
    const row = provider.version && vsphereProvider.rows.find(({ release }) => provider.version && release === minorText(provider.version));
    const text = versionsText([provider]);
    if (!row) return isUnknown(`The data of ${vsphereProvider.dataAsOf} has no row for CAPV ${text}.`, [provider.where]);
    const served = crds.find(({ name }) => name === clusters)?.versions.filter((one) => one.served) ?? [];
    if (!served.some(({ name }) => name === row.needs))
      return fails(`CAPV ${text} needs ${clusters} served as ${row.needs}, which it is not.`, [
        provider.where,
        { kind: 'CustomResourceDefinition', name: clusters },
      ]);
    const [core] = findAddon(workloads, coreRepository);
    const coreMinor = core?.version && minorText(core.version);
    if (coreMinor !== row.clusterApi)
      return isUnknown(`CAPV ${text} is tested with Cluster API ${row.clusterApi}; what runs is ${coreMinor ?? 'not known'}.`, [
        provider.where,
      ]);
    return passes(`CAPV ${text} is tested with Cluster API ${coreMinor}.`);
  },
});
