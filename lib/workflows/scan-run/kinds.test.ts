import { expect, it } from 'vitest';
import type { ScanOptions } from '../../fleet/cluster.ts';
import type { Project } from '../../fleet/project.ts';
import { scanKinds } from '../../reports/report.ts';
import { availableKinds } from './available-kinds.ts';
import { durableKind } from './kinds.ts';

it('can run exactly the kinds that are said to be available', () => {
  expect(scanKinds.filter((kind) => durableKind(kind))).toEqual(availableKinds);
});

it('a penetration scan ends looking in time to be judged, within the networks of its project', () => {
  const kind = durableKind('penetration');
  const project = { name: 'shop', probeNetworks: ['10.0.0.0/8'] } as unknown as Project;
  const options = kind?.within({} as ScanOptions, project);
  expect(options).toMatchObject({ ok: true, value: { within: ['10.0.0.0/8'], lookSeconds: expect.any(Number) } });
  const { lookSeconds } = (options?.ok ? options.value : {}) as { readonly lookSeconds: number };
  // a pod takes a minute to start and to be removed, the API its time to be read
  expect(lookSeconds).toBeLessThanOrEqual((kind?.pollSeconds ?? 0) - 120);
});
