import { failed, type Result, succeed } from '../core/failure.ts';
import type { Collection, ListQuery } from '../records/collection.ts';
import { partitions } from '../records/index.ts';
import type { ServicePorts } from './handler.ts';

/** How many of each there may be. */
export const limits = { users: 300, teams: 100, projects: 50, roles: 100, tokensPerPerson: 20, webhooksPerProject: 100 } as const;

/** Whether one more fits. */
const leavesRoom = async <T, K>(
  from: Collection<T, K>,
  query: ListQuery,
  most: number,
  what: string,
  counts: (value: T) => boolean = () => true,
): Promise<Result<void>> => {
  let there = 0;
  for await (const { value } of from.all({ ...query, limit: 1000 })) if (counts(value)) there++;
  return there < most
    ? succeed(undefined)
    : failed('conflict', `There are ${there} ${what} already, and ${most} is the limit. Remove one that is not needed any more.`);
};

/** Whether the tenant may have one more of these. */
export const withinLimit = ({ records }: ServicePorts, what: 'users' | 'teams' | 'projects' | 'roles'): Promise<Result<void>> =>
  leavesRoom<unknown, string>(
    records[what] as Collection<unknown, string>,
    partitions[what],
    limits[what],
    what === 'roles' ? 'custom roles' : what,
  );

/** Whether a person may have one more token. Those that work no more do not count. */
export const withinTokenLimit = ({ records, clock }: ServicePorts, ownerId: string): Promise<Result<void>> => {
  const now = clock.now();
  return leavesRoom(
    records.tokens,
    partitions.tokens,
    limits.tokensPerPerson,
    'tokens of this person',
    ({ owner, revokedAt, expiresAt }) => owner.id === ownerId && revokedAt === undefined && expiresAt > now,
  );
};

/** Whether a project may have one more webhook. */
export const withinWebhookLimit = ({ records }: ServicePorts, projectId: string): Promise<Result<void>> =>
  leavesRoom(records.webhooks, partitions.webhooks(projectId), limits.webhooksPerProject, 'webhooks in this project');
