import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../test/support/api/server.ts';
import { createRandom, createValues, junk, type Schema, spoiled } from '../../test/support/api/values.ts';
import { allRoutes, type RouteId } from '../api/index.ts';
import type { Route } from '../api/route.ts';
import { failed, failureCodes, succeed } from '../core/failure.ts';
import type { Handlers } from '../service/handler.ts';
import { openApi } from './openapi.ts';

const seed = 20261127;
const perRoute = 40;
/** Of a route whose answer is large. */
const ofLarge = 6;
const random = createRandom(seed);
const document = await openApi('1');
const make = createValues(document.components.schemas as never, random);

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>;
}
const operationOf = ({ path, method }: Route): Operation => document.paths[path]?.[method.toLowerCase()] as never;
const answerSchema = (route: Route): Schema | undefined =>
  operationOf(route).responses[route.status]?.content?.['application/json']?.schema;

/** Something that the route might answer. What JSON Schema cannot say is tried until it fits. */
const someAnswer = async (route: Route): Promise<unknown> => {
  const schema = answerSchema(route);
  const { answer: fitting } = await route.schemas();
  for (let tries = 0; schema && tries < 500; tries++) {
    const answer = make(schema);
    if (fitting?.safeParse(answer).success) return answer;
  }
  if (schema) throw new Error(`no answer was found for ${route.path}`);
  return undefined;
};
const answers = new Map<RouteId, unknown[]>();
for (const [id, route] of allRoutes) answers.set(id, [await someAnswer(route), await someAnswer(route), await someAnswer(route)]);
const codes = (Object.keys(failureCodes) as (keyof typeof failureCodes)[]).filter((code) => failureCodes[code].http < 499);
const handlers = Object.fromEntries(
  allRoutes.map(([id]) => [
    id,
    async () =>
      random.chance(0.2)
        ? failed(random.pick(codes), 'It was not done; try something else.')
        : succeed({ body: random.pick(answers.get(id) ?? []), revision: 1 + random.below(3) }),
  ]),
) as unknown as Handlers;

const inQuery = (value: unknown): string =>
  encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value)).slice(0, 2000);
const queryOf = (operation: Operation): string => {
  const known = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const pairs = known.flatMap(({ name, schema, required }) => {
    if (!required && random.chance(0.5)) return [];
    const value = random.chance(0.15) ? random.pick(junk) : make(schema);
    return (Array.isArray(value) ? value : [value]).map((one) => `${name}=${inQuery(one)}`);
  });
  if (random.chance(0.08)) pairs.push(random.pick(['__proto__=1', 'constructor[a]=1', 'x=%ff', '%', '&&=&', 'limit=1&limit=2', 'q']));
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};
const pathOf = (route: Route, operation: Operation): string =>
  route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const schema = operation.parameters?.find((one) => one.in === 'path' && one.name === name)?.schema ?? {};
    return random.chance(0.08)
      ? random.pick(['..', '%2e%2e', 'a%00', '__proto__', '%252f', 'x'.repeat(300), 'ü'.normalize(), '*', '-']).replace('ü', '%C3%BC')
      : String(make(schema));
  });
const bodyOf = (operation: Operation): unknown => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (!schema) return random.chance(0.05) ? '{}' : undefined;
  const good = make(schema);
  if (random.chance(0.5)) return good;
  if (random.chance(0.1))
    return random.pick(['', '{', '[1,]', '{"a":1}}', 'null', '"text"', '{"__proto__":{}}', '\ufeff{}', Buffer.from([0xff, 0xfe])]);
  return spoiled(good, random) ?? 'null';
};
const headersOf = (route: Route): Record<string, string> => ({
  ...(random.chance(0.85)
    ? { 'if-match': random.chance(0.8) ? `"${1 + random.below(3)}"` : random.pick(['*', '""', 'W/"1"', '1', '"1", "2"']) }
    : {}),
  ...(random.chance(0.3)
    ? { 'idempotency-key': random.chance(0.8) ? `key-${random.below(5)}` : random.pick([' ', 'a b', 'x'.repeat(300)]) }
    : {}),
  ...(route.body && random.chance(0.05)
    ? { 'content-type': random.pick(['text/plain', 'application/json;charset=utf-16', 'application/jsonp']) }
    : {}),
});

describe(`requests made from the OpenAPI document (seed ${seed})`, () => {
  let api: TestApi;
  let token: string;
  const validators = new Map<string, ValidateFunction>();
  const seen = new Map<RouteId, Set<number>>();
  beforeAll(async () => {
    api = await startApi({ handlers });
    token = await api.adminToken();
    const ajv = new Ajv2020({ strict: false, validateFormats: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', ...JSON.parse(JSON.stringify(document)) }, 'api');
    validators.set('problem', ajv.compile({ $ref: 'api#/components/schemas/Problem' }));
    const relinked = (schema: Schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components'));
    for (const [id, route] of allRoutes) {
      const schema = answerSchema(route);
      if (schema) validators.set(id, ajv.compile(relinked(schema)));
    }
  });
  afterAll(() => api.close());

  const fits = (name: string, value: unknown): void => {
    const validate = validators.get(name);
    expect(validate?.(value), JSON.stringify(validate?.errors)).toBe(true);
  };

  it.each(allRoutes)('%s never breaks, and always keeps to the document', async (id, route) => {
    const operation = operationOf(route);
    const statuses = new Set<number>();
    seen.set(id, statuses);
    for (let times = 0; times < (id === 'service.openapi' ? ofLarge : perRoute); times++) {
      const path = pathOf(route, operation) + queryOf(operation);
      const answer = await api.ask({ method: route.method, path, token, headers: headersOf(route), body: bodyOf(operation) });
      const context = `${route.method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`;
      statuses.add(answer.status);
      expect(answer.status, context).toBeLessThan(500);
      expect(answer.headers['x-request-id'], context).toMatch(/^[0-9a-f]{32}$/);
      if (answer.status < 300) {
        expect(answer.status, context).toBe(route.status);
        if (route.answer) fits(id === 'service.openapi' ? 'service.openapi' : id, answer.json);
        else expect(answer.text).toBe('');
      } else {
        expect(answer.headers['content-type'], context).toBe('application/problem+json');
        fits('problem', answer.json);
        expect(answer.json?.status).toBe(answer.status);
      }
    }
  });

  it('got through to nearly every handler, and was refused nearly everywhere', () => {
    const reached = [...seen].filter(([, statuses]) => [...statuses].some((status) => status < 300)).map(([id]) => id);
    const refused = [...seen].filter(([, statuses]) => statuses.has(400)).map(([id]) => id);
    expect(allRoutes.map(([id]) => id).filter((id) => !reached.includes(id))).toEqual([]);
    expect(refused.length).toBeGreaterThan(allRoutes.length * 0.8);
  });
  it('left no bug in the log', () => {
    expect(api.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
