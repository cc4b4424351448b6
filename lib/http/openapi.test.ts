import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { allRoutes } from '../api/index.ts';
import { openApi } from './openapi.ts';

type Node = Record<string, unknown>;
const document = await openApi('1.2.3');
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as Node })),
);
const operationAt = (path: string, method: string): Node => (document.paths[path]?.[method.toLowerCase()] ?? {}) as Node;
const wholeAsJson = JSON.parse(JSON.stringify(document)) as Node;

/** Every object of the document with its place. */
const nodesOf = (value: unknown, at = '#'): [string, Node][] => {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => nodesOf(one, `${at}/${key}`));
  return Array.isArray(value) ? inner : [[at, value as Node], ...inner];
};
const resolve = (ref: string): unknown =>
  ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((node, name) => (node as Node | undefined)?.[name], wholeAsJson);

// Rules of OpenAPI 3.1, told in our own words: each is one that tools trip over.
describe('the OpenAPI document', () => {
  it('has the fields that a document must have, and no others', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Gatehouse', version: '1.2.3' });
    const allowed = [
      'openapi',
      'info',
      'jsonSchemaDialect',
      'servers',
      'paths',
      'webhooks',
      'components',
      'security',
      'tags',
      'externalDocs',
    ];
    expect(allowed).toEqual(expect.arrayContaining(Object.keys(document)));
  });
  it('has every route once, under its id', () => {
    expect(operations.map(({ operation }) => operation.operationId).toSorted()).toEqual(allRoutes.map(([id]) => id).toSorted());
    for (const [id, { method, path }] of allRoutes) expect(operationAt(path, method).operationId).toBe(id);
  });
  it('names exactly the parameters of every path, as required ones', () => {
    for (const { path, operation } of operations) {
      const parameters = (operation.parameters ?? []) as Node[];
      const inPath = parameters.filter((one) => one.in === 'path');
      expect(inPath.map(({ name }) => `{${name}}`).toSorted()).toEqual((path.match(/\{\w+\}/g) ?? []).toSorted());
      expect(inPath.every(({ required }) => required === true)).toBe(true);
    }
  });
  it('describes every parameter once, in a place that exists', () => {
    for (const { operation } of operations) {
      const parameters = ((operation.parameters ?? []) as Node[]).map((one) =>
        typeof one.$ref === 'string' ? (resolve(one.$ref) as Node) : one,
      );
      expect(new Set(parameters.map(({ name, in: place }) => `${place} ${name}`)).size).toBe(parameters.length);
      for (const one of parameters) {
        expect(['path', 'query', 'header']).toContain(one.in);
        expect(one.schema).toBeTypeOf('object');
      }
    }
  });
  it('has an answer for success and for every refusal', () => {
    for (const { operation } of operations) {
      const statuses = Object.keys(operation.responses as Node);
      expect(statuses.filter((status) => /^2\d\d$/.test(status))).toHaveLength(1);
      expect(statuses).toEqual(expect.arrayContaining(['400', '429', '500']));
      for (const answer of Object.values(operation.responses as Record<string, Node>))
        expect((typeof answer.$ref === 'string' ? (resolve(answer.$ref) as Node) : answer).description).toBeTypeOf('string');
    }
  });
  it('asks for If-Match where it is needed, and offers Idempotency-Key with every POST', () => {
    for (const [id, { method, path, versioned }] of allRoutes) {
      const refs = (operationAt(path, method).parameters ?? []) as Node[];
      const names = refs.map(({ $ref }) => $ref);
      expect([id, names.includes('#/components/parameters/IfMatch')]).toEqual([
        id,
        versioned && ['PUT', 'PATCH', 'DELETE'].includes(method),
      ]);
      expect([id, names.includes('#/components/parameters/IdempotencyKey')]).toEqual([id, method === 'POST']);
    }
  });
  it('has no reference that leads nowhere, and no component with a name that is not allowed', () => {
    const refs = nodesOf(wholeAsJson).flatMap(([at, { $ref }]) => (typeof $ref === 'string' ? [[at, $ref] as const] : []));
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter(([, ref]) => !ref.startsWith('#/components/') || resolve(ref) === undefined)).toEqual([]);
    for (const group of Object.values(document.components))
      for (const name of Object.keys(group)) expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
  });
  it('names security schemes that exist, and none for what is public', () => {
    for (const [id, { method, path, access }] of allRoutes) {
      const { security } = operationAt(path, method);
      expect([id, security]).toEqual([id, access === 'public' ? [] : undefined]);
    }
    expect(document.security.flatMap((one) => Object.keys(one)).toSorted()).toEqual(
      Object.keys(document.components.securitySchemes).toSorted(),
    );
  });
  it('holds schemas that are JSON Schema 2020-12, every one of them', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: false });
    addFormats.default(ajv);
    ajv.addVocabulary(['components']);
    ajv.addSchema({ $id: 'api', components: wholeAsJson.components }, 'api');
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` })).not.toThrow();
  });
  it('lets answers gain fields: only what is sent is closed', () => {
    expect(JSON.stringify(document.components.schemas.ScanRecord)).not.toContain('"additionalProperties":false');
    expect(JSON.stringify(document.components.schemas.WaiverRequest)).toContain('"additionalProperties":false');
  });
  it('is the same every time', async () => expect(JSON.stringify(await openApi('1.2.3'))).toBe(JSON.stringify(document)));
});
