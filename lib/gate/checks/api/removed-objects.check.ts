import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, isUnknown, namesText, passes } from '../../check.ts';
import { fileFlags } from '../../data/removals.ts';
import { removedBetween } from '../../removals.ts';
import { filesToLookAt, kubeadmConfig, missing } from './files.ts';
import { objectsOf, withinData } from './going.ts';

const fileGroups = fileFlags.map(({ group }) => group);

export const removedObjects = defineGateCheck({
  id: 'api.removed-objects',
  category: 'api',
  title: 'No object is written in an API version that the target no longer serves',
  severity: 'critical',
  why: 'The object itself stays, but whoever writes it through the old version, a manifest, a chart or an operator, fails from the first minute after the upgrade.',
  repair:
    'Change the manifests, charts or operators that write these objects to the version named with each, and apply them before the upgrade.',
  links: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  reads: ['oldObjects'],
  mayRead: ['settings', 'controlPlane'],
  evaluate: ({ oldObjects, settings, controlPlane, upgrade }) => {
    const rows = removedBetween(upgrade.current, upgrade.target);
    const target = minorText(upgrade.target);
    const bad = [...objectsOf(oldObjects, rows, upgrade), ...(settings.read ? kubeadmConfig(settings.value, rows, upgrade) : [])];
    if (bad.length > 0) return fails(`Written in a version that ${target} does not serve: ${namesText(bad)}; ${bad[0]?.detail}.`, bad);
    const unread = [...missing(settings, rows, ['kubeadm.k8s.io']), ...missing(controlPlane, rows, fileGroups)];
    if (unread.length > 0) return isUnknown(`Could not look: ${unread.join(' ')}`);
    const files = controlPlane.read ? filesToLookAt(controlPlane.value, rows) : [];
    if (files.length > 0) return isUnknown(`Only the files themselves can tell: ${namesText(files)}; ${files[0]?.detail}.`, files);
    return withinData(
      upgrade,
      passes(
        rows.length === 0
          ? 'This upgrade crosses no removal of an API version.'
          : `No object is written in one of the versions that go by ${target}.`,
      ),
    );
  },
});
