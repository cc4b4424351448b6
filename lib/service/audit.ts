import { type Result, succeed } from '../core/failure.ts';
import { timeOf, writeTime } from '../core/time.ts';
import type { AuditRecord } from '../fleet/people.ts';
import { partitions } from '../records/index.ts';
import type { Call, Done, HandlersOf, ServicePorts } from './handler.ts';
import { listKept } from './listing.ts';

type AuditQuery = Call<'audit.list'>['query'];
type AuditPage = { items: AuditRecord[]; next?: string };

/** As ids of audit records begin: in UTC with milliseconds. */
const instant = (time: string): string => writeTime(timeOf(time));

const listAudit = async ({ records }: ServicePorts, scope: string, query: AuditQuery): Promise<Result<Done<AuditPage>>> => {
  const { from, to, action, outcome, limit, cursor } = query;
  const page = await listKept(
    records.audit,
    {
      ...partitions.audit(scope),
      order: 'descending',
      limit,
      cursor,
      ...(from === undefined ? {} : { from: instant(from) }),
      // `~` comes after everything that follows the time in an id
      ...(to === undefined ? {} : { to: `${instant(to)}~` }),
    },
    (record) => (action === undefined || record.action === action) && (outcome === undefined || record.outcome === outcome),
  );
  return page.ok ? succeed({ body: page.value }) : page;
};

/** Newest first; what is recorded while somebody turns pages comes before the first page and shifts nothing. */
export const auditHandlers = (ports: ServicePorts): HandlersOf<'audit'> => ({
  'audit.list': ({ query }) => listAudit(ports, 'tenant', query),
  'audit.listOfProject': ({ params: { projectId }, query }) => listAudit(ports, projectId, query),
});
