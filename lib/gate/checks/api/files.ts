import type { Slice } from '../../../core/facts/index.ts';
import type { ClusterSettings, ControlPlanePod } from '../../../core/gate/index.ts';
import type { Named, Upgrade } from '../../check.ts';
import type { ApiRemoval } from '../../data/api-removal.ts';
import { fileFlags } from '../../data/removals.ts';
import { groupVersionText } from '../../removals.ts';
import { migrationText } from './going.ts';

/** The configuration that kubeadm keeps in the cluster, where it is written in a version that goes. */
export const kubeadmConfig = (settings: ClusterSettings, rows: readonly ApiRemoval[], upgrade: Upgrade): readonly Named[] => {
  const apiVersion = settings.kubeadm?.apiVersion;
  const row = rows.find((one) => one.group === 'kubeadm.k8s.io' && groupVersionText(one) === apiVersion);
  if (apiVersion === undefined || row === undefined) return [];
  const detail = `${apiVersion} is gone in ${row.removedIn}; ${migrationText(row, 'ClusterConfiguration', upgrade)}`;
  return [{ kind: 'ConfigMap', apiVersion, namespace: 'kube-system', name: 'kubeadm-config', detail }];
};

/** Components that read a file which may be written in a version that goes; the file itself cannot be read through the API. */
export const filesToLookAt = (pods: readonly ControlPlanePod[], rows: readonly ApiRemoval[]): readonly Named[] =>
  pods.flatMap(({ component, name, flags }) =>
    fileFlags.flatMap((one) => {
      const row = rows.find(({ group }) => group === one.group);
      const file = flags[one.flag];
      return row && one.component === component && file !== undefined
        ? [
            {
              kind: 'Pod',
              namespace: 'kube-system',
              name,
              detail: `--${one.flag}=${file} may be of ${groupVersionText(row)}, gone in ${row.removedIn}`,
            },
          ]
        : [];
    }),
  );

/** Why a slice that the rows need was not read; empty where it was, or is not needed. */
export const missing = <T>(slice: Slice<T>, rows: readonly ApiRemoval[], groups: readonly string[]): readonly string[] =>
  !slice.read && rows.some(({ group }) => groups.includes(group)) ? [slice.reason] : [];
