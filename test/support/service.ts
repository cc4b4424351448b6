import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../lib/adapters/local/database.ts';
import { createSqliteRecords } from '../../lib/adapters/local/sqlite-records.ts';
import type { InputOf, RouteId } from '../../lib/api/index.ts';
import { failed, succeed } from '../../lib/core/failure.ts';
import { addMinutes } from '../../lib/core/time.ts';
import type { RecordStore } from '../../lib/ports/record-store.ts';
import { createRecords } from '../../lib/records/index.ts';
import type { Call, Caller, Grants, ServicePorts } from '../../lib/service/handler.ts';
import { must } from './answers.ts';

/** Permissions as a test states them: in the tenant, which hold in every project, too, and in single projects. `*` is every permission. */
export interface Held {
  readonly tenant?: readonly string[];
  readonly projects?: Readonly<Record<string, readonly string[]>>;
}

export const grantsOf = ({ tenant = [], projects = {} }: Held): Grants => {
  const list = (projectId?: string) => [...new Set([...tenant, ...(projectId === undefined ? [] : (projects[projectId] ?? []))])];
  return {
    list,
    may: (permission, projectId) => list(projectId).some((held) => held === '*' || held === permission),
    sees: (projectId) => tenant.includes('*') || projectId in projects,
  };
};

export const personWith = (held: Held, id = 'usr-00000000000a'): Caller => ({
  actor: { type: 'person', id, name: `Person ${id.slice(-1)}` },
  personId: id,
  grants: grantsOf(held),
});
export const allMighty = personWith({ tenant: ['*'] });

/** One call as the HTTP layer makes it. */
export const callOf = <Id extends RouteId>(caller: Caller, input: Partial<InputOf<Id>> = {}, ifMatch?: number): Call<Id> =>
  ({ params: undefined, query: undefined, body: undefined, ...input, caller, ifMatch, requestId: 'req-1' }) as Call<Id>;

const notUsed = (what: string): never => {
  throw new Error(`the handler under test was not meant to use ${what}`);
};
const unused = <T>(what: string): T => new Proxy({}, { get: () => () => notUsed(what) }) as T;

/** Ports over real records in SQLite, a clock that a test sets, and secrets in memory. `around` wraps the store, to interfere with writes. */
export const createServicePorts = (around: (store: RecordStore) => RecordStore = (store) => store) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-service-'));
  const database = must(openDatabase(folder));
  // no test pulls the plug: waiting for the disk would be most of their time
  database.exec('PRAGMA synchronous = OFF');
  const time = { now: '2026-11-27T12:00:00.000Z' };
  const store = around(createSqliteRecords(database, { table: 'core', now: () => time.now }));
  const secrets = new Map<string, string>();
  let ids = 0;
  const ports: ServicePorts = {
    version: '0.0.0',
    records: createRecords(store),
    shortLived: createSqliteRecords(database, { table: 'short', now: () => time.now }),
    secrets: {
      put: async (name, secret) => succeed(void secrets.set(name, secret)),
      get: async (name) => {
        const secret = secrets.get(name);
        return secret === undefined ? failed('not-found', 'There is no such secret.') : succeed(secret);
      },
      remove: async (name) => succeed(void secrets.delete(name)),
    },
    // every part of an id tells it from the others: some ids are made of a part
    clock: { now: () => time.now, id: () => (++ids).toString(16).padStart(16, '0').repeat(2) },
    webhooks: {
      examine: async (url) => (url.includes('forbidden') ? failed('input-invalid', 'This address is not allowed.') : succeed(undefined)),
      test: async () => succeed({ eventId: 'evt-1', isSucceeded: true, message: 'The receiver took it.', time: time.now, tries: 1 }),
    },
    objects: unused('objects'),
    events: unused('events'),
    signer: unused('the signer'),
    connector: unused('the connector'),
    starter: unused('the starter'),
    rules: () => notUsed('the thread for rules'),
  };
  return {
    ports,
    store,
    secrets,
    setNow: (iso: string) => {
      time.now = iso;
    },
    pass: (minutes: number) => {
      time.now = addMinutes(time.now, minutes);
    },
    close: () => {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
};
export type TestService = ReturnType<typeof createServicePorts>;
