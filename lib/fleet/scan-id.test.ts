import { expect, it } from 'vitest';
import { scanKinds } from '../reports/report.ts';
import { ScanId } from './common.ts';
import { askedAt, scanIdOf } from './scan-id.ts';

const clusterId = 'cls-0123456789ab';
const slot = '2026-11-27T23:30:00.000Z';

it('is the same for the same slot, however it is written and whoever asks', () => {
  const id = scanIdOf({ kind: 'configuration', clusterId, at: slot });
  expect(id).toMatch(/^20261127T233000Z-cfg-[0-9a-f]{16}$/);
  expect(scanIdOf({ kind: 'configuration', clusterId, at: '2026-11-28T00:30:00+01:00' })).toBe(id);
});

it('differs by cluster, kind and second', () => {
  const ids = scanKinds.map((kind) => scanIdOf({ kind, clusterId, at: slot }));
  ids.push(scanIdOf({ kind: 'sbom', clusterId: 'cls-0123456789ac', at: slot }));
  ids.push(scanIdOf({ kind: 'sbom', clusterId, at: '2026-11-27T23:30:01Z' }));
  expect(new Set(ids.map((id) => id.slice(-16))).size).toBe(6);
  expect(ids.every((id) => ScanId.safeParse(id).success)).toBe(true);
});

it('is unique with a nonce, and not that of the slot', () => {
  const ids = ['a', 'b', undefined].map((nonce) => scanIdOf({ kind: 'sbom', clusterId, at: slot, ...(nonce ? { nonce } : {}) }));
  expect(new Set(ids).size).toBe(3);
});

it('sorts by time', () => {
  const ids = ['2026-11-27T23:30:00Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'].map((at) =>
    scanIdOf({ kind: 'sbom', clusterId, at }),
  );
  expect(ids.toSorted()).toEqual(ids);
});

it('tells when the scan was asked for', () => {
  const id = scanIdOf({ kind: 'sbom', clusterId: 'cls-000000000001', at: '2026-11-27T23:30:59.999Z' });
  expect(askedAt(id)).toBe('2026-11-27T23:30:59.000Z');
  expect(askedAt('manifest.json')).toBeUndefined();
});
