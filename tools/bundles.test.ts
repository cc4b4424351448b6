import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { bundleFunction } from '../lib/infra/bundle.ts';
import { type Bundle, isCurrent, loadedAtStart, packagesAtStart, pageOf } from './bundles.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bundle: Bundle = { name: 'api', startBytes: 100_000, startGzip: 30_000, allBytes: 400_000, ms: 50 };

it('follows static imports, and no others', () => {
  const chunk = (...imports: { path: string; kind: 'import-statement' | 'dynamic-import' }[]) => ({
    bytes: 1,
    inputs: {},
    exports: [],
    imports,
  });
  const outputs = {
    'out/index.mjs': chunk({ path: 'out/a.mjs', kind: 'import-statement' }, { path: 'out/b.mjs', kind: 'dynamic-import' }),
    'out/a.mjs': chunk({ path: 'out/index.mjs', kind: 'import-statement' }),
    'out/b.mjs': chunk(),
  };
  expect(loadedAtStart({ outputs })).toEqual(['out/index.mjs', 'out/a.mjs']);
});

it('takes a page for current within 2 %, whatever its times', () => {
  const page = pageOf([bundle]);
  expect(isCurrent(page, [{ ...bundle, startBytes: 101_900, ms: 500 }])).toBe(true);
  expect(isCurrent(page, [{ ...bundle, startBytes: 103_000 }])).toBe(false);
  expect(isCurrent(page, [{ ...bundle, name: 'scan' }])).toBe(false);
});

it('starts the API without what only calls need (docs/adr/0026); the dispatcher shows that it would be seen', async () => {
  const api = packagesAtStart(await bundleFunction('api', join(folder, 'api')));
  expect(api).toContain('@middy/core');
  for (const later of ['zod', 'jose', 'croner', '@aws-sdk/client-dynamodb']) expect(api).not.toContain(later);
  expect(packagesAtStart(await bundleFunction('dispatch', join(folder, 'dispatch')))).toContain('croner');
});
