import { afterAll, expect, it } from 'vitest';
import { allMighty, callOf, createServicePorts } from '../../test/support/service.ts';
import { ensureDefaults } from './default-project.ts';
import { makeHandlers } from './index.ts';

const { ports, close } = createServicePorts();
const handlers = makeHandlers(ports, { issuer: null, clientId: null, scopes: [] });
afterAll(close);
const query = { limit: 10 };

it('has lists in a project that is there, and 404 under an id that is none', async () => {
  await ensureDefaults(ports);
  const list = (projectId: string) => [
    handlers['clusters.list'](callOf(allMighty, { params: { projectId }, query: { ...query, removed: undefined } })),
    handlers['waivers.list'](callOf(allMighty, { params: { projectId }, query: { ...query, state: undefined } })),
    handlers['webhooks.list'](callOf(allMighty, { params: { projectId }, query })),
  ];
  for (const there of await Promise.all(list('default'))) expect(there).toMatchObject({ ok: true, value: { body: { items: [] } } });
  for (const none of await Promise.all(list('prj-000000000000'))) expect(none).toMatchObject({ ok: false, failure: { code: 'not-found' } });
});

it('lets what was done in a deleted project be read', async () => {
  const audit = await handlers['audit.listOfProject'](callOf(allMighty, { params: { projectId: 'prj-000000000000' }, query }));
  expect(audit).toMatchObject({ ok: true });
});
