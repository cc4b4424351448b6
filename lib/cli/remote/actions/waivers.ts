import { succeed } from '../../../core/failure.ts';
import type { WaiverRecord } from '../../../fleet/waiver.ts';
import { type ProjectFlags, projectOf } from '../names.ts';
import type { Column } from '../output.ts';
import { given, inSession, type ListFlags, listOfProject, show } from '../run.ts';
import type { PrintFlags, Session } from '../session.ts';

type OneFlags = PrintFlags & ProjectFlags & { readonly waiver: string };

const columns: readonly Column<WaiverRecord>[] = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['check', ({ match }) => match.check],
  ['about', ({ match }) => [match.kind, match.cluster && `cluster ${match.cluster}`, match.subject].filter(Boolean).join(', ')],
  ['expires', ({ expires }) => expires],
  ['owner', ({ owner }) => owner],
  ['reason', ({ reason }) => reason],
];

export const listWaivers = inSession<ListFlags & ProjectFlags & { readonly state?: readonly string[] }>(
  async (session, flags, terminal) => {
    const query = { state: flags.state };
    return listOfProject(session, flags, terminal, { id: 'waivers.list', query, none: 'There are no waivers in this project.' }, columns);
  },
);

const paramsOf = async ({ client }: Session, flags: OneFlags) => {
  const project = await projectOf(client, flags);
  return project.ok ? succeed({ ...project.value, waiverId: flags.waiver }) : project;
};

export const showWaiver = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  return params.ok ? show(session, terminal, 'waivers.get', { params: params.value }) : params;
});

interface Wish extends PrintFlags, ProjectFlags {
  readonly check: string;
  readonly kind?: string;
  readonly subject?: string;
  readonly cluster?: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly untilFixable?: boolean;
}
export const requestWaiver = inSession<Wish>(async (session, flags, terminal) => {
  const params = await projectOf(session.client, flags);
  if (!params.ok) return params;
  const { check, kind, subject, cluster, reason, owner, expires, untilFixable } = flags;
  const body = { match: given({ check, kind, subject, cluster }), reason, owner, expires, ...given({ untilFixable }) };
  return show(session, terminal, 'waivers.request', { params: params.value, body });
});

const decide = (decision: 'approve' | 'reject') =>
  inSession<OneFlags & { readonly reason: string }>(async (session, flags, terminal) => {
    const params = await paramsOf(session, flags);
    if (!params.ok) return params;
    return show(session, terminal, 'waivers.decide', { params: params.value, body: { decision, reason: flags.reason } });
  });
export const approveWaiver = decide('approve');
export const rejectWaiver = decide('reject');

export const withdrawWaiver = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  return params.ok ? show(session, terminal, 'waivers.withdraw', { params: params.value }) : params;
});
