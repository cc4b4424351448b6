import { defineGateCheck, doesNotApply, fails, namesText, passes } from '../../check.ts';
import { withinData } from './going.ts';

export const crdStoredVersions = defineGateCheck({
  id: 'api.crd-stored-versions',
  category: 'api',
  title: 'No custom resource is stored in a version that is no longer served',
  severity: 'high',
  why: 'Objects that are stored in a version which the definition no longer serves are lost sight of as soon as the version is dropped: the next release of their operator may drop it.',
  repair:
    'Rewrite the objects in the storage version (StorageVersionMigration, or read and write each), then take the old version out of status.storedVersions.',
  links: [
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#upgrade-existing-objects-to-a-new-stored-version',
  ],
  reads: ['crds'],
  evaluate: ({ crds, upgrade }) => {
    if (crds.length === 0) return withinData(upgrade, doesNotApply('The cluster has no CustomResourceDefinitions.'));
    const bad = crds.flatMap(({ name, versions, storedVersions }) => {
      const old = storedVersions.filter((stored) => !versions.some((version) => version.name === stored && version.served));
      return old.length === 0
        ? []
        : [{ kind: 'CustomResourceDefinition', name, detail: `objects may be stored as ${old.join(', ')}, not served` }];
    });
    if (bad.length > 0) return fails(`Stored in a version that is not served: ${namesText(bad)}.`, bad);
    return withinData(upgrade, passes('Every stored version of a custom resource is served.'));
  },
});
