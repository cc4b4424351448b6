import { allRoutes, type RouteId } from '../../../lib/api/index.ts';
import type { Assignments, AuditRecord, User } from '../../../lib/fleet/people.ts';
import { newToken } from '../../../lib/fleet/token-text.ts';
import { userIdOf } from '../../../lib/fleet/user-id.ts';
import { type ApiDependencies, makeApiHandler } from '../../../lib/http/api-handler.ts';
import { createAuthenticator } from '../../../lib/http/authenticator.ts';
import type { Log } from '../../../lib/http/log.ts';
import { type NodeServerOptions, startServer } from '../../../lib/http/node-server.ts';
import type { Oidc } from '../../../lib/http/oidc.ts';
import type { Handlers } from '../../../lib/service/handler.ts';
import { apiClient } from './client.ts';
import { testClock } from './clock.ts';
import { memoryStores } from './stores.ts';

export const everywhere: Assignments = { tenantRoles: ['tenant-admin'], projects: [] };
export const nowhere: Assignments = { tenantRoles: [], projects: [] };

export interface ApiTestOptions {
  readonly handlers?: Partial<Handlers>;
  readonly limits?: ApiDependencies['limits'];
  readonly oidc?: (clock: ReturnType<typeof testClock>) => Oidc;
  readonly admins?: Parameters<typeof createAuthenticator>[0]['admins'];
  readonly server?: Partial<NodeServerOptions>;
}

/** Handlers that were not given fail loudly: a request that gets there was not refused. */
const unexpected: Handlers = Object.fromEntries(
  allRoutes.map(([id]) => [
    id,
    async () => {
      throw new Error(`${id} was reached`);
    },
  ]),
) as never;

/** The whole HTTP side on a real port of loopback, over real tables; only the handlers are given. */
export const startApi = async (options: ApiTestOptions = {}) => {
  const clock = testClock();
  const stores = memoryStores(clock);
  const { records } = stores;
  const logged: { level: string; code: string; fields: Readonly<Record<string, string | number>> }[] = [];
  const log: Log = (level, code, fields) => logged.push({ level, code, fields });
  const oidc = options.oidc?.(clock);
  const authenticator = createAuthenticator({
    records,
    clock,

    admins: options.admins ?? [],
    ...(oidc ? { oidc } : {}),
  });
  const many = { burst: 1_000_000, perSecond: 1000 };
  const handler = makeApiHandler({
    handlers: { ...unexpected, ...options.handlers },
    records,
    shortLived: stores.shortLived,
    clock,
    version: '9.9.9',
    authenticator,
    log,
    limits: { principal: many, address: many, ...options.limits },
  });
  const started = await startServer({ handler, clock, log, port: 0, ...options.server });
  if (!started.ok) throw new Error(started.failure.say);
  const client = apiClient(started.value.url);

  const addUser = async (subject: string, assignments: Assignments): Promise<User> => {
    const user: User = { id: userIdOf('test', subject), issuer: 'test', subject, name: subject, assignments, createdAt: clock.now() };
    await records.users.create(user);
    return user;
  };
  const addToken = async (owner: User, assignments: Assignments = owner.assignments, days = 30) => {
    const { id, text, hash } = newToken(clock);
    const expiresAt = new Date(Date.parse(clock.now()) + days * 86_400_000).toISOString();
    const actor = { type: 'person' as const, id: owner.id, name: owner.name };
    await records.tokens.create({ id, name: 'ci', owner: actor, assignments, createdAt: clock.now(), expiresAt, hash });
    return { id, text };
  };
  const audited = async (scope = 'tenant'): Promise<AuditRecord[]> => {
    const found: AuditRecord[] = [];
    for await (const { value } of records.audit.all({ pk: `AUDIT#${scope}` })) found.push(value);
    return found;
  };
  return {
    clock,
    ...stores,
    logged,
    handler,
    url: started.value.url,
    port: started.value.port,
    ask: client.ask,
    addUser,
    addToken,
    audited,
    /** A token of somebody who may everything. */
    adminToken: async () => (await addToken(await addUser('admin', everywhere))).text,
    close: async () => {
      client.close();
      await started.value.close();
      stores.close();
    },
  };
};
export type TestApi = Awaited<ReturnType<typeof startApi>>;
export type { RouteId };
