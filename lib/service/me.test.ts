import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { callOf, createServicePorts, personWith, type TestService } from '../../test/support/service.ts';
import { ensureDefaults } from './default-project.ts';
import { meHandlers } from './me.ts';

let service: TestService;
beforeEach(async () => {
  service = createServicePorts();
  must(await ensureDefaults(service.ports));
});
afterEach(() => service.close());

it('says who calls and what they may do, of seen projects only', async () => {
  const ask = async (caller: ReturnType<typeof personWith>) =>
    must(await meHandlers(service.ports)['me.get'](callOf<'me.get'>(caller))).body;
  const viewer = personWith({ tenant: ['team.list'], projects: { default: ['scan.get'] } });
  expect(await ask(viewer)).toEqual({
    actor: viewer.actor,
    tenant: ['team.list'],
    projects: [{ projectId: 'default', name: 'Default', permissions: ['team.list', 'scan.get'] }],
  });
  expect((await ask(personWith({}))).projects).toEqual([]);
});
