import { failed, type Result } from '../core/failure.ts';
import type { Assignments, Team, User } from '../fleet/people.ts';
import { partitions, type Records } from '../records/index.ts';
import { tenantAdmin } from './role-book.ts';

/** How users and teams would look after a change; `undefined`: gone. */
export interface AsChanged {
  readonly user?: (user: User) => User | undefined;
  readonly team?: (team: Team) => Team | undefined;
}

const isAdmin = ({ tenantRoles }: Assignments): boolean => tenantRoles.includes(tenantAdmin);

/** How surely somebody is tenant admin: 2, a known person is · 1, a group of the identity provider, which may be empty · 0, nobody. */
const adminSureness = async (records: Records, { user: seeUser = (user) => user, team: seeTeam = (team) => team }: AsChanged = {}) => {
  const members = new Set<string>();
  let sureness = 0;
  for await (const { value } of records.teams.all(partitions.teams)) {
    const team = seeTeam(value);
    if (!team || !isAdmin(team.assignments)) continue;
    for (const id of team.members) members.add(id);
    if (team.groups.length > 0) sureness = 1;
  }
  for await (const { value } of records.users.all(partitions.users)) {
    const user = seeUser(value);
    if (user && (isAdmin(user.assignments) || members.has(user.id))) return 2;
  }
  return sureness;
};

const lastAdmin = failed(
  'conflict',
  'This would leave nobody who surely is tenant admin (a group of the identity provider may be empty). Give the role to another person first.',
);

/**
 * Does a change unless it takes the role from the last tenant admin. Two such changes at the same moment each look fine alone, so it looks again afterwards and undoes its own.
 */
export const keepingAnAdmin = async <T>(
  records: Records,
  change: AsChanged,
  write: () => Promise<Result<T>>,
  undo: (written: T) => Promise<unknown>,
): Promise<Result<T>> => {
  const before = await adminSureness(records);
  if ((await adminSureness(records, change)) < before) return lastAdmin;
  const written = await write();
  if (!written.ok || (await adminSureness(records)) >= before) return written;
  await undo(written.value);
  return lastAdmin;
};
