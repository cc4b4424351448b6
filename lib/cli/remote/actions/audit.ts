import type { AuditRecord } from '../../../fleet/people.ts';
import { projectOf } from '../names.ts';
import type { Column } from '../output.ts';
import { given, inSession, type ListFlags, list } from '../run.ts';

interface Flags extends ListFlags {
  readonly project?: string;
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
  readonly outcome?: string;
}

const columns: readonly Column<AuditRecord>[] = [
  ['at', ({ at }) => at],
  ['who', ({ actor }) => actor.name],
  ['action', ({ action }) => action],
  ['outcome', ({ outcome }) => outcome],
  ['target', ({ target }) => target],
  ['reason', ({ reason }) => reason],
];

/** Of the tenant, or of one project. */
export const listAudit = inSession<Flags>(async (session, flags, terminal) => {
  const { project, from, to, action, outcome } = flags;
  const query = given({ from, to, action, outcome });
  const none = 'There are no such audit records.';
  if (project === undefined) return list(session, flags, terminal, { id: 'audit.list', query, none }, columns);
  const params = await projectOf(session.client, { project });
  return params.ok ? list(session, flags, terminal, { id: 'audit.listOfProject', params: params.value, query, none }, columns) : params;
});
