import { describe, expect, it } from 'vitest';
import { bedVersion, type ClusterName, outcomesOf, scan } from './bed.ts';
import { expected } from './expected.ts';

const isNewest = bedVersion.startsWith('v1.36.');

describe.each(['plain', 'exposed', 'hardened'] as const)('cluster %s', (cluster: Exclude<ClusterName, 'aging'>) => {
  it('is judged as a person who looked at it judges it', async () => {
    const { controls } = await scan(cluster, `with node facts, ${bedVersion}`, '--node-facts');
    const { fail, notApplicable, manual } = expected[cluster];
    const stated = Object.fromEntries(
      controls.map(({ id }) => [
        id,
        fail.includes(id) ? 'fail' : notApplicable.includes(id) ? 'not-applicable' : manual.includes(id) ? 'manual' : 'pass',
      ]),
    );
    expect(Object.fromEntries(controls.map(({ id, outcome }) => [id, outcome]))).toEqual(stated);
  });

  it('loses no more than what needs the nodes without node facts', async () => {
    const report = await scan(cluster, bedVersion);
    expect(report.coverage.decided).toBeGreaterThanOrEqual(cluster === 'plain' ? 80 : 75);
    const needNodes = report.findings.filter(({ outcome }) => outcome === 'unknown').map(({ message }) => message);
    for (const message of needNodes) expect(message).toContain('--node-facts');
    expect(
      report.controls.filter(({ id, outcome }) => outcome === 'unknown' && !/^(1\.1|4\.1)\.|^(1\.2\.28|3\.2\.2|4\.2\.7)$/.test(id)),
    ).toEqual([]);
  });

  it('states the benchmark, and whether the cluster is inside its range', async () => {
    const { scan: facts, coverage } = await scan(cluster, bedVersion);
    expect(facts.benchmark).toEqual({ framework: 'cis-kubernetes', version: '2.0.1', range: '1.34-1.35', inRange: !isNewest });
    expect(coverage.statements.some((text) => text.includes('made for Kubernetes 1.34-1.35'))).toBe(isNewest);
  });
});

it('decides 4.2.7 without touching a node where kubelets serve /flagz', async () =>
  expect(outcomesOf(await scan('plain', bedVersion))['4.2.7']).toBe(isNewest ? 'pass' : 'unknown'));

it.each([
  ['1.12', 131],
  ['1.11', 133],
  ['1.7', 131],
])('scans by the older benchmark %s when asked to', async (version, total) => {
  const report = await scan('plain', `benchmark ${version}`, '--benchmark', version);
  expect(report.coverage.total).toBe(total);
  expect(report.scan.benchmark).toMatchObject({ version, inRange: false });
});
