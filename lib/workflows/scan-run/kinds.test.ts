import { expect, it } from 'vitest';
import { scanKinds } from '../../reports/report.ts';
import { availableKinds } from './available-kinds.ts';
import { durableKind } from './kinds.ts';

it('can run exactly the kinds that are said to be available', () => {
  expect(scanKinds.filter((kind) => durableKind(kind))).toEqual(availableKinds);
});
