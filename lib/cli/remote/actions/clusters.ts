import type { RouteId } from '../../../api/index.ts';
import { failed, succeed } from '../../../core/failure.ts';
import type { Cluster } from '../../../fleet/cluster.ts';
import { type KubeconfigFlags, kubeconfigFor } from '../kubeconfig.ts';
import { type ClusterFlags, clusterOf, type ProjectFlags, projectOf } from '../names.ts';
import { type Column, detailsText, listText } from '../output.ts';
import { change, given, inSession, type ListFlags, listOfProject, type PolicyFlags, policyFlag, show } from '../run.ts';
import type { PrintFlags } from '../session.ts';

type OneFlags = PrintFlags & ClusterFlags;
interface Fields {
  readonly description?: string;
  readonly tag?: readonly string[];
  readonly timeZone?: string;
}
const fieldsOf = ({ description, tag, timeZone }: Fields) => given({ description, tags: tag, timeZone });

const columns: readonly Column<Cluster>[] = [
  ['name', ({ name }) => name],
  ['id', ({ id }) => id],
  ['health', ({ health, state }) => (state === 'removed' ? state : health.state)],
  ['version', ({ health }) => health.kubernetesVersion],
  ['nodes', ({ health }) => health.nodes],
  ['looked at', ({ health }) => health.checkedAt],
  ['credential ends', ({ credential }) => credential.expires],
];

export const listClusters = inSession<ListFlags & ProjectFlags & { readonly removed?: boolean }>(async (session, flags, terminal) => {
  const query = flags.removed ? { removed: 'true' } : {};
  return listOfProject(session, flags, terminal, { id: 'clusters.list', query, none: 'There are no clusters in this project.' }, columns);
});

const showBy = (id: RouteId) =>
  inSession<OneFlags>(async (session, flags, terminal) => {
    const params = await clusterOf(session.client, flags);
    return params.ok ? show(session, terminal, id, { params: params.value }) : params;
  });
export const showCluster = showBy('clusters.get');
export const testCluster = showBy('clusters.test');

export const addCluster = inSession<PrintFlags & ProjectFlags & KubeconfigFlags & Fields & { readonly name: string }>(
  async (session, flags, terminal) => {
    const kubeconfig = await kubeconfigFor(flags, terminal);
    if (!kubeconfig.ok) return kubeconfig;
    const params = await projectOf(session.client, flags);
    if (!params.ok) return params;
    const body = { name: flags.name, kubeconfig: kubeconfig.value, ...fieldsOf(flags) };
    return show(session, terminal, 'clusters.create', { params: params.value, body });
  },
);

export const setCredentials = inSession<OneFlags & KubeconfigFlags>(async (session, flags, terminal) => {
  const kubeconfig = await kubeconfigFor(flags, terminal);
  if (!kubeconfig.ok) return kubeconfig;
  const params = await clusterOf(session.client, flags);
  if (!params.ok) return params;
  return show(session, terminal, 'clusters.setCredentials', { params: params.value, body: { kubeconfig: kubeconfig.value } });
});

export const updateCluster = inSession<OneFlags & Fields & PolicyFlags & { readonly name?: string }>(async (session, flags, terminal) => {
  const params = await clusterOf(session.client, flags);
  if (!params.ok) return params;
  const body = { ...fieldsOf(flags), ...given({ name: flags.name, gatePolicy: policyFlag(flags) }) };
  const changed = await change(session, 'clusters.get', 'clusters.update', { params: params.value, body });
  return changed.ok ? succeed({ json: changed.value.json, text: detailsText(terminal, changed.value.body as object) }) : changed;
});

export const removeCluster = inSession<OneFlags & { readonly yesRemove: string }>(async (session, flags) => {
  if (flags.yesRemove !== flags.cluster)
    return failed(
      'input-invalid',
      `Removing "${flags.cluster}" ends its schedules and scans; to say that you mean it: --yes-remove ${flags.cluster}`,
    );
  const params = await clusterOf(session.client, flags);
  if (!params.ok) return params;
  const now = await session.client.call('clusters.get', { params: params.value });
  if (!now.ok) return now;
  const removed = await session.client.call('clusters.delete', {
    params: params.value,
    query: { name: now.value.body.name },
    ifMatch: now.value.etag,
  });
  return removed.ok ? succeed({ json: null, text: `The cluster ${now.value.body.name} is removed; its evidence stays.\n` }) : removed;
});

export const showKinds = inSession<OneFlags>(async ({ client }, flags, terminal) => {
  const params = await clusterOf(client, flags);
  if (!params.ok) return params;
  const kinds = await client.call('clusters.kinds', { params: params.value });
  if (!kinds.ok) return kinds;
  const text = listText(
    terminal,
    kinds.value.body.items,
    [
      ['kind', ({ kind }) => kind],
      ['available', ({ available }) => available],
      ['last scan', ({ last }) => last?.state],
      ['at', ({ last }) => last?.queuedAt],
      ['last completed', ({ lastCompleted }) => lastCompleted?.endedAt],
      ['next run', ({ schedule }) => (schedule?.paused ? 'paused' : schedule?.nextRunAt)],
    ],
    'There are no kinds of scans.',
  );
  return succeed({ json: kinds.value.json, text });
});
