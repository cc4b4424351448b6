import { succeed } from '../../../core/failure.ts';
import { addMinutes } from '../../../core/time.ts';
import type { OverrideRecord } from '../../../fleet/override-record.ts';
import { type ClusterFlags, clusterOf, type ProjectFlags, projectOf } from '../names.ts';
import type { Column } from '../output.ts';
import { inSession, type ListFlags, listOfProject, show } from '../run.ts';
import type { PrintFlags, Session } from '../session.ts';

type OneFlags = PrintFlags & ProjectFlags & { readonly override: string };

const columns: readonly Column<OverrideRecord>[] = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['cluster', ({ clusterName }) => clusterName],
  ['to', ({ target }) => target],
  ['holds until', ({ expires }) => expires],
  ['asked by', ({ requestedBy }) => requestedBy.name],
  ['decided by', ({ decidedBy }) => decidedBy?.name],
  ['reason', ({ reason }) => reason],
];

export const listOverrides = inSession<ListFlags & ProjectFlags & { readonly state?: readonly string[] }>(
  async (session, flags, terminal) => {
    const query = { state: flags.state };
    return listOfProject(
      session,
      flags,
      terminal,
      { id: 'overrides.list', query, none: 'There are no overrides in this project.' },
      columns,
    );
  },
);

const paramsOf = async ({ client }: Session, flags: OneFlags) => {
  const project = await projectOf(client, flags);
  return project.ok ? succeed({ ...project.value, overrideId: flags.override }) : project;
};

export const showOverride = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  return params.ok ? show(session, terminal, 'overrides.get', { params: params.value }) : params;
});

interface Wish extends PrintFlags, ClusterFlags {
  readonly to: string;
  readonly reason: string;
  readonly hours: number;
}
export const requestOverride = inSession<Wish>(async (session, flags, terminal) => {
  const named = await clusterOf(session.client, flags);
  if (!named.ok) return named;
  const { projectId, clusterId } = named.value;
  const { to: target, reason, hours } = flags;
  const body = { clusterId, target, reason, expires: addMinutes(terminal.now(), 60 * hours) };
  return show(session, terminal, 'overrides.request', { params: { projectId }, body });
});

const decide = (decision: 'approve' | 'reject') =>
  inSession<OneFlags & { readonly reason: string }>(async (session, flags, terminal) => {
    const params = await paramsOf(session, flags);
    if (!params.ok) return params;
    return show(session, terminal, 'overrides.decide', { params: params.value, body: { decision, reason: flags.reason } });
  });
export const approveOverride = decide('approve');
export const rejectOverride = decide('reject');

export const withdrawOverride = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  return params.ok ? show(session, terminal, 'overrides.withdraw', { params: params.value }) : params;
});
