import { afterEach, expect, it } from 'vitest';
import { codeOf, must } from '../../test/support/answers.ts';
import { createServicePorts, type TestService } from '../../test/support/service.ts';
import { defaultRetention, type Project } from '../fleet/project.ts';
import { createNamed, type NamedEntities, replaceNamed } from './named.ts';

let service: TestService;
afterEach(() => service.close());

const entities = ({ ports: { records } }: TestService): NamedEntities<Project> => ({
  names: records.names,
  scope: 'projects',
  entities: records.projects,
});
const project = (id: string, name: string): Project => ({
  id,
  name,
  description: '',
  tags: [],
  retention: defaultRetention,
  concurrentScans: 1,
  createdAt: '2026-11-27T12:00:00.000Z',
});
const one = project('prj-000000000001', 'Shop');
const two = project('prj-000000000002', 'shop');

it('takes over a name whose maker died before it stored anything', async () => {
  service = createServicePorts();
  must(await service.ports.records.names.reserve('projects', 'Shop', one.id, async () => false));
  must(await createNamed(entities(service), two));
  expect(codeOf(await createNamed(entities(service), one))).toBe('conflict');
});

it('takes over a name that its owner did not get or does not have any more', async () => {
  service = createServicePorts();
  must(await createNamed(entities(service), { ...one, name: 'Other' }));
  must(await service.ports.records.names.reserve('projects', 'Shop', one.id, async () => true));
  must(await createNamed(entities(service), two));
});

it('lets one of two makers win who take over from each other', async () => {
  let meanwhile: (() => Promise<unknown>) | undefined;
  service = createServicePorts((store) => ({
    ...store,
    put: async (record, expected) => {
      const interfere = record.pk === 'PROJECTS' && record.sk === one.id ? meanwhile : undefined;
      if (interfere) meanwhile = undefined;
      await interfere?.();
      return store.put(record, expected);
    },
  }));
  // the other one comes after the name was reserved, and before the project is stored
  meanwhile = async () => must(await createNamed(entities(service), two));
  expect(codeOf(await createNamed(entities(service), one))).toBe('conflict');
  expect(await service.ports.records.projects.get(one.id)).toBeUndefined();
  expect((await service.ports.records.projects.get(two.id))?.value.name).toBe('shop');
});

it('undoes a new name that was lost at the same moment', async () => {
  let meanwhile: (() => Promise<unknown>) | undefined;
  service = createServicePorts((store) => ({
    ...store,
    put: async (record, expected) => {
      const interfere = record.pk === 'PROJECTS' && 'revision' in expected ? meanwhile : undefined;
      if (interfere) meanwhile = undefined;
      await interfere?.();
      return store.put(record, expected);
    },
  }));
  const old = must(await createNamed(entities(service), { ...one, name: 'Other' }));
  meanwhile = async () => must(await createNamed(entities(service), two));
  expect(codeOf(await replaceNamed(entities(service), old, one))).toBe('conflict');
  expect((await service.ports.records.projects.get(one.id))?.value.name).toBe('Other');
  expect(codeOf(await createNamed(entities(service), project('prj-000000000003', 'OTHER')))).toBe('conflict');
});

it('keeps the name when a second rename of the same entity comes too late', async () => {
  service = createServicePorts();
  const old = must(await createNamed(entities(service), { ...one, name: 'Other' }));
  must(await replaceNamed(entities(service), old, one));
  expect(codeOf(await replaceNamed(entities(service), old, one))).toBe('conflict');
  expect(codeOf(await createNamed(entities(service), two))).toBe('conflict');
});
