import { expect, it } from 'vitest';
import { type Bundle, isCurrent, loadedAtStart, pageOf } from './bundles.ts';

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
